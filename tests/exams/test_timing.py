from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.models import LogEntry
from exams.domain.accommodating import end_extra_time, grant_extra_time
from exams.domain.starting import start_attempt
from exams.domain.timing import close_sitting, deadline_for, extend_sitting
from exams.errors import (
    BadMinutes,
    BadPercent,
    Closed,
    CoolingDown,
    NoReason,
    NotBegun,
    NothingToMove,
)
from exams.models import Accommodation, Attempt, DeadlineChange, Intervention
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def region_sitting(napo):
    return SittingFactory(division=napo.region)


def grant(person, by, percent=20, reason="视力障碍", at=NOON):
    return grant_extra_time(person, percent=percent, reason=reason, by=by, at=at)


def extend(sitting, division, by, minutes=15, at=NOON + 10 * MINUTE, **more):
    facts = {"reason": "停电", "by": by, "at": at} | more
    return extend_sitting(sitting, division=division, minutes=minutes, **facts)


def close(sitting, by, notice=5, at=NOON + 10 * MINUTE, **more):
    facts = {"reason": "山洪预警", "by": by, "at": at} | more
    return close_sitting(sitting, notice=notice, **facts)


def deadline(attempt):
    return Attempt.objects.get(pk=attempt.pk).deadline_at


def test_extra_time_is_frozen_into_the_deadline(napo, informant, county_officer):
    granted = grant(informant, county_officer)
    attempt = AttemptFactory(candidate=informant)
    end_extra_time(granted, by=county_officer, at=NOON + MINUTE)

    assert attempt.extra_percent == 20
    assert deadline(attempt) == NOON + 54 * MINUTE
    assert not Accommodation.objects.standing().exists()


def test_extra_time_reaches_beyond_the_window(napo, informant, county_officer):
    grant(informant, county_officer)
    sitting = SittingFactory(closes_at=NOON + HOUR)

    late = AttemptFactory(
        sitting=sitting, candidate=informant, started_at=NOON + HOUR - 30 * MINUTE
    )
    other = AttemptFactory(sitting=sitting, started_at=NOON + HOUR - 30 * MINUTE)

    assert deadline(other) == NOON + HOUR
    assert deadline(late) == NOON + HOUR + 9 * MINUTE


def test_one_extra_time_stands_and_the_former_stays_on_record(
    napo, informant, county_officer
):
    first = grant(informant, county_officer)
    again = grant(informant, county_officer)
    second = grant(informant, county_officer, percent=50, at=NOON + HOUR)

    first.refresh_from_db()
    assert again == first
    assert (first.ended_at, first.ended_by) == (NOON + HOUR, county_officer)
    assert Accommodation.objects.standing().get() == second
    actions = LogEntry.objects.values_list("action", flat=True).order_by("pk")
    assert [a for a in actions if a.startswith("extra-time")] == [
        "extra-time.granted", "extra-time.ended", "extra-time.granted",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("percent", "reason", "refusal"),
    [(0, "病", BadPercent), (201, "病", BadPercent), (20, " ", NoReason)],
)
def test_extra_time_needs_a_sound_figure_and_a_reason(
    napo, informant, county_officer, percent, reason, refusal
):
    with pytest.raises(refusal):
        grant(informant, county_officer, percent=percent, reason=reason)

    assert not Accommodation.objects.exists()


def test_an_extension_reaches_the_division_and_nobody_else(
    region_sitting, napo, county_officer
):
    here = AttemptFactory(sitting=region_sitting)
    there = AttemptFactory(
        sitting=region_sitting, candidate=make_candidate(at=napo.other_county)
    )
    done = AttemptFactory(
        sitting=region_sitting, candidate=make_candidate(), right=True
    )
    before = done.deadline_at

    extension = extend(region_sitting, napo.county, county_officer)

    assert deadline(here) == NOON + 60 * MINUTE
    assert deadline(there) == NOON + 45 * MINUTE
    assert deadline(done) == before
    change = DeadlineChange.objects.get()
    assert (change.attempt, change.before, change.after) == (
        here, NOON + 45 * MINUTE, NOON + 60 * MINUTE,
    )  # fmt: skip
    assert (change.by, change.reason, extension.touched) == (county_officer, "停电", 1)
    entry = LogEntry.objects.get(action="sitting.extended")
    assert (entry.by, entry.detail["touched"]) == (county_officer, 1)


def test_a_form_sent_twice_extends_once(region_sitting, napo, county_officer):
    attempt, key = AttemptFactory(sitting=region_sitting), uuid4()

    first = extend(region_sitting, napo.county, county_officer, key=key)
    again = extend(region_sitting, napo.county, county_officer, key=key)
    extend(region_sitting, napo.county, county_officer, key=uuid4())

    assert first == again
    assert deadline(attempt) == NOON + 75 * MINUTE


def test_an_attempt_in_its_network_grace_is_extended_and_one_past_it_is_over(
    region_sitting, napo, county_officer
):
    attempt = AttemptFactory(sitting=region_sitting)
    ends = attempt.deadline_at

    extend(
        region_sitting, napo.county, county_officer, at=ends + 30 * timedelta(seconds=1)
    )
    assert deadline(attempt) == ends + 15 * MINUTE

    extend(region_sitting, napo.county, county_officer, at=ends + 17 * MINUTE)
    assert deadline(attempt) == ends + 15 * MINUTE


def test_who_starts_after_an_extension_has_the_window_put_off(
    region_sitting, napo, county_officer
):
    extend(region_sitting, napo.county, county_officer)
    late = region_sitting.closes_at - 10 * MINUTE

    here = AttemptFactory(sitting=region_sitting, started_at=late)
    there = AttemptFactory(
        sitting=region_sitting,
        candidate=make_candidate(at=napo.other_county),
        started_at=late,
    )

    assert deadline(here) == region_sitting.closes_at + 15 * MINUTE
    assert deadline(there) == region_sitting.closes_at


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_an_extension_is_of_sound_length(region_sitting, napo, county_officer, minutes):
    with pytest.raises(BadMinutes):
        extend(region_sitting, napo.county, county_officer, minutes=minutes)

    assert not Intervention.objects.exists()


def test_nothing_is_done_without_a_reason(region_sitting, napo, county_officer):
    AttemptFactory(sitting=region_sitting)

    with pytest.raises(NoReason):
        extend(region_sitting, napo.county, county_officer, reason="  ")
    with pytest.raises(NoReason):
        close(region_sitting, county_officer, reason="")

    assert not DeadlineChange.objects.exists()


def test_closing_early_ends_all_and_lets_nobody_in(region_sitting, region_officer):
    long = AttemptFactory(sitting=region_sitting)
    short = AttemptFactory(sitting=region_sitting)
    Attempt.objects.filter(pk=short.pk).update(deadline_at=NOON + 12 * MINUTE)

    closing = close(region_sitting, region_officer)

    region_sitting.refresh_from_db()
    assert region_sitting.closes_at == NOON + 15 * MINUTE
    assert deadline(long) == NOON + 15 * MINUTE
    assert deadline(short) == NOON + 12 * MINUTE
    assert closing.touched == 1
    assert DeadlineChange.objects.get().by == region_officer
    with pytest.raises(Closed):
        start_attempt(region_sitting, by=make_candidate(), at=NOON + 15 * MINUTE)
    at_the_last = AttemptFactory(sitting=region_sitting, started_at=NOON + 14 * MINUTE)
    assert deadline(at_the_last) == NOON + 15 * MINUTE


def test_extra_time_does_not_outlast_an_early_end(
    region_sitting, informant, region_officer
):
    grant(informant, region_officer)
    close(region_sitting, region_officer)
    region_sitting.refresh_from_db()

    attempt = AttemptFactory(
        sitting=region_sitting, candidate=informant, started_at=NOON + 11 * MINUTE
    )

    assert deadline(attempt) == NOON + 15 * MINUTE


def test_a_sitting_is_not_closed_before_it_opens_or_after_it_closed(
    region_sitting, region_officer
):
    with pytest.raises(NotBegun):
        close(region_sitting, region_officer, at=NOON - MINUTE)
    with pytest.raises(NothingToMove):
        close(region_sitting, region_officer, at=region_sitting.closes_at)
    with pytest.raises(NothingToMove):
        extend(
            region_sitting,
            region_sitting.division,
            region_officer,
            at=region_sitting.closes_at,
        )


def test_the_database_keeps_no_earlier_deadline_without_a_name(
    region_sitting, napo, county_officer
):
    attempt = AttemptFactory(sitting=region_sitting)
    extension = extend(region_sitting, napo.county, county_officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineChange.objects.create(
            attempt=attempt,
            intervention=extension,
            before=NOON + HOUR,
            after=NOON,
            by=None,
            at=NOON,
            reason="无名",
        )


@pytest.mark.parametrize("model", [DeadlineChange, Intervention])
def test_what_was_done_is_never_rewritten(region_sitting, napo, county_officer, model):
    AttemptFactory(sitting=region_sitting)
    extend(region_sitting, napo.county, county_officer)
    row = model.objects.get()

    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


@pytest.mark.parametrize("count", [1, 3])
def test_an_extension_costs_the_same_for_many(
    region_sitting, napo, county_officer, count
):
    for _ in range(count):
        AttemptFactory(sitting=region_sitting, candidate=make_candidate())
    ContentType.objects.get_for_model(Intervention)
    # The page has read the officer's grants when it comes to the act.
    assert county_officer.roles == {Role.COUNTY_OFFICE}

    with CaptureQueriesContext(connection) as spent:
        extend(region_sitting, napo.county, county_officer)

    verbs = [query["sql"].split()[0] for query in spent]
    # lock, sent before?, one's own?, attempts, the act, all extensions, the last start,
    # its changes, deadlines, the log
    assert [v for v in verbs if v not in {"SAVEPOINT", "RELEASE"}] == [
        "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "SELECT", "UPDATE",
        "INSERT", "UPDATE", "INSERT",
    ]  # fmt: skip


def test_the_next_attempt_waits_for_the_hours_between(napo, informant):
    sitting = SittingFactory(
        attempts_allowed=2, cooldown_hours=2, closes_at=NOON + 5 * HOUR
    )
    AttemptFactory(sitting=sitting, candidate=informant, right=False)
    again = NOON + 10 * MINUTE + 2 * HOUR

    with pytest.raises(CoolingDown) as refusal:
        start_attempt(sitting, by=informant, at=again - MINUTE)
    assert "14:10" in str(refusal.value)

    assert start_attempt(sitting, by=informant, at=again).number == 2


def test_a_deadline_is_a_function_of_what_is_frozen(napo):
    sitting = SittingFactory()

    ends = deadline_for(
        sitting, extra_percent=50, division_code="451026100201", started_at=NOON
    )

    assert ends == NOON + timedelta(minutes=67, seconds=30)
