"""The fields in which authors write a question's options and key, one set a kind.

A draft keeps options and key as lines and a text (``drafting``). The fields are a view
of these, and nothing else is kept: ``laid_out`` turns what a draft holds into fields,
``gathered`` turns fields back. What is incomplete or wrong stays as it was typed, for
``revising.faults_of`` to name; what no draft can hold is refused with ``CannotBeKept``.
"""

from __future__ import annotations

from collections.abc import Callable

from exams.enums import Kind

from .case import CaseFields
from .choices import ChoiceFields, JudgementFields
from .laying import Fields, Laid, Row, Typed, check_lengths, named
from .pairs import PairFields
from .texts import BlankFields, NumberFields, SeedFields, StepFields, TextFields

FIELDS: dict[str, Fields] = {
    Kind.JUDGE: JudgementFields(),
    Kind.SINGLE: ChoiceFields(),
    Kind.MULTIPLE: ChoiceFields(takes_many=True),
    Kind.NUMERIC: NumberFields(),
    Kind.BLANK: BlankFields(),
    Kind.ORDERING: StepFields(),
    Kind.MATCHING: PairFields(),
    Kind.LEDGER: SeedFields(),
    Kind.SHORT: TextFields(),
}
FIELDS |= {Kind.CASE: CaseFields(dict(FIELDS))}


def fields_for(kind: str) -> Fields:
    return FIELDS[kind]


def laid_out(kind: str, typed: Typed) -> Laid:
    """Return the fields of ``kind`` with what a draft holds, and empty ones."""
    return named(fields_for(kind).laid_out(typed), kind)


def laid_anew(laid: Laid, kind: str) -> Laid:
    """Return the fields of ``kind`` with what was typed into those of another, and as
    many empty ones again as an author begins with."""
    shown = fields_for(laid.kind)
    if laid.kind == kind:
        return shown.widened(laid)
    return laid_out(kind, shown.gathered(laid))


def posted(kind: str, texts: Callable[[str], list[str]]) -> Laid:
    """Return the fields as a form sends them; ``texts(name)`` lists what stands under
    a name."""
    return named(fields_for(kind).posted(texts), kind)


def gathered(laid: Laid, former: Typed | None = None) -> Typed:
    """Return what a draft keeps of the fields; ``former`` where they say the same, so
    that looking at a draft does not change how it is written.

    Raises ``CannotBeKept``.
    """
    fields = fields_for(laid.kind)
    typed = fields.gathered(laid)
    check_lengths(typed)
    if former is not None and fields.gathered(fields.laid_out(former)) == typed:
        return former
    return typed


__all__ = [
    "FIELDS",
    "Fields",
    "Laid",
    "Row",
    "Typed",
    "fields_for",
    "gathered",
    "laid_anew",
    "laid_out",
    "posted",
]
