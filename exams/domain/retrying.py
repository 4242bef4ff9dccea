"""What an earlier attempt at a paper means for another: how long one waits, and what
one works through again before it."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from exams.enums import KeysShown, State
from exams.errors import CoolingDown, RefresherUnfinished
from exams.models import Attempt, Sitting

from .holding import spoken
from .refreshing import Due, lessons_to_read, titles_of


def tried_before(sitting: Sitting, *, by: User) -> list[Attempt]:
    """The person's finished attempts at this paper, in this sitting and in others:
    whoever failed one does not walk into the next. Papers are the same when their
    blueprints have one title, so that a blueprint drawn up anew changes nothing."""
    alike = Attempt.objects.of(by).filter(
        sitting__blueprint__title=sitting.blueprint.title
    )
    found = alike.exclude(state=State.OPEN).select_related("sitting")
    return list(found.order_by("finished_at", "pk"))


def binds(sitting: Sitting, attempt: Attempt) -> bool:
    """Whether the terms of ``sitting`` hold for an earlier attempt: not where that was
    in another sitting for practice, which has terms of its own only."""
    is_practice = attempt.sitting.keys_shown == KeysShown.AT_ONCE
    return attempt.sitting_id == sitting.pk or not is_practice


def is_known_pass(attempt: Attempt) -> bool:
    return bool(attempt.passed) and attempt.sitting.has_results_out


def refuse_hurry(sitting: Sitting, earlier: list[Attempt], *, at: datetime) -> None:
    """Raise ``CoolingDown`` for the longer of two waits: of the sitting that was failed
    and of the one to be started. A pass that is not out yet waits as well: to start at
    once would tell."""
    waits = []
    for attempt in earlier:
        if is_known_pass(attempt):
            continue
        hours = attempt.sitting.cooldown_hours
        if binds(sitting, attempt):
            hours = max(hours, sitting.cooldown_hours)
        if hours:
            waits.append(attempt.finished_at + timedelta(hours=hours))
    if waits and at < (again := max(waits)):
        raise CoolingDown(again=spoken(again))


def refuse_unread(sitting: Sitting, earlier: list[Attempt]) -> None:
    """Raise ``RefresherUnfinished`` while a lesson of the refresher is not done."""
    left = [due.lesson for due in refresher_for(sitting, earlier) if not due.is_done]
    if left:
        raise RefresherUnfinished(lessons=titles_of(left))


def refresher_for(sitting: Sitting, earlier: list[Attempt]) -> list[Due]:
    """Return the lessons to be worked through before a start in ``sitting``, done or
    not: those on what went wrong in the last paper, when that was failed and its
    sitting or this one wants it. A result that is held says nothing yet."""
    if not earlier:
        return []
    last = earlier[-1]
    wanted = last.sitting.refresher or (sitting.refresher and binds(sitting, last))
    return lessons_to_read(last) if wanted else []
