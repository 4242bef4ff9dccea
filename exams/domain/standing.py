"""Two places of an answer: the log, where it stays, and what stands now, which is the
latest by (epoch, seq), whichever arrives first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import IntegrityError, connection, transaction

from core.prepared import preparing_cursor
from exams.errors import AttemptFinished, NotAnAnswer
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


# In SQL, since both are said with every save, and the ORM has no "insert, or fail on
# another" nor "insert, or take the later". Nothing is put into an attempt that has
# moved on since it was read.
HELD = "SELECT id FROM exams_attempt WHERE id = %s AND state = %s"
GIVEN = """(attempt_id, item_no, value, epoch, seq, at)
    SELECT held.id, given.* FROM held, (VALUES {rows}) AS given WHERE true"""
# Under one number the log holds one answer for ever: on another it fails, for no row
# may be without its number.
SAME = """kept.item_no = excluded.item_no AND (kept.value = excluded.value
    OR kept.value IS NULL AND excluded.value IS NULL)"""
LOG = f"""INSERT INTO exams_answerevent AS kept {GIVEN}
    ON CONFLICT (attempt_id, epoch, seq)
    DO UPDATE SET seq = CASE WHEN {SAME} THEN kept.seq END"""
LATER = "(excluded.epoch, excluded.seq) > (kept.epoch, kept.seq)"
PLACED = ", ".join(
    f"{name} = CASE WHEN {LATER} THEN excluded.{name} ELSE kept.{name} END"
    for name in ("value", "epoch", "seq", "at")
)
PLACE = f"""INSERT INTO exams_answernow AS kept {GIVEN}
    ON CONFLICT (attempt_id, item_no) DO UPDATE SET {PLACED}
    RETURNING item_no, value, epoch, seq"""
# What PostgreSQL does at once; SQLite takes one after the other, in a transaction.
AT_ONCE = f"""WITH held AS ({HELD} FOR NO KEY UPDATE),
    logged AS ({{log}}), placed AS ({{place}}) SELECT * FROM placed"""
VALUE, AT = (AnswerNow._meta.get_field(name) for name in ("value", "at"))


def put_in(
    attempt: Attempt, answers: Collection[Answer], *, at: datetime
) -> dict[int, object]:
    """Append what the log does not hold yet, and let of each question the latest answer
    stand; return what overrules those that do not, unless they were only sent twice.

    All are put in or none, and nobody moves the attempt meanwhile. Raises
    ``AttemptFinished`` if it is no longer in the state in which it was read, and
    ``NotAnAnswer`` if the log holds, or is given, another answer under the same epoch
    and number.
    """
    given: dict[tuple[int, int], Answer] = {}
    latest: dict[int, Answer] = {}
    for answer in sorted(answers, key=lambda answer: answer.rank):
        if given.setdefault(answer.rank, answer) != answer:
            raise NotAnAnswer(number=answer.item_no)
        latest[answer.item_no] = answer
    if not given:
        return {}
    try:
        standing = say(words_of(attempt, given.values(), latest.values(), at))
    except IntegrityError:
        if other := differing(attempt, given):
            raise NotAnAnswer(number=other.item_no) from None
        raise
    if not standing:
        raise AttemptFinished
    return {
        answer.item_no: answer.value
        for answer in standing
        if answer.rank != latest[answer.item_no].rank
    }


@contextmanager
def undone_together() -> Iterator[None]:
    """What is said within is kept together or not at all. One statement is so by
    itself, but it must not spoil a transaction that is under way."""
    at_once = connection.vendor == "postgresql" and not connection.in_atomic_block
    with nullcontext() if at_once else transaction.atomic():
        yield


def words_of(
    attempt: Attempt,
    given: Collection[Answer],
    latest: Collection[Answer],
    at: datetime,
) -> list[tuple[str, list[object]]]:
    """The statements with their values, of which the last tells what stands."""
    held = [attempt.pk, attempt.state]
    rows, logged = rows_of(given, at)
    log = LOG.format(rows=rows)
    rows, placed = rows_of(latest, at)
    place = PLACE.format(rows=rows)
    if connection.vendor == "postgresql":
        return [(AT_ONCE.format(log=log, place=place), [*held, *logged, *placed])]
    words = (log, [*held, *logged]), (place, [*held, *placed])
    return [(f"WITH held AS ({HELD}) {one}", values) for one, values in words]


def rows_of(answers: Collection[Answer], at: datetime) -> tuple[str, Iterator[object]]:
    row = f"(%s, CAST(%s AS {VALUE.db_type(connection)}), %s, %s, %s)"
    at = AT.get_db_prep_save(at, connection)
    values = (
        (
            answer.item_no,
            VALUE.get_db_prep_save(answer.value, connection),
            *answer.rank,
            at,
        )
        for answer in answers
    )
    return ", ".join([row] * len(answers)), chain.from_iterable(values)


def say(words: list[tuple[str, list[object]]]) -> list[Answer]:
    with undone_together(), preparing_cursor() as cursor:
        for statement, values in words:
            cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [
        Answer(no, VALUE.from_db_value(value, None, connection), epoch, seq)
        for no, value, epoch, seq in rows
    ]


def differing(attempt: Attempt, given: dict[tuple[int, int], Answer]) -> Answer | None:
    """What was given under a number that the log has for another answer."""
    epochs, seqs = ({rank[place] for rank in given} for place in (0, 1))
    for event in attempt.events.filter(epoch__in=epochs, seq__in=seqs):
        answer = given.get((event.epoch, event.seq))
        kept = event.item_no, event.value
        if answer and kept != (answer.item_no, as_kept(answer.value)):
            return answer
    return None


def as_kept(value: object) -> object:
    return json.loads(json.dumps(value))
