"""Holding an exam."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.models import Division
from divisions.scoping import at as placed_at
from exams.enums import Admits, Held
from exams.errors import (
    BadWindow,
    CodesNeedAList,
    GroundDiffers,
    NoReason,
    NoReasons,
    TooShort,
)
from exams.models import Blueprint, Panel, PassMarkGround, Release, Sitting
from exams.sitting_errors import AlreadyAnnounced, NoPlace, SittingStarted

from .drawing import check_drawable
from .judging import ground_pass_mark


class Policy(TypedDict, total=False):
    """How a sitting is held; what is not said is as ``Sitting`` has it."""

    needs_path: bool
    attempts_allowed: int
    cooldown_hours: int
    keys_shown: str
    results_shown: str
    admits: str
    asks_code: bool
    held: str
    place: str
    refresher: bool


class Facts(Policy):
    """What is said of every sitting. ``pass_mark_reasons`` says why the pass mark is
    where it is; both follow a panel that is named, and a panel may be named later."""

    blueprint: Blueprint
    release: Release
    closes_at: datetime
    minutes: int
    pass_percent: int
    pass_mark_reasons: str


@transaction.atomic
def schedule_sitting(
    title: str,
    *,
    division: Division,
    opens_at: datetime,
    by: User | None,
    panel: Panel | None = None,
    **facts: Unpack[Facts],
) -> Sitting:
    """Announce a sitting, or return the one announced so for ``division`` then.

    Raises ``AlreadyAnnounced`` when that one is held otherwise, ``BadWindow``,
    ``TooShort``, ``NoReasons``, ``CodesNeedAList``, ``NoPlace`` or, if papers cannot be
    drawn, ``CellShort``, ``TooFewApart`` or ``Tangled``; of a ``panel`` that judged
    something else, or is not closed, ``GroundDiffers`` or ``QuestionsUnjudged``.
    """
    if panel:
        facts |= pass_mark_of(panel)
    facts["pass_mark_reasons"] = facts["pass_mark_reasons"].strip()
    if facts.get("held") != Held.AT_PLACE:
        facts["place"] = ""
    known = Sitting.objects.filter(
        division=division, title=title, opens_at=opens_at, withdrawn_at=None
    )
    if sitting := known.first():
        refuse_otherwise(sitting, panel, **facts)
        return sitting
    refuse_window(opens_at, facts["closes_at"], minutes=facts["minutes"])
    refuse_gaps(facts)
    check_drawable(facts["blueprint"], facts["release"])
    sitting = Sitting.objects.create(
        title=title,
        opens_at=opens_at,
        scheduled_by=by,
        **facts,
        **placed_at(division),
    )
    record("sitting.scheduled", sitting, by=by)
    if panel:
        ground_pass_mark(sitting, panel, by=by)
    return sitting


def pass_mark_of(panel: Panel) -> dict[str, object]:
    """The pass mark that a panel set, with its reasons. Raises ``GroundDiffers`` while
    it has set none."""
    if not panel.is_closed:
        raise GroundDiffers
    return {
        "pass_percent": panel.cut_percent,
        "pass_mark_reasons": panel.reasons,
    }


def refuse_gaps(facts: Facts) -> None:
    """Raise what is missing for how the sitting is to be held."""
    if not facts["pass_mark_reasons"]:
        raise NoReasons
    if facts.get("asks_code") and facts.get("admits") != Admits.LISTED:
        raise CodesNeedAList
    if facts.get("held") == Held.AT_PLACE and not facts.get("place"):
        raise NoPlace


def refuse_otherwise(sitting: Sitting, panel: Panel | None, **facts: object) -> None:
    """Raise ``AlreadyAnnounced`` if any fact is not the sitting's own: a correction
    that changed nothing would be taken for done. What is not said is the default."""
    said = {
        name: Sitting._meta.get_field(name).get_default()
        for name in Policy.__annotations__
    } | facts
    if sitting.closed_early_at:
        del said["closes_at"]
    if any(getattr(sitting, name) != value for name, value in said.items()):
        raise AlreadyAnnounced
    if panel and not sitting_rests_on(sitting, panel):
        raise AlreadyAnnounced


def sitting_rests_on(sitting: Sitting, panel: Panel) -> bool:
    return PassMarkGround.objects.filter(sitting=sitting, panel=panel).exists()


@transaction.atomic
def withdraw_sitting(
    sitting: Sitting, *, reason: str, by: User, at: datetime
) -> Sitting:
    """Drop a sitting that nobody has started; withdrawn already, it stays so. Another
    can then be announced in its place. Raises ``SittingStarted`` or ``NoReason``."""
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.withdrawn_at:
        return sitting
    if sitting.attempts.exists():
        raise SittingStarted
    if not (reason := reason.strip()):
        raise NoReason
    sitting.withdrawn_at, sitting.withdrawn_by = at, by
    sitting.withdrawn_because = reason
    sitting.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record("sitting.withdrawn", sitting, by=by, reason=reason)
    return sitting


def refuse_window(opens_at: datetime, closes_at: datetime, *, minutes: int) -> None:
    if closes_at <= opens_at:
        raise BadWindow
    if closes_at - opens_at < timedelta(minutes=minutes):
        raise TooShort(minutes=minutes)
