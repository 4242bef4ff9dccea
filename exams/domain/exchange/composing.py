"""Several questions in one text of another system, as a case.

A reader leaves ``PLACE`` where each question's answer goes, and ``RULE`` where a line
is drawn between the case and its questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from exams.domain.kinds.case import LEAST, MOST
from exams.enums import ONE_CHOICE, Kind

from .drafts import judged
from .findings import Findings

# Signs that no text has: Unicode keeps them for a program's own use.
PLACE, RULE = "\ufdd0", "\ufdd1"
GAP = "_____"
UNIT = re.compile(r"[^\s。，,;；:：!！?？_]{1,10}")
CLOSING = " \t。.;；"


def with_gap(text: str, unit: str = "") -> str:
    """Return a single question's words, with a gap unless nothing follows it."""
    text = text.replace(RULE, "\n").replace(PLACE, GAP).strip()
    ending = f"{GAP} {unit}".strip()
    if text.endswith((GAP, ending)):
        text = text.removesuffix(ending).removesuffix(GAP).rstrip()
    return text


def without_place(text: str) -> str:
    lines = text.replace(RULE, "\n").replace(PLACE, "\n").split("\n")
    return "\n".join(line for line in map(str.strip, lines) if line)


def case_fields(
    text: str,
    asked: Sequence[Mapping],
    findings: Findings,
    *,
    title: str = "",
    kinds: Sequence[str] = (),
) -> dict[str, object]:
    """Return a case of the questions ``asked``, each at its place in ``text``.

    Questions that stand one to a line have that line as their words. Otherwise the
    text is the case, and its gaps are numbered. ``kinds`` are what the file says of
    the questions, ``title`` stands for a case that has no words of its own.
    """
    if not LEAST <= len(asked) <= MOST:
        findings.faults.append(
            _("it asks %(count)s questions; a case has from two to eight")
            % {"count": len(asked)}
        )
    if text.count(PLACE) != len(asked):
        findings.faults.append(_("its text holds signs that no text may have"))
        return {"kind": Kind.CASE.value}
    asked = [told(each, at, kinds, findings) for at, each in enumerate(asked)]
    stem, stems = by_lines(text, asked) or by_gaps(text, len(asked))
    parts, key = [], []
    for words, each in zip(stems, asked, strict=True):
        key.append(each["answer"])
        parts.append(part_of(words, each))
    return {
        "kind": Kind.CASE.value,
        "stem": stem or title,
        "parts": parts,
        "answer": key,
    }


def told(each: Mapping, at: int, kinds: Sequence[str], findings: Findings) -> dict:
    """Return a question in the kind that the file says it has."""
    fields = {"answer": [], "options": []} | dict(each)
    said = kinds[at] if at < len(kinds) else ""
    if not said:
        return judged(fields, findings.notes)
    if {said, fields["kind"]} <= ONE_CHOICE:
        fields["kind"] = said
    return fields


def part_of(stem: str, each: Mapping) -> dict[str, object]:
    part = {"kind": each["kind"], "stem": stem}
    part |= {name: each[name] for name in ("options", "parts") if each.get(name)}
    if each.get("tolerance", "0") != "0":
        part["tolerance"] = each["tolerance"]
    return part | ({"unit": each["unit"]} if each.get("unit") else {})


def by_lines(text: str, asked: list[dict]) -> tuple[str, list[str]] | None:
    """Divide a text whose questions end their lines; None when they do not."""
    head, *rests = text.split(PLACE)
    before, rule, first = head.rpartition(RULE)
    if not rule:
        before, _end, first = head.rstrip().rpartition("\n")
    rests = [rest.replace(RULE, "\n") for rest in rests]
    stems = [first]
    for at, (rest, each) in enumerate(zip(rests, asked, strict=True)):
        ending, newline, following = rest.partition("\n")
        is_last = at == len(asked) - 1
        if not is_ending(ending, each) or bool(following.strip()) is is_last:
            return None
        if not (newline or is_last):
            return None
        stems.append(following)
    stems = [stem.strip() for stem in stems[: len(asked)]]
    return (before.replace(RULE, "\n").strip(), stems) if all(stems) else None


def is_ending(text: str, each: dict) -> bool:
    """Tell whether a line may end so after its gap; a number may have its unit."""
    text = text.strip(CLOSING)
    if text and each["kind"] == Kind.NUMERIC and UNIT.fullmatch(text):
        each["unit"] = text
        return True
    return not text


def by_gaps(text: str, count: int) -> tuple[str, list[str]]:
    names = [f"（{number}）" for number in range(1, count + 1)]
    first, *rests = text.replace(RULE, "\n").split(PLACE)
    pairs = zip(names, rests, strict=True)
    whole = first + "".join(f"{name}{GAP}{rest}" for name, rest in pairs)
    return whole.strip(), names
