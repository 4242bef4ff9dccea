"""A candidate's appeal to a question of a marked paper, and its decision."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import formats, timezone

from accounts.models import User
from core.audit import record
from divisions.scoping import at as placed_at
from exams.enums import Decision
from exams.errors import (
    AppealTooLate,
    KeysHeld,
    NoReason,
    NoSuchQuestion,
    NotYours,
    StillOpen,
)
from exams.models import Appeal, Attempt

from .holding import keys_out_from
from .showing import ExplainedQuestion, may_see_keys

# From when the result can be read: ours, no rule names a period.
APPEAL_DAYS = 15


def appeals_end(attempt: Attempt) -> datetime:
    """Return until when questions of a paper can be appealed to: so many days from
    when the result and the keys could be read, and again from whatever changed it, a
    regrade or the decision about late answers."""
    sitting = attempt.sitting
    known = max(
        filter(
            None,
            (sitting.last_start_at, attempt.finished_at, sitting.results_out_at),
        )
    )
    asked = {question.version for question in attempt.questions}
    changes = attempt.score_changes.aggregate(at=Max("regrade__confirmed_at"))
    decisions = attempt.late_decisions.filter(accepted=True).aggregate(at=Max("at"))
    moments = (keys_out_from(asked, own=known), changes["at"], decisions["at"])
    return max(filter(None, moments)) + timedelta(days=APPEAL_DAYS)


@transaction.atomic
def make_appeal(
    attempt: Attempt, item_no: int, *, reason: str, by: User, at: datetime
) -> Appeal:
    """Put on record that ``by`` holds a question to be marked wrongly.

    One for each question: a second returns the first. Raises ``NotYours``,
    ``StillOpen``, ``KeysHeld``, ``NoSuchQuestion``, ``NoReason`` or ``AppealTooLate``.
    """
    attempt = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("sitting", "division")
        .get(pk=attempt.pk)
    )
    if attempt.candidate_id != by.pk:
        raise NotYours
    if known := attempt.appeals.filter(item_no=item_no).first():
        return known
    if attempt.is_open:
        raise StillOpen
    if not may_see_keys(attempt, at=at):
        raise KeysHeld
    versions = {question.no: question.version for question in attempt.questions}
    if item_no not in versions:
        raise NoSuchQuestion
    if not (reason := reason.strip()):
        raise NoReason
    if at > (ends := appeals_end(attempt)):
        day = formats.date_format(timezone.localtime(ends), "DATE_FORMAT")
        raise AppealTooLate(ends=day)
    appeal = Appeal.objects.create(
        attempt=attempt,
        item_no=item_no,
        version_id=versions[item_no],
        reason=reason,
        made_at=at,
        **placed_at(attempt.division),
    )
    record("appeal.made", appeal, by=by, question=item_no)
    return appeal


@transaction.atomic
def decide_appeal(
    appeal: Appeal, *, decision: str, words: str, by: User, at: datetime
) -> Appeal:
    """Uphold or dismiss an appeal, with the reason; decided already, it stays.

    Nobody decides their own. Raises ``NotYours`` or ``NoReason``.
    """
    appeal = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("attempt")
        .get(pk=appeal.pk)
    )
    if appeal.decided_at:
        return appeal
    if appeal.attempt.candidate_id == by.pk:
        raise NotYours
    if not (words := words.strip()):
        raise NoReason
    appeal.decision, appeal.words = Decision(decision), words
    appeal.decided_by, appeal.decided_at = by, at
    appeal.save(update_fields=["decision", "words", "decided_by", "decided_at"])
    record("appeal.decided", appeal, by=by, decision=decision)
    return appeal


def with_appeals(
    attempt: Attempt, questions: list[ExplainedQuestion]
) -> list[tuple[ExplainedQuestion, Appeal | None]]:
    appeals = {appeal.item_no: appeal for appeal in attempt.appeals.all()}
    return [(question, appeals.get(question.shown.no)) for question in questions]
