from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import LogEntry
from exams.domain.analysis.counting import BUSY, count_finished, put_in
from exams.domain.analysis.keeping import item_sums, paper_sums
from exams.domain.analysis.recounting import Recount, recount_all, recount_sitting
from exams.domain.analysis.sheets import seconds_spent, sheets_of, stepped
from exams.domain.analysis.sums import sums_of
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import submit_attempt
from exams.models import CohortItem, CohortPaper, CountedAttempt, Tally
from exams.signals import attempt_finished
from exams.tasks import count_attempts, recount_statistics
from tests.factories.divisions import DivisionFactory
from tests.factories.exams import (
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
    right_value,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=5)
PLACES = ("451026100201", "451026100202", "451027100201", "450221100201")


@pytest.fixture
def sitting():
    return SittingFactory(division=DivisionFactory(code="45"))


def sit(sitting, *, place=PLACES[0], right=True):
    candidate = make_candidate(at=DivisionFactory(code=place))
    return AttemptFactory(sitting=sitting, candidate=candidate, right=right)


def kept():
    """All that is kept, as values."""
    items = CohortItem.objects.order_by("version_id", "cohort", "month")
    papers = CohortPaper.objects.order_by("cohort", "month")
    return (
        [(r.version_id, r.cohort, r.month, item_sums(r)) for r in items],
        [(r.cohort, r.month, paper_sums(r)) for r in papers],
    )


def summed(sitting):
    """All that should be kept."""
    keys = list(sitting.attempts.order_by("pk").values_list("pk", flat=True))
    rolled = list(sums_of(sheets_of(keys)).rolled_up())
    items = [
        (version, cohort, month, sums)
        for (month, cohort), each in rolled
        for version, sums in each.items.items()
    ]
    papers = [(cohort, month, each.paper) for (month, cohort), each in rolled]
    return sorted(items, key=lambda r: r[:3]), sorted(papers, key=lambda r: r[:2])


def test_attempts_are_counted_by_county_city_and_region(sitting):
    for place in PLACES:
        sit(sitting, place=place)

    assert count_finished(sitting, at=LATER) == 4

    papers = {row.cohort: paper_sums(row).count for row in CohortPaper.objects.all()}
    assert papers == {
        "45": 4,
        "4510": 3,
        "4502": 1,
        "451026": 2,
        "451027": 1,
        "450221": 1,
    }
    assert kept() == summed(sitting)


def test_an_attempt_counts_once(sitting):
    sit(sitting)
    count_finished(sitting, at=LATER)
    once = kept()

    assert count_finished(sitting, at=LATER) == 0
    assert kept() == once
    assert CountedAttempt.objects.count() == 1


def test_of_two_workers_with_the_same_attempts_one_counts(sitting):
    attempt = sit(sitting)
    sums = sums_of(sheets_of([attempt.pk]))

    assert put_in(sitting, [attempt.pk], sums, at=LATER)
    assert not put_in(sitting, [attempt.pk], sums, at=LATER)
    assert kept() == summed(sitting)


def test_counted_one_by_one_or_all_at_once_the_sums_are_the_same(sitting):
    for place, right in zip(PLACES, (True, False, True, False), strict=True):
        sit(sitting, place=place, right=right)
        count_finished(sitting, at=LATER)
    one_by_one = kept()

    assert one_by_one == summed(sitting)
    assert recount_sitting(sitting, at=LATER) == Recount(attempts=4, differences=0)
    assert kept() == one_by_one


def test_running_attempts_are_not_counted(sitting):
    AttemptFactory(sitting=sitting)

    assert count_finished(sitting, at=LATER) == 0
    assert not CohortItem.objects.exists()


def test_a_finished_attempt_enters_the_statistics_by_itself(
    sitting, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        attempt = sit(sitting)
    attempt_finished.send(type(attempt), attempt=attempt)

    assert list(CountedAttempt.objects.values_list("attempt", flat=True)) == [
        attempt.pk
    ]
    assert kept() == summed(sitting)
    assert count_attempts(sitting.pk) == 0


def test_counting_waits_while_many_are_answering(sitting):
    sit(sitting)
    last, *_ = [AttemptFactory(sitting=sitting) for _ in range(BUSY)]

    assert count_attempts(sitting.pk) == 0
    submit_attempt(last, by=last.candidate, at=NOON + timedelta(minutes=1))
    assert count_attempts(sitting.pk) == 2


def test_a_recount_from_nothing_counts_everything(sitting):
    for place in PLACES:
        sit(sitting, place=place)

    assert recount_sitting(sitting, at=LATER) == Recount(attempts=4, differences=0)
    assert kept() == summed(sitting)
    assert count_finished(sitting, at=LATER) == 0


def test_a_recount_puts_right_what_is_wrong(sitting):
    for right in (True, False):
        sit(sitting, right=right)
    count_finished(sitting, at=LATER)
    row, other, third = CohortItem.objects.order_by("pk")[:3]
    row.joint = {key: count + 1 for key, count in row.joint.items()}
    row.save()
    other.delete()
    third.pk, third.cohort = None, "4599"
    third.save()
    CohortPaper.objects.filter(cohort="4510").update(passed=7)

    recount = recount_sitting(sitting, at=LATER)

    assert recount == Recount(attempts=2, differences=4)
    assert kept() == summed(sitting)
    assert Tally.objects.get().differences == 4
    assert LogEntry.objects.filter(action="statistics.corrected").count() == 1
    assert recount_sitting(sitting, at=LATER).differences == 0


def test_only_sittings_that_moved_are_recounted(sitting):
    sit(sitting)
    SittingFactory(division=sitting.division)  # nobody has sat it

    assert recount_all(at=LATER) == {str(sitting.pk): 0}
    assert recount_all(at=LATER) == {}
    sit(sitting, right=False)
    assert recount_statistics() == {str(sitting.pk): 0}


def test_the_command_says_what_it_found(sitting):
    sit(sitting)
    count_finished(sitting, at=LATER)
    CohortPaper.objects.filter(cohort="45").update(passed=0)
    told = StringIO()

    call_command("recount_statistics", sitting.pk, stdout=told)

    assert told.getvalue() == f"{sitting}: 1 attempts, 1 rows differed\n"
    with pytest.raises(CommandError, match="no sitting 999"):
        call_command("recount_statistics", 999)


def test_a_sheet_holds_the_marks_and_the_options_in_the_versions_order(sitting):
    attempt = sit(sitting, right=True)

    (sheet,) = sheets_of([attempt.pk])

    assert (sheet.score, sheet.out_of) == (int(attempt.score * 100), 1700)
    assert sheet.passed
    by_kind = {q.kind: g for q, g in zip(attempt.questions, sheet.answers, strict=True)}
    assert set(by_kind["multiple"].chosen) == {0, 2}
    assert by_kind["single"].chosen == (1,)
    assert by_kind["numeric"].chosen is None
    assert all(given.earned == given.points for given in sheet.answers)


def test_the_time_of_a_question_comes_from_the_log_of_answers(sitting):
    attempt = AttemptFactory(sitting=sitting)
    epoch = open_room(attempt, at=NOON).epoch
    first, second, third, *_ = attempt.questions

    def answer(at, *questions):
        answers = [
            Answer(q.no, right_value(q), epoch, seq=int(at.timestamp()) % 1000 + n)
            for n, q in enumerate(questions)
        ]
        save_answers(attempt.uuid, answers, by=attempt.candidate, at=at)

    answer(NOON + timedelta(seconds=20), first)
    answer(NOON + timedelta(seconds=50), second)
    answer(NOON + timedelta(seconds=57), first)
    answer(NOON + timedelta(seconds=90), second, third)
    submit_attempt(attempt, by=attempt.candidate, at=NOON + timedelta(minutes=3))

    (sheet,) = sheets_of([attempt.pk])

    # 20 and 7 seconds; the other two once came together and nobody knows.
    assert [given.seconds for given in sheet.answers][:3] == [27, None, None]


def test_times_without_deliveries_are_unknown():
    assert seconds_spent(NOON, []) == {}


@pytest.mark.parametrize(
    ("seconds", "step"),
    [(0, 0), (9.9, 9), (59, 59), (64, 60), (299, 295), (329, 300), (9999, 3600)],
)
def test_long_times_are_counted_in_wider_steps(seconds, step):
    assert stepped(seconds) == step
