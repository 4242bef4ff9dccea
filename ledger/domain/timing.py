"""The notice of a case while it runs, and its clock as ``measures`` counts it."""

from collections.abc import Iterable
from datetime import date

import measures
from ledger.domain.replaying import unreadable
from ledger.models import Case, Notice


def standing_notice(case: Case, index: int) -> Notice | None:
    """The notice of the step that is due, the latest if it was given anew.

    Its objections and their settlements come with it.
    """
    told = case.notices.filter(index=index).order_by("-pk")
    return told.prefetch_related("objections__settlement").first()


def objections_to(notice: Notice) -> list[dict]:
    """The objections to a notice in the exchange format."""
    return [
        objection_for_measures(each.raised_on, getattr(each, "settlement", None))
        for each in notice.objections.all()
    ]


def objection_for_measures(raised_on: date, settlement) -> dict:
    told = {"raised_on": raised_on.isoformat()}
    if settlement is not None:
        told["settled_on"] = settlement.settled_on.isoformat()
        told["outcome"] = settlement.outcome
    return told


def clock_of(notice: Notice, on: date) -> measures.Clock:
    return clock(as_published(notice, objections_to(notice)), on)


def clock(given: dict, on: date) -> measures.Clock:
    """Ask for the clock; what cannot be read is refused with the place of the fault."""
    try:
        return measures.notice_clock(given, on)
    except measures.Unreadable as fault:
        raise unreadable(fault) from fault


def as_published(notice: Notice, objections: Iterable[dict]) -> dict:
    return {
        "from": notice.since.isoformat(),
        "to": notice.until.isoformat(),
        "objections": list(objections),
    }


def as_it_ran(notice: Notice, objections: list[dict], *, at_least: date) -> dict:
    """The notice with the end that its objections put off.

    As long as a review is open nobody can tell the end: then it runs to the day
    ``at_least``, if not to the one published.
    """
    published = as_published(notice, objections)
    ends_on = clock(published, notice.since).ends_on
    return published | {"to": (ends_on or max(notice.until, at_least)).isoformat()}


def follow_notice(case: Case, notice: Notice | None) -> None:
    """Let the case's own columns say how its notice stands."""
    stands = clock_of(notice, notice.since) if notice else None
    case.notice_until = stands.ends_on if stands and not stands.fallen else None
    case.objection_since = stands.stopped_since if stands else None
    case.save(update_fields=["notice_until", "objection_since"])
