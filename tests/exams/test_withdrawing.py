from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import LogEntry
from exams.domain.attending import agenda_of
from exams.domain.scheduling import withdraw_sitting
from exams.domain.starting import start_attempt
from exams.errors import NoReason
from exams.models import Attempt, Sitting
from exams.sitting_errors import AlreadyAnnounced, SittingStarted, Withdrawn
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_release,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(napo):
    return {
        "title": "春季考试",
        "division": napo.county,
        "blueprint": make_blueprint(),
        "release": make_release(),
    }


def withdraw(sitting, by, reason="日期写错"):
    return withdraw_sitting(sitting, reason=reason, by=by, at=NOON - HOUR)


@pytest.mark.parametrize(
    "other",
    [
        {"pass_percent": 80},
        {"minutes": 90},
        {"attempts_allowed": 2},
        {"admits": "listed"},
    ],
)
def test_a_corrected_announcement_is_not_swallowed(facts, other):
    SittingFactory(**facts)

    with pytest.raises(AlreadyAnnounced) as caught:
        SittingFactory(**facts, **other)

    assert caught.value.code == "already-announced"
    assert Sitting.objects.count() == 1


def test_a_withdrawn_sitting_is_announced_anew(facts, county_officer):
    wrong = SittingFactory(**facts)
    withdraw(wrong, county_officer)
    withdraw(wrong, county_officer, reason="再来一次")

    right = SittingFactory(**facts, pass_percent=80)

    wrong.refresh_from_db()
    assert right.pk != wrong.pk
    assert (wrong.withdrawn_because, wrong.withdrawn_by) == ("日期写错", county_officer)
    assert LogEntry.objects.filter(action="sitting.withdrawn").count() == 1


def test_nobody_starts_a_withdrawn_sitting_and_its_people_read_why(
    client, napo, informant, county_officer
):
    now = timezone.now()
    sitting = SittingFactory(division=napo.county, opens_at=now + HOUR)
    withdraw_sitting(sitting, reason="日期写错", by=county_officer, at=now)
    client.force_login(informant)

    page = client.get(reverse("exams:rules", args=[sitting.pk])).content.decode()

    assert "本场考试已撤回：日期写错" in page
    assert "data-waiting" not in page
    with pytest.raises(Withdrawn) as caught:
        start_attempt(sitting, by=informant, at=now + HOUR)
    assert caught.value.code == "sitting-withdrawn"
    assert agenda_of(informant, at=now).coming == []
    assert not Attempt.objects.exists()


def test_a_sitting_is_withdrawn_before_the_first_start_with_a_reason(
    facts, informant, county_officer
):
    sitting = SittingFactory(**facts)

    with pytest.raises(NoReason):
        withdraw(sitting, county_officer, reason=" ")
    AttemptFactory(sitting=sitting, candidate=informant)
    with pytest.raises(SittingStarted) as caught:
        withdraw(sitting, county_officer)

    assert caught.value.code == "sitting-started"
    assert Sitting.objects.get().withdrawn_at is None


def test_the_office_withdraws_on_the_page_and_a_stranger_does_not(
    client, napo, county_officer, region_officer
):
    opens_at = timezone.now() + timedelta(days=1)
    sitting = SittingFactory(division=napo.region, opens_at=opens_at)
    address = reverse("exams:withdraw", args=[sitting.pk])
    client.force_login(county_officer)
    assert client.post(address, {"reason": "误"}).status_code == 403
    client.force_login(region_officer)
    board = sitting.get_absolute_url()
    assert address in client.get(board).content.decode()

    client.post(address, {"reason": "日期写错"})

    page = client.get(board).content.decode()
    assert "撤回：日期写错" in page
    assert address not in page
    assert "已撤回" in client.get(reverse("exams:sittings")).content.decode()
