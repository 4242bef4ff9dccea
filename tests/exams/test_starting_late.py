"""An extension reaches those whom the outage kept from starting."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.domain.admitting import admit_people, not_started
from exams.domain.attending import agenda_of
from exams.domain.publishing import is_over
from exams.domain.showing import may_see_keys
from exams.domain.starting import start_attempt
from exams.domain.timing import close_sitting, extend_sitting
from exams.errors import Closed
from exams.models import Attempt
from tests.factories.divisions import DivisionFactory
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
END = NOON + HOUR


@pytest.fixture
def sitting(napo):
    return SittingFactory(division=napo.region, closes_at=END)


def extend(sitting, division, by, minutes=60):
    facts = {"by": by, "at": NOON + 30 * MINUTE, "reason": "停电"}
    return extend_sitting(sitting, division=division, minutes=minutes, **facts)


def test_who_could_not_start_starts_later_and_only_there(
    napo, sitting, informant, county_officer
):
    stranger = make_candidate(at=DivisionFactory(code="451027100200"))
    extend(sitting, napo.county, county_officer)

    attempt = start_attempt(sitting, by=informant, at=END + MINUTE)

    assert attempt.deadline_at == END + 46 * MINUTE
    with pytest.raises(Closed):
        start_attempt(sitting, by=stranger, at=END + MINUTE)
    with pytest.raises(Closed) as caught:
        start_attempt(sitting, by=make_candidate(), at=END + HOUR)
    assert "14:00" in caught.value.values["closes"]


def test_who_starts_at_the_end_of_the_extension_has_what_is_left(
    napo, sitting, informant, county_officer
):
    extend(sitting, napo.county, county_officer)

    attempt = start_attempt(sitting, by=informant, at=END + 50 * MINUTE)

    assert attempt.deadline_at == END + HOUR


def test_extensions_of_a_place_and_around_it_add_up(
    napo, sitting, informant, county_officer, region_officer
):
    extend(sitting, napo.county, county_officer, minutes=20)
    extend(sitting, napo.region, region_officer, minutes=30)
    sitting.refresh_from_db()

    assert sitting.last_start_at == END + 50 * MINUTE
    assert start_attempt(sitting, by=informant, at=END + 49 * MINUTE).is_open


def test_nobody_starts_after_an_early_closing(
    napo, sitting, informant, county_officer, region_officer
):
    extend(sitting, napo.county, county_officer)
    facts = {"at": NOON + 40 * MINUTE, "by": region_officer, "reason": "山洪"}
    close_sitting(sitting, notice=5, **facts)

    with pytest.raises(Closed):
        start_attempt(sitting, by=informant, at=NOON + 45 * MINUTE)
    assert not Attempt.objects.exists()


def test_the_sitting_is_not_over_while_somebody_can_start(
    napo, sitting, informant, county_officer
):
    made = AttemptFactory(sitting=sitting, candidate=informant, right=False)
    extend(sitting, napo.county, county_officer)
    sitting.refresh_from_db()
    attempt = Attempt.objects.select_related("sitting").get(pk=made.pk)

    late = END + 59 * MINUTE
    assert not is_over(sitting, at=late)
    assert not may_see_keys(attempt, at=late)
    assert [place.sitting for place in agenda_of(informant, at=late).open] == [sitting]
    assert is_over(sitting, at=END + HOUR)
    assert may_see_keys(attempt, at=END + HOUR)


def test_the_preview_counts_who_has_not_started(client, napo, county_officer):
    now = timezone.now()
    sitting = SittingFactory(division=napo.region, opens_at=now - HOUR)
    AttemptFactory(sitting=sitting, started_at=now - MINUTE)
    make_candidate()
    make_candidate(at=DivisionFactory(code="451027100200"))
    client.force_login(county_officer)
    key = {"key": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}
    facts = {"division": napo.county.code, "minutes": 60, "reason": "停电"}

    page = client.post(reverse("exams:extend", args=[sitting.pk]), facts | key)

    assert "该区划还有1人可以参加而尚未开考" in page.content.decode()


def test_of_a_list_those_are_counted_who_are_on_it(napo, region_officer):
    sitting = SittingFactory(division=napo.region, admits="listed")
    one, other = make_candidate(), make_candidate()
    make_candidate()
    admit_people(sitting, [one, other], by=region_officer, at=NOON)
    AttemptFactory(sitting=sitting, candidate=one)

    assert not_started(sitting, division=napo.county, on=NOON) == 1
    assert not_started(sitting, division=napo.other_county, on=NOON) == 0
