"""Holding an exam."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.models import Division
from divisions.scoping import at as placed_at
from exams.enums import KeysShown, ResultsShown
from exams.errors import BadWindow, TooShort
from exams.models import Blueprint, Release, Sitting

from .drawing import draw_paper


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
    by: User | None,
    needs_path: bool = False,
    attempts_allowed: int = 1,
    cooldown_hours: int = 0,
    keys_shown: str = KeysShown.AFTER_CLOSE,
    results_shown: str = ResultsShown.AT_ONCE,
) -> Sitting:
    """Announce a sitting, or return the one announced so for ``division`` then.

    Raises ``BadWindow``, ``TooShort`` or, if papers cannot be drawn, ``CellShort``.
    """
    known = Sitting.objects.filter(division=division, title=title, opens_at=opens_at)
    if sitting := known.first():
        return sitting
    refuse_window(opens_at, closes_at, minutes=minutes)
    draw_paper(blueprint, release, seed="feasible")
    sitting = Sitting.objects.create(
        title=title,
        blueprint=blueprint,
        release=release,
        opens_at=opens_at,
        closes_at=closes_at,
        minutes=minutes,
        pass_percent=pass_percent,
        attempts_allowed=attempts_allowed,
        needs_path=needs_path,
        cooldown_hours=cooldown_hours,
        keys_shown=keys_shown,
        results_shown=results_shown,
        scheduled_by=by,
        **placed_at(division),
    )
    record("sitting.scheduled", sitting, by=by)
    return sitting


def refuse_window(opens_at: datetime, closes_at: datetime, *, minutes: int) -> None:
    if closes_at <= opens_at:
        raise BadWindow
    if closes_at - opens_at < timedelta(minutes=minutes):
        raise TooShort(minutes=minutes)
