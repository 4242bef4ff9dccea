"""Who took which option: what a wrong key or an idle distractor looks like."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from exams.enums import CHOSEN
from exams.models import ItemVersion

from .items import FEW, Flag
from .sums import OMITTED, ItemSums

IDLE_SHARE = 0.05
# So many standard errors chance goes beyond once in twenty.
BEYOND_CHANCE = 1.6448536269514722


@dataclass(frozen=True)
class OptionFigures:
    """One option: how many took it, and how well they did on the rest of the paper.
    ``error`` is how far that mean may lie beside the truth by chance."""

    option: int
    text: str
    is_right: bool
    count: int
    share: float
    mean_rest: float | None
    error: float = 0.0


def option_figures(sums: ItemSums, version: ItemVersion) -> list[OptionFigures]:
    """Return the options in the version's order, then the omission."""
    people = sums.count
    if not people:
        return []
    options = list(enumerate(version.options)) if version.kind in CHOSEN else []
    spread = spread_of_rest(sums)
    return [
        OptionFigures(
            option=option,
            text=text,
            is_right=option != OMITTED and option in version.answer,
            count=(picked := sums.picked(option)),
            share=picked / people,
            mean_rest=mean_rest(sums, option),
            error=spread / sqrt(picked) if picked else 0.0,
        )
        for option, text in [*options, (OMITTED, "")]
    ]


def mean_rest(sums: ItemSums, option: int) -> float | None:
    """The mean share earned on the rest of the paper by those who took the option."""
    people, total = 0, Fraction(0)
    for (place, most), count in sums.chosen.items():
        if place == option and most:
            people += count
            total += Fraction(sums.rest[place, most], most)
    return float(total / people) if people else None


def spread_of_rest(sums: ItemSums) -> float:
    """How much people differ in the share earned on the rest of the paper."""
    people, total, squares = 0, 0.0, 0.0
    for (score, out_of, earned, points), count in sums.joint.items():
        if out_of > points:
            share = (score - earned) / (out_of - points)
            people += count
            total += count * share
            squares += count * share * share
    if people < 2:
        return 0.0
    return sqrt(max(0.0, squares - total * total / people) / (people - 1))


def has_wrong_key(options: list[OptionFigures], *, count: int) -> bool:
    """Whether those who took some wrong option did better elsewhere than those who
    took a right one, by more than chance explains.

    An option that one person in twenty does not take says nothing, and neither does a
    difference within 1.64 of its standard errors: beyond that an option that is as good
    as the key goes once in twenty. The wrong options of a good question are taken by
    weaker people, so they go there hardly ever.
    """
    if count < FEW:
        return False
    right = [o for o in options if o.is_right and o.mean_rest is not None]
    tempting = [o for o in wrong(options) if o.share >= IDLE_SHARE]
    if not right:
        return bool(tempting)
    least = min(right, key=lambda o: o.mean_rest)
    return any(
        o.mean_rest - least.mean_rest
        > BEYOND_CHANCE * sqrt(o.error**2 + least.error**2)
        for o in tempting
        if o.mean_rest is not None
    )


def has_idle_option(options: list[OptionFigures], *, count: int) -> bool:
    return count >= FEW and any(o.share < IDLE_SHARE for o in wrong(options))


def wrong(options: list[OptionFigures]) -> list[OptionFigures]:
    return [o for o in options if not o.is_right and o.option != OMITTED]


def option_flags(options: list[OptionFigures], *, count: int) -> list[Flag]:
    flags = []
    if has_wrong_key(options, count=count):
        flags.append(Flag.MISKEY)
    if has_idle_option(options, count=count):
        flags.append(Flag.IDLE)
    return flags
