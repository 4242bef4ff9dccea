"""Advice on how a question is written: what readers stumble over, or guess by.

A fault (``revising.faults_of``) keeps a question out; advice is the author's to weigh.
Each rule reads one question and says what to do. The rules are those that textbooks of
item writing agree on; their limits are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from exams.enums import CHOSEN, Attested, Kind
from exams.models import Item

from .contents import Content, content_of

INTERPRETATION = "解读"
LONGEST_STEM = 120
SHORTEST_REASON = 15
ALIKE, FEWEST_SIGNS = 0.9, 13  # of shorter words one sign is the difference
# A stem is asked again in another order, and beside like options one sign is no matter.
REORDERED, FEWEST_OF_STEM = 0.85, 10
# The right option stands out when it is so much longer than the longest other one.
LONGER, LONGER_SIGNS = 1.5, 6
CATCH_ALL = re.compile(r"以上(都|均|全|各项|皆)|都不(对|是)|全部(正确|都对)|A和B")
ABSOLUTE = re.compile(r"绝对|永远|从不|从来不|毫无例外|百分之百|在任何情况下")
NEGATIVE = re.compile(
    r"不属于|不正确|错误的是|不包括|不符合.*的是|不应当.*的是|不需要.*的是"
)
ASKED = re.compile(r"[？?]")
QUOTED = re.compile(r"“[^”]*”")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)(\D{0,6})")

Rule = Callable[[Content], Iterator[str]]


def advice_on(content: Content) -> list[str]:
    """Return what an author should look at again, most telling first."""
    return [words for rule in RULES for words in rule(content)]


def catch_all(content: Content) -> Iterator[str]:
    if content.kind in CHOSEN and any(map(CATCH_ALL.search, content.options)):
        yield _(
            "An option is about the other options (“all of the above”). Whoever knows "
            "two of them knows the answer; write another option."
        )


def longest_is_right(content: Content) -> Iterator[str]:
    if content.kind != Kind.SINGLE or len(content.answer) != 1:
        return
    lengths = [len(option) for option in content.options]
    right = lengths.pop(content.answer[0])
    if lengths and right > max(max(lengths) * LONGER, max(lengths) + LONGER_SIGNS):
        yield _(
            "The right option is much longer than the others and can be guessed by it. "
            "Shorten it, or say as much in the others."
        )


def options_alike(content: Content) -> Iterator[str]:
    if content.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return
    for at, one in enumerate(content.options):
        for other in content.options[at + 1 :]:
            if are_alike(one, other):
                yield _(
                    "The options “%(one)s” and “%(other)s” nearly say the same. Make "
                    "plain in what they differ."
                ) % {"one": one, "other": other}


def absolute_word(content: Content) -> Iterator[str]:
    said = [content.stem] if content.kind == Kind.JUDGE else content.options
    if content.kind not in CHOSEN:
        return
    if found := next(filter(None, map(ABSOLUTE.search, said)), None):
        yield _(
            "“%(word)s” gives a wrong statement away. Say exactly when it holds."
        ) % {"word": found[0]}


def asked_negatively(content: Content) -> Iterator[str]:
    if content.kind in (Kind.SINGLE, Kind.MULTIPLE) and NEGATIVE.search(content.stem):
        yield _(
            "The question asks for what is wrong, which is easily misread. Ask for "
            "what is right, or set the “not” apart."
        )


def numbers_in_order(content: Content) -> Iterator[str]:
    if content.kind != Kind.SINGLE:
        return
    found = [NUMBER.fullmatch(option) for option in content.options]
    if not all(found) or len({each[2] for each in found}) > 1:
        return
    numbers = [Decimal(each[1]) for each in found]
    if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
        yield _(
            "The options are numbers and stand in no order. The paper shuffles them "
            "anyway; in the bank list them by size, so that a gap is seen."
        )


def long_question(content: Content) -> Iterator[str]:
    if len(content.stem) > LONGEST_STEM:
        yield _(
            "The question has %(count)s signs; on a telephone more than %(most)s do "
            "not fit beside its options. Shorten it, or make a case of it."
        ) % {"count": len(content.stem), "most": LONGEST_STEM}


def several_questions(content: Content) -> Iterator[str]:
    if (
        content.kind != Kind.SHORT
        and len(ASKED.findall(QUOTED.sub("", content.stem))) > 1
    ):
        yield _(
            "It asks more than one thing, and an answer to one of them earns nothing. "
            "Split it, or make a case of it."
        )


def thin_reason(content: Content) -> Iterator[str]:
    if len(content.because.strip()) < SHORTEST_REASON:
        yield _(
            "The explanation is very short. Say why the right answer is right, so that "
            "whoever was wrong learns it."
        )


def number_without_unit(content: Content) -> Iterator[str]:
    if content.kind == Kind.NUMERIC and not content.unit:
        yield _("The number has no unit. Write one, or nobody knows what to count in.")


def cites_no_source(content: Content) -> Iterator[str]:
    if content.attested != Attested.SOURCE:
        return
    if not any(cite.startswith(INTERPRETATION) for cite in content.cites):
        yield _(
            "Its grounds are the interpretation, and it cites no section of it. Mend "
            "the citation or the grounds."
        )


RULES: tuple[Rule, ...] = (
    cites_no_source,
    longest_is_right,
    catch_all,
    several_questions,
    asked_negatively,
    absolute_word,
    options_alike,
    numbers_in_order,
    number_without_unit,
    long_question,
    thin_reason,
)


def twins_of(content: Content, bank: Mapping[str, Content]) -> list[str]:
    """Return the codes of questions in the bank that nearly ask the same."""
    return [
        code
        for code, other in bank.items()
        if other != content and other.kind == content.kind
        if asks_the_same(content, other)
    ]


def advice_beside(code: str, content: Content) -> dict[str, list[str]]:
    """Return the advice on ``content`` and its twins among the other questions."""
    others = contents_of_bank()
    others.pop(code, None)
    return {"advice": advice_on(content), "twins": twins_of(content, others)}


def contents_of_bank() -> dict[str, Content]:
    """Return what every question says now, by its code. One query."""
    items = Item.objects.exclude(current=None).select_related("current")
    return {item.code: content_of(item.current) for item in items}


def asks_the_same(one: Content, other: Content) -> bool:
    if not are_alike(one.stem, other.stem, fewest=FEWEST_OF_STEM, ordered=REORDERED):
        return False
    options = ["\n".join(sorted(map(str, each.options))) for each in (one, other)]
    return options[0] == options[1] or are_alike(*options)


def are_alike(
    one: str, other: str, *, fewest: int = FEWEST_SIGNS, ordered: float = ALIKE
) -> bool:
    """Nearly the same signs, ``ordered`` of them in the same order, unless it is the
    numbers in them that differ."""
    shorter = min(len(one), len(other))
    if shorter < fewest or 2 * shorter < ALIKE * (len(one) + len(other)):
        return False
    if re.findall(r"[\d.]+", one) != re.findall(r"[\d.]+", other):
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.quick_ratio() >= ALIKE and match.ratio() >= ordered
