"""Holding an exam."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.models import Division
from divisions.scoping import at as placed_at
from exams.enums import Admits
from exams.errors import (
    AlreadyAnnounced,
    BadWindow,
    CodesNeedAList,
    NoReason,
    NoReasons,
    SittingStarted,
    TooShort,
)
from exams.models import Blueprint, Release, Sitting

from .drawing import draw_paper


class Policy(TypedDict, total=False):
    """How a sitting is held; what is not said is as ``Sitting`` has it."""

    needs_path: bool
    attempts_allowed: int
    cooldown_hours: int
    keys_shown: str
    results_shown: str
    admits: str
    asks_code: bool
    refresher: bool


@transaction.atomic
def schedule_sitting(
    title: str,
    *,
    division: Division,
    blueprint: Blueprint,
    release: Release,
    opens_at: datetime,
    closes_at: datetime,
    minutes: int,
    pass_percent: int,
    pass_mark_reasons: str,
    by: User | None,
    **policy: Unpack[Policy],
) -> Sitting:
    """Announce a sitting, or return the one announced so for ``division`` then.

    ``pass_mark_reasons`` says why the pass mark is where it is; a panel's ground may
    follow. Raises ``AlreadyAnnounced`` when that one is held otherwise, ``BadWindow``,
    ``TooShort``, ``NoReasons``, ``CodesNeedAList`` or, if papers cannot be drawn,
    ``CellShort``.
    """
    known = Sitting.objects.filter(
        division=division, title=title, opens_at=opens_at, withdrawn_at=None
    )
    if sitting := known.first():
        refuse_otherwise(
            sitting,
            blueprint=blueprint,
            release=release,
            closes_at=closes_at,
            minutes=minutes,
            pass_percent=pass_percent,
            pass_mark_reasons=pass_mark_reasons.strip(),
            **policy,
        )
        return sitting
    refuse_window(opens_at, closes_at, minutes=minutes)
    if not (pass_mark_reasons := pass_mark_reasons.strip()):
        raise NoReasons
    if policy.get("asks_code") and policy.get("admits") != Admits.LISTED:
        raise CodesNeedAList
    draw_paper(blueprint, release, seed="feasible")
    sitting = Sitting.objects.create(
        title=title,
        blueprint=blueprint,
        release=release,
        opens_at=opens_at,
        closes_at=closes_at,
        minutes=minutes,
        pass_percent=pass_percent,
        pass_mark_reasons=pass_mark_reasons,
        scheduled_by=by,
        **policy,
        **placed_at(division),
    )
    record("sitting.scheduled", sitting, by=by)
    return sitting


def refuse_otherwise(sitting: Sitting, **facts: object) -> None:
    """Raise ``AlreadyAnnounced`` if any fact is not the sitting's own: a correction
    that changed nothing would be taken for done. What is not said is the default."""
    said = {
        name: Sitting._meta.get_field(name).default for name in Policy.__annotations__
    } | facts
    if sitting.closed_early_at:
        del said["closes_at"]
    if any(getattr(sitting, name) != value for name, value in said.items()):
        raise AlreadyAnnounced


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
