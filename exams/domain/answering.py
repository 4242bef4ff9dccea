"""Taking answers in: each one is kept before it is acknowledged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Subquery

from accounts.models import User
from core.prepared import Prepared
from exams.enums import RoomEventKind
from exams.errors import AttemptFinished, NotAnAnswer, TimeUp
from exams.models import Attempt, Question, last_said

from .kinds import NoAnswer, asking_for
from .standing import Answer, put_in

HIGHEST_SEQ = 1_000_000
SAVED_IN = Prepared(
    lambda: Attempt.objects.to_save_in().annotate(said=last_said()),
    "uuid",
    "candidate",
)


@dataclass(frozen=True)
class Saved:
    """What the server can vouch for. ``overruled`` maps a question to the answer
    that stands because it was given in a later opening of the room."""

    attempt: Attempt
    overruled: dict[int, object]


@transaction.atomic
def open_room(attempt: Attempt, *, at: datetime) -> Attempt:
    """Give the room its next epoch: answers from here on outrank earlier ones. The
    attempt comes with ``said``, the key of what was said last in its sitting.

    Raises ``AttemptFinished`` or ``TimeUp``.
    """
    attempt = locked(attempt.uuid, by=attempt.candidate_id)
    refuse_late(attempt, at)
    Attempt.objects.filter(pk=attempt.pk).update(epoch=F("epoch") + 1)
    attempt.epoch += 1
    return attempt


def save_answers(
    uuid: UUID, answers: Collection[Answer], *, by: User, at: datetime
) -> Saved:
    """Keep the answers of ``by``'s attempt; sent again, they change nothing.

    Of two answers to a question the later by (epoch, seq) stands, whichever arrives
    first. All are kept or none, and one number is one answer for ever. Raises
    ``Attempt.DoesNotExist`` to a stranger, ``AttemptFinished``, ``TimeUp`` or
    ``NotAnAnswer``.
    """
    attempt = SAVED_IN.get(uuid=uuid, candidate=by.pk)
    refuse_late(attempt, at)
    questions = attempt.questions_at({answer.item_no for answer in answers})
    answers = [checked(answer, questions, attempt.epoch) for answer in answers]
    return Saved(attempt, put_in(attempt, answers, at=at))


@transaction.atomic
def save_by_form(
    attempt: Attempt, item_no: int, value: object, *, by: User, at: datetime
) -> Saved:
    """Save an answer that comes without a number of its own, from a plain form: it
    is an opening of the room by itself, so it outranks all before it."""
    attempt = open_room(attempt, at=at)
    answer = Answer(item_no=item_no, value=value, epoch=attempt.epoch, seq=1)
    return save_answers(attempt.uuid, [answer], by=by, at=at)


def replay_answers(attempt: Attempt) -> dict[int, object]:
    """Return what stands by the log alone: the projection ``AnswerNow`` must equal."""
    standing: dict[int, object] = {question.no: None for question in attempt.questions}
    for event in attempt.events.order_by("epoch", "seq"):
        standing[event.item_no] = event.value
    return standing


def arrived_from_others(attempt: Attempt) -> dict[int, object]:
    """Return the answers that stand from earlier openings of the room though they
    came only after the last: what the room as it is open now does not show yet."""
    opened = attempt.room_events.filter(kind=RoomEventKind.OPENED, epoch=attempt.epoch)
    rows = attempt.answers.filter(
        epoch__lt=attempt.epoch, at__gt=Subquery(opened.values("at")[:1])
    )
    return {row.item_no: row.value for row in rows}


def locked(uuid: UUID, *, by: int) -> Attempt:
    attempts = Attempt.objects.annotate(said=last_said())
    return attempts.select_for_update().get(uuid=uuid, candidate=by)


def refuse_late(attempt: Attempt, at: datetime) -> None:
    if not attempt.is_open:
        raise AttemptFinished
    if attempt.is_due(at):
        raise TimeUp


def checked(answer: Answer, questions: dict[int, Question], epoch: int) -> Answer:
    """Return the answer in its one form, or raise ``NotAnAnswer``."""
    question = questions.get(answer.item_no)
    in_order = 1 <= answer.epoch <= epoch and 1 <= answer.seq <= HIGHEST_SEQ
    if question is None or not in_order:
        raise NotAnAnswer(number=answer.item_no)
    try:
        value = asking_for(question.kind).checked(question, answer.value)
    except NoAnswer as error:
        raise NotAnAnswer(number=answer.item_no) from error
    return Answer(answer.item_no, value, answer.epoch, answer.seq)
