"""Taking answers in: each one is kept before it is acknowledged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, Subquery

from accounts.models import User
from exams.enums import RoomEventKind
from exams.errors import AttemptFinished, NotAnAnswer, TimeUp
from exams.models import AnswerEvent, AnswerNow, Attempt, Question

from .kinds import NoAnswer, asking_for

HIGHEST_SEQ = 1_000_000


@dataclass(frozen=True)
class Answer:
    """One message: what a candidate answered, and its place in the order of things.

    ``value`` is what the question's kind takes, such as places among the options *as
    shown*; None takes the answer back.
    """

    item_no: int
    value: object
    epoch: int
    seq: int

    @property
    def rank(self) -> tuple[int, int]:
        return self.epoch, self.seq


@dataclass(frozen=True)
class Saved:
    """What the server can vouch for. ``overruled`` maps a question to the answer
    that stands because it was given in a later opening of the room."""

    attempt: Attempt
    overruled: dict[int, object]


@transaction.atomic
def open_room(attempt: Attempt, *, at: datetime) -> Attempt:
    """Give the room its next epoch: answers from here on outrank earlier ones.

    Raises ``AttemptFinished`` or ``TimeUp``.
    """
    attempt = locked(attempt.uuid, by=attempt.candidate_id)
    refuse_late(attempt, at)
    Attempt.objects.filter(pk=attempt.pk).update(epoch=F("epoch") + 1)
    attempt.epoch += 1
    return attempt


@transaction.atomic
def save_answers(
    uuid: UUID, answers: Collection[Answer], *, by: User, at: datetime
) -> Saved:
    """Keep the answers of ``by``'s attempt; sent again, they change nothing.

    Of two answers to a question the later by (epoch, seq) stands, whichever arrives
    first. All are kept or none. Raises ``Attempt.DoesNotExist`` to a stranger,
    ``AttemptFinished``, ``TimeUp`` or ``NotAnAnswer``.
    """
    attempt = locked(uuid, by=by.pk)
    refuse_late(attempt, at)
    questions = {question.no: question for question in attempt.questions}
    answers = [checked(answer, questions, attempt.epoch) for answer in answers]
    AnswerEvent.objects.bulk_create(
        [event_from(answer, attempt, at) for answer in answers], ignore_conflicts=True
    )
    return Saved(attempt, put_in_place(attempt, answers, at=at))


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
    return Attempt.objects.select_for_update().get(uuid=uuid, candidate=by)


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


def event_from(answer: Answer, attempt: Attempt, at: datetime) -> AnswerEvent:
    return AnswerEvent(
        attempt=attempt,
        epoch=answer.epoch,
        seq=answer.seq,
        item_no=answer.item_no,
        value=answer.value,
        at=at,
    )


def put_in_place(
    attempt: Attempt, answers: Collection[Answer], *, at: datetime
) -> dict[int, object]:
    """Let of each question the latest answer stand; return what overrules those that
    do not. The attempt's row is locked: nobody else moves its answers meanwhile."""
    latest: dict[int, Answer] = {}
    for answer in sorted(answers, key=lambda answer: answer.rank):
        latest[answer.item_no] = answer
    if len(latest) != 1:
        return place_many(attempt, latest, at)
    (answer,) = latest.values()
    return {} if stands(answer, attempt, at) else overruled(answer, attempt)


def stands(answer: Answer, attempt: Attempt, at: datetime) -> bool:
    """Put the answer in the projection unless a later one is there: the usual save,
    in one statement."""
    earlier = Q(epoch__lt=answer.epoch) | Q(epoch=answer.epoch, seq__lt=answer.seq)
    rows = AnswerNow.objects.filter(attempt=attempt, item_no=answer.item_no)
    changed = rows.filter(earlier).update(
        value=answer.value, epoch=answer.epoch, seq=answer.seq, at=at
    )
    return changed == 1


def place_many(
    attempt: Attempt, latest: dict[int, Answer], at: datetime
) -> dict[int, object]:
    """After an outage: one statement to read and one to write, however many."""
    rows = AnswerNow.objects.filter(attempt=attempt, item_no__in=latest)
    outranked, behind = [], {}
    for row in rows:
        answer, rank = latest[row.item_no], (row.epoch, row.seq)
        if rank < answer.rank:
            row.value, row.at = answer.value, at
            row.epoch, row.seq = answer.rank
            outranked.append(row)
        elif rank > answer.rank:
            behind[row.item_no] = row.value
    AnswerNow.objects.bulk_update(outranked, ["value", "epoch", "seq", "at"])
    return behind


def overruled(answer: Answer, attempt: Attempt) -> dict[int, object]:
    """What stands instead of an answer that changed nothing, unless it was only sent
    twice."""
    row = AnswerNow.objects.get(attempt=attempt, item_no=answer.item_no)
    return {} if (row.epoch, row.seq) == answer.rank else {row.item_no: row.value}
