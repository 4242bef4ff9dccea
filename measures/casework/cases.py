"""The facts of a case: its procedure, its subject's history, the steps taken so far."""

from datetime import date
from functools import cache
from typing import Any

from measures.reading import (
    Facts,
    Shape,
    choice,
    day,
    fact,
    flag,
    listed,
    many,
    shape,
    whole,
)


class Objection(Facts):
    """An objection to a notice and its review; open until the day it was settled."""

    raised_on: date = fact(day(), required=True)
    settled_on: date | None = fact(day())
    outcome: str | None = fact(choice("review_outcome"))


class Notice(Facts):
    """A public notice, both ends counted."""

    since: date = fact(day(), required=True, key="from")
    until: date = fact(day(), required=True, key="to")
    objections: tuple[Objection, ...] = listed(shape(Objection), 100)


class Meeting(Facts):
    """An appraisal meeting: who was called, who came, who was in favour."""

    called: int = fact(whole(1, 100_000), required=True)
    present: int = fact(whole(0, 100_000), required=True)
    in_favour: int = fact(whole(0, 100_000), required=True)


class TakenStep(Facts):
    """A step as it was taken; one with a notice is concluded when that has run."""

    step: str = fact(choice("step"), required=True)
    level: str = fact(choice("level"), required=True)
    on: date | None = fact(day())
    concluded_on: date | None = fact(day())
    outcome: str | None = fact(choice("outcome"))
    notice: Notice | None = fact(shape(Notice))
    meeting: Meeting | None = fact(shape(Meeting))
    documents: tuple[str, ...] | None = fact(many(choice("document"), 50))


class PastEvent(Facts):
    event: str = fact(choice("event"), required=True)
    on: date = fact(day(), required=True)


class CaseFacts(Facts):
    """What the steps depend on; ``None`` is not established."""

    standard_met: bool | None = fact(flag())
    hardship: bool | None = fact(flag())
    vetoed_before_identification: bool | None = fact(flag())
    failed_check_by: str | None = fact(choice("checker"))


class Case(Facts):
    procedure: str = fact(choice("procedure"), required=True)
    subject: str = fact(choice("subject"), required=True)
    status: str = fact(choice("status"), required=True)
    history: tuple[PastEvent, ...] = listed(shape(PastEvent), 200)
    county_class: str | None = fact(choice("county_class"))
    facts: CaseFacts | None = fact(shape(CaseFacts))
    notice_days: int | None = fact(whole(0, 365))
    steps: tuple[TakenStep, ...] = listed(shape(TakenStep), 100)


@cache
def case_shape() -> Shape[Case]:
    return Shape(Case)


def read_case(mapping: Any) -> Case:
    """A case from the exchange format; raises ``Unreadable`` with the path."""
    return case_shape().read(mapping)
