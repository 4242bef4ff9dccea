"""Who took which option: what a wrong key or an idle distractor looks like."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exams.enums import CHOSEN
from exams.models import ItemVersion

from .items import FEW, Flag
from .sums import OMITTED, ItemSums

IDLE_SHARE = 0.05


@dataclass(frozen=True)
class OptionFigures:
    """One option: how many took it, and how well they did on the rest of the paper."""

    option: int
    text: str
    is_right: bool
    count: int
    share: float
    mean_rest: float | None


def option_figures(sums: ItemSums, version: ItemVersion) -> list[OptionFigures]:
    """Return the options in the version's order, then the omission."""
    people = sums.count
    if not people:
        return []
    options = list(enumerate(version.options)) if version.kind in CHOSEN else []
    return [
        OptionFigures(
            option=option,
            text=text,
            is_right=option != OMITTED and option in version.answer,
            count=(picked := sums.picked(option)),
            share=picked / people,
            mean_rest=mean_rest(sums, option),
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


def has_wrong_key(options: list[OptionFigures], *, count: int) -> bool:
    """Whether those who took some wrong option did better elsewhere than those who
    took a right one. An option that one person in twenty does not take says nothing.
    """
    if count < FEW:
        return False
    right = [o.mean_rest for o in options if o.is_right and o.mean_rest is not None]
    tempting = [o.mean_rest for o in wrong(options) if o.share >= IDLE_SHARE]
    if not right:
        return bool(tempting)
    return any(rest is not None and rest > min(right) for rest in tempting)


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
