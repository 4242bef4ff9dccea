"""The short answers of an attempt, laid out for people to mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db.models import QuerySet

from exams.enums import State
from exams.models import Attempt, Question, Script

from .keying import credited_among
from .kinds import asking_for


def by_hand(questions: Iterable[Question]) -> list[Question]:
    return [each for each in questions if asking_for(each.kind).is_by_hand]


def lay_out_scripts(attempt: Attempt) -> int:
    """Put every short answer given before the markers; return how many there are. One
    that was not given earns nothing and waits for nobody; nor does one to a question
    of which everybody has the points."""
    return lay_out(attempt, known={})


def lay_out_late(attempt: Attempt) -> int:
    """Put the short answers before the markers that came late, were accepted and
    differ from what lies there; return how many there are."""
    known = {each.item_no: each for each in attempt.scripts.order_by("turn")}
    return lay_out(attempt, known)


def lay_out(attempt: Attempt, known: Mapping[int, Script]) -> int:
    questions = {question.no: question for question in by_hand(attempt.questions)}
    for version in credited_among(each.version for each in questions.values()):
        questions = {n: q for n, q in questions.items() if q.version != version}
    if not questions:
        return 0
    given = attempt.answers.filter(item_no__in=questions, value__isnull=False)
    scripts = [
        Script(
            attempt=attempt,
            item_no=answer.item_no,
            turn=known[answer.item_no].turn + 1 if answer.item_no in known else 1,
            version_id=questions[answer.item_no].version,
            text=answer.value,
            out_of=questions[answer.item_no].points,
        )
        for answer in given
        if answer.value
        if answer.item_no not in known or known[answer.item_no].text != answer.value
    ]
    Script.objects.bulk_create(scripts)
    return len(scripts)


def late_unsettled(attempt: Attempt) -> int:
    """How many short answers that came late and were accepted people still mark: what
    came in time is settled before an attempt is marked."""
    if attempt.state != State.MARKED or not by_hand(attempt.questions):
        return 0
    return attempt.scripts.unsettled().count()


def points_by_hand(attempts: Iterable[Attempt]) -> dict[int, dict[int, Decimal]]:
    """Return what people gave, by attempt and question; asks nothing where no paper
    has a short answer. Of an answer and one that came late the better counts."""
    asked = [each.pk for each in attempts if by_hand(each.questions)]
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    if asked:
        for script in settled(asked):
            given = found[script.attempt_id]
            given[script.item_no] = script.points
    return found


def settled(attempts: Collection[int]) -> QuerySet[Script]:
    """Those with points, each question's best last."""
    scripts = Script.objects.filter(attempt__in=attempts).exclude(points=None)
    return scripts.order_by("points", "pk")


def marks_given(numbers: Mapping[int, int]) -> dict[int, Decimal]:
    """Return what people gave for one question of each attempt: by attempt, whose
    question's number is given."""
    return {
        script.attempt_id: script.points
        for script in settled(numbers)
        if script.item_no == numbers[script.attempt_id]
    }
