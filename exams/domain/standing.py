"""Two places of an answer: the log, where it stays, and what stands now, which is the
latest by (epoch, seq), whichever arrives first."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import connection
from django.db.backends.utils import CursorWrapper

from core.prepared import preparing_cursor
from exams.errors import NotAnAnswer
from exams.models import AnswerNow, Attempt


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


# In SQL, since both are said with every save, and the ORM has no "insert, and tell what
# is there" nor "insert or take the later": one statement each, for one answer or for
# all that an outage kept back.
MOVED = ("value", "epoch", "seq", "at")
LATER = "(excluded.epoch, excluded.seq) > (kept.epoch, kept.seq)"
PLACED = ", ".join(
    f"{name} = CASE WHEN {LATER} THEN excluded.{name} ELSE kept.{name} END"
    for name in MOVED
)
COLUMNS = f"(attempt_id, item_no, {', '.join(MOVED)})"
ROW = "(%s, %s, %s, %s, %s, %s)"
# What the log holds stays as it is; setting nothing anew makes it answer.
LOG = f"""
    INSERT INTO exams_answerevent AS kept {COLUMNS} VALUES %s
    ON CONFLICT (attempt_id, epoch, seq) DO UPDATE SET seq = kept.seq
    RETURNING item_no, value, epoch, seq
"""
PLACE = f"""
    INSERT INTO exams_answernow AS kept {COLUMNS} VALUES %s
    ON CONFLICT (attempt_id, item_no) DO UPDATE SET {PLACED}
    RETURNING item_no, value, epoch, seq
"""


def put_in(
    attempt: Attempt, answers: Collection[Answer], *, at: datetime
) -> dict[int, object]:
    """Append what the log does not hold yet, and let of each question the latest answer
    stand; return what overrules those that do not, unless they were only sent twice.

    The attempt's row is locked: nobody else moves its answers meanwhile. Raises
    ``NotAnAnswer`` if the log holds, or is given, another answer under the same epoch
    and number; whoever calls undoes the rest.
    """
    given: dict[tuple[int, int], Answer] = {}
    latest: dict[int, Answer] = {}
    for answer in sorted(answers, key=lambda answer: answer.rank):
        if given.setdefault(answer.rank, answer) != answer:
            raise NotAnAnswer(number=answer.item_no)
        latest[answer.item_no] = answer
    if not given:
        return {}
    with preparing_cursor() as log, preparing_cursor() as place:
        say(log, LOG, attempt, given.values(), at)
        say(place, PLACE, attempt, latest.values(), at)
        kept, standing = heard(log), heard(place)
    for held in kept:
        answer = given[held.rank]
        if (held.item_no, held.value) != (answer.item_no, as_kept(answer.value)):
            raise NotAnAnswer(number=answer.item_no)
    return {
        answer.item_no: answer.value
        for answer in standing
        if answer.rank != latest[answer.item_no].rank
    }


def as_kept(value: object) -> object:
    return json.loads(json.dumps(value))


def say(
    cursor: CursorWrapper,
    statement: str,
    attempt: Attempt,
    answers: Collection[Answer],
    at: datetime,
) -> None:
    rows = [row_of(attempt, answer, at) for answer in answers]
    cursor.execute(statement % ", ".join([ROW] * len(rows)), [*chain(*rows)])


def heard(cursor: CursorWrapper) -> list[Answer]:
    return [
        Answer(no, VALUE.from_db_value(value, None, connection), epoch, seq)
        for no, value, epoch, seq in cursor.fetchall()
    ]


VALUE, AT = (AnswerNow._meta.get_field(name) for name in ("value", "at"))


def row_of(attempt: Attempt, answer: Answer, at: datetime) -> list[object]:
    value = VALUE.get_db_prep_save(answer.value, connection)
    at = AT.get_db_prep_save(at, connection)
    return [attempt.pk, answer.item_no, value, answer.epoch, answer.seq, at]
