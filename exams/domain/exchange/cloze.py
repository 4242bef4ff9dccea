"""Moodle's cloze: ``{2:SHORTANSWER:=南宁~=南宁市}`` within a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from django.utils.translation import gettext as _

from exams.enums import Kind

from .answers import blank_fields, without_wildcards
from .figures import figure_in, tolerance_written, written
from .findings import Findings
from .keys import FULL, NEAR, right_in_multiple, right_in_single, weight_in
from .wording import from_html

NUMBER = ("NUMERICAL", "NM")
WORDS = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
ONE = tuple(
    f"{name}{way}"
    for name, ways in (
        ("MULTICHOICE", ("", "_V", "_H", "_S", "_VS", "_HS")),
        ("MC", ("", "V", "H", "S", "VS", "HS")),
    )
    for way in ways
)
MANY = tuple(
    f"{name}{way}"
    for name, ways in (
        ("MULTIRESPONSE", ("", "_H", "_S", "_HS")),
        ("MR", ("", "H", "S", "HS")),
    )
    for way in ways
)
START = re.compile(r"\{(\d*):([A-Z_]+):")
END = re.compile(r"(?:\\.|[^\\}])*", re.S)
# A # after & belongs to an entity.
ESCAPED = re.compile(r"\\([}#~/\"\\])")
SHARE = re.compile(r"=|%(-?\d{1,3}(?:[.,]\d*)?)%")
APART = re.compile(r"(?:\\.|[^\\~])+", re.S)
REMARK = re.compile(r"(?<!\\)(?<!&)(?<!&amp;)#")


@dataclass(frozen=True)
class Gap:
    """One question of a cloze, and where in the text it stands."""

    begin: int
    end: int
    weight: str
    type: str
    alternatives: list[tuple[Decimal, str, str]]


def gaps_in(text: str) -> Iterator[Gap]:
    at = 0
    while start := START.search(text, at):
        end = END.match(text, start.end()).end()
        inside = text[start.end() : end]
        at = end + 1
        alternatives = [alternative(each) for each in APART.findall(inside)]
        yield Gap(start.start(), at, start[1] or "1", start[2], alternatives)


def alternative(text: str) -> tuple[Decimal, str, str]:
    """Return weight, answer and feedback of one alternative."""
    text = text.strip()
    found = SHARE.match(text)
    weight = Decimal(0)
    if found:
        weight = FULL if found[1] is None else weight_in(found[1]) or weight
        text = text[found.end() :]
    remark = REMARK.search(text)
    answer = text[: remark.start()] if remark else text
    return weight, unescaped(answer), text[remark.end() :] if remark else ""


def unescaped(text: str) -> str:
    return unescape(ESCAPED.sub(r"\1", text)).replace("\xa0", " ").strip()


def gap_fields(gap: Gap, findings: Findings) -> dict[str, object]:
    """Return the kind, options and key of one question of a cloze."""
    if any(remark.strip() for _weight, _text, remark in gap.alternatives):
        findings.leave(_("feedback on single options"))
    if gap.type in ONE + MANY:
        return choice_fields(gap, findings)
    right = [text for weight, text, _remark in gap.alternatives if weight >= FULL]
    if any(0 < weight < FULL - NEAR for weight, _text, _remark in gap.alternatives):
        findings.note(_("other answers that earn points are left out"))
    if gap.type in NUMBER:
        return number_fields(right, findings)
    if gap.type in WORDS:
        return blank_fields(without_wildcards(right, findings), findings)
    findings.faults.append(
        _("a gap of the kind %(kind)s is not carried") % {"kind": gap.type}
    )
    return {"kind": Kind.BLANK.value, "answer": []}


def choice_fields(gap: Gap, findings: Findings) -> dict[str, object]:
    many = gap.type in MANY
    weights = [weight for weight, _text, _remark in gap.alternatives]
    choose = right_in_multiple if many else right_in_single
    options = [from_html(text) for _weight, text, _remark in gap.alternatives]
    return {
        "kind": (Kind.MULTIPLE if many else Kind.SINGLE).value,
        "options": [findings.kept(option) for option in options],
        "answer": choose(weights, findings.notes),
    }


def number_fields(right: list[str], findings: Findings) -> dict[str, object]:
    fields: dict[str, object] = {"kind": Kind.NUMERIC.value, "answer": ""}
    stated = [text for text in right if text != "*"]
    if not stated:
        findings.faults.append(_("no number earns all points"))
        return fields
    if len(stated) > 1:
        findings.note(_("other numbers that earn points are left out"))
    number, _colon, wide = stated[0].partition(":")
    read, off = figure_in(number), figure_in(wide or "0")
    if read is None or off is None:
        findings.faults.append(
            _("the answer “%(answer)s” is not a number") % {"answer": stated[0]}
        )
        return fields
    return fields | {
        "answer": written(read),
        "tolerance": tolerance_written(abs(off), findings.notes),
    }
