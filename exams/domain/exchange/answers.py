"""Accepted words, pairs, steps and guides of other systems, as the bank keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from exams.domain.folding import folded
from exams.enums import Kind

from .figures import figure_in, written
from .findings import Findings

# Moodle's * stands for any signs, \* for the sign itself.
WILDCARD = re.compile(r"(?<!\\)\*")
BETWEEN, WIDE_BETWEEN = "=", "＝"


def blank_fields(words: Iterable[str], findings: Findings) -> dict[str, object]:
    """Keep each accepted answer once, as this platform compares them."""
    words = [word for word in map(str.strip, words) if word]
    kept: dict[str, str] = {}
    for word in words:
        kept.setdefault(folded(word), word)
    if len(kept) < len(words):
        findings.note(_("answers that are the same here are kept once"))
    return {"kind": Kind.BLANK.value, "answer": list(kept.values())}


def word_fields(
    words: Sequence[str], findings: Findings, *, said: str = ""
) -> dict[str, object]:
    """Read accepted words, whose ``said`` kind decides what a number is: unsaid, a
    short answer that is one number and nothing else is a calculation."""
    numbers = {figure_in(word) for word in words}
    if not said and len(numbers) == 1 and None not in numbers:
        findings.note(_("a short answer that is a number is read as a calculation"))
        return {"kind": Kind.NUMERIC.value, "answer": written(numbers.pop())}
    return blank_fields(words, findings)


def without_wildcards(words: Iterable[str], findings: Findings) -> list[str]:
    """Leave out answers that are patterns; faults when nothing else is accepted."""
    words = list(words)
    plain = [word for word in words if not WILDCARD.search(word)]
    if words and not plain:
        findings.faults.append(_("its answers are patterns with *, not words"))
    elif len(plain) < len(words):
        findings.leave(_("answers that are patterns with *"))
    return [word.replace("\\*", "*") for word in plain]


def matching_fields(
    pairs: Iterable[tuple[str, str]], findings: Findings
) -> dict[str, object]:
    """Read pairs of left and right; a right side without a left belongs to none."""
    lefts: list[str] = []
    places: dict[str, int] = {}
    key: list[int] = []
    for left, right in pairs:
        if right:
            places.setdefault(right, len(places))
        if left:
            lefts.append(left.replace(BETWEEN, WIDE_BETWEEN))
            key.append(places[right] if right else -1)
            if BETWEEN in left:
                findings.note(_("the sign = in a left side is written ＝"))
    return {
        "kind": Kind.MATCHING.value,
        "parts": lefts,
        "options": list(places),
        "answer": key,
    }


def ordering_fields(steps: Iterable[str]) -> dict[str, object]:
    """Read steps that stand in their right order."""
    options = list(steps)
    return {
        "kind": Kind.ORDERING.value,
        "options": options,
        "answer": list(range(len(options))),
    }


def short_fields(guide: str, because: str, findings: Findings) -> dict[str, object]:
    """Read an essay; without a guide its markers go by the explanation."""
    if not guide and because:
        findings.note(_("its explanation is taken as the guide for its markers"))
    return {"kind": Kind.SHORT.value, "answer": guide or because}
