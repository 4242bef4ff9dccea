"""Keeping what came late, apart from what counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.domain.answering import checked, locked
from exams.domain.finishing import finish_if_due
from exams.domain.showing import may_see_keys
from exams.enums import FinishReason, LateWay
from exams.errors import AttemptFinished, NoSuchAttempt, NotAnAnswer, NotLate, TooLate
from exams.models import LATE_HOURS, AnswerEvent, Attempt, LateAnswer, Sitting

from .sealing import AnswersFile, Given


@transaction.atomic
def receive_late(
    uuid: UUID, given: Collection[Given], *, by: User, at: datetime
) -> Attempt:
    """Keep what the candidate's own phone sends after the end; sent again, the same.

    Raises ``Attempt.DoesNotExist`` to a stranger, ``NotLate`` while answers are still
    taken, ``AttemptFinished`` when the candidate handed in, ``TooLate`` after the
    window, ``NotAnAnswer``.
    """
    attempt = finish_if_due(locked(uuid, by=by.pk), at=at)
    keep_late(attempt, given, way=LateWay.NETWORK, brought_by=None, at=at)
    return attempt


@transaction.atomic
def take_in_file(
    file: AnswersFile, sitting: Sitting, *, by: User, at: datetime
) -> tuple[Attempt, int]:
    """Keep the answers of a sealed file that an office was handed; return how many of
    them are new. Raises ``NoSuchAttempt`` and what ``receive_late`` raises."""
    among = sitting.attempts.visible_to(by).exclude(candidate=by)
    if not (found := among.filter(uuid=file.attempt).first()):
        raise NoSuchAttempt
    attempt = finish_if_due(locked(file.attempt, by=found.candidate_id), at=at)
    kept = keep_late(attempt, file.given, way=LateWay.FILE, brought_by=by, at=at)
    return attempt, kept


def keep_late(
    attempt: Attempt,
    given: Collection[Given],
    *,
    way: LateWay,
    brought_by: User | None,
    at: datetime,
) -> int:
    """Write what neither the log nor the late answers hold; return how many."""
    refuse(attempt, at)
    new = not_known(attempt, given)
    keys_were_out = may_see_keys(attempt, at=at)
    LateAnswer.objects.bulk_create(
        [
            LateAnswer(
                attempt=attempt,
                epoch=each.answer.epoch,
                seq=each.answer.seq,
                item_no=each.answer.item_no,
                value=each.answer.value,
                left=each.left,
                way=way,
                keys_were_out=keys_were_out,
                brought_by=brought_by,
                at=at,
            )
            for each in new
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    if new:
        by = brought_by or attempt.candidate
        record("late-answers.kept", attempt, by=by, way=way, count=len(new))
    return len(new)


def refuse(attempt: Attempt, at: datetime) -> None:
    if attempt.is_open:
        raise NotLate
    if attempt.finish_reason == FinishReason.HANDED_IN:
        raise AttemptFinished
    if not attempt.takes_late(at=at):
        raise TooLate(hours=LATE_HOURS)


def not_known(attempt: Attempt, given: Collection[Given]) -> list[Given]:
    questions = attempt.questions_at({each.answer.item_no for each in given})
    sound = {}
    for each in given:
        answer = checked(each.answer, questions, attempt.epoch)
        if sound.setdefault(answer.rank, Given(answer, each.left)).answer != answer:
            raise NotAnAnswer(number=answer.item_no)
    known = {
        rank
        for rows in (AnswerEvent.objects, LateAnswer.objects)
        for rank in rows.filter(attempt=attempt).values_list("epoch", "seq")
    }
    return [each for rank, each in sorted(sound.items()) if rank not in known]
