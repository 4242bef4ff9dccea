from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Grant, User
from divisions.scoping import at as placed_at
from exams.domain.accommodating import grant_extra_time
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import submit_attempt
from exams.domain.keying import revise_key
from exams.domain.regrading import confirm_regrade, propose_regrade, weigh
from exams.domain.starting import start_attempt
from exams.domain.timing import close_sitting, extend_sitting
from exams.enums import Admits
from exams.models import (
    Accommodation,
    Admission,
    Attempt,
    Cell,
    Intervention,
    Regrade,
    Sitting,
)
from exams.sitting_errors import (
    ClosedAbove,
    OwnSitting,
    OwnSittingAhead,
    OwnTime,
    TimeMoved,
)
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def at_home(officer, village):
    officer.home_division, officer.home_code = village, village.code
    officer.save()
    return officer


def test_nobody_moves_the_time_of_an_exam_they_sit(napo, county_officer):
    sitting = SittingFactory(division=napo.county)
    own = AttemptFactory(
        sitting=sitting, candidate=at_home(county_officer, napo.village)
    )
    facts = {"by": county_officer, "at": NOON + MINUTE, "reason": "停电"}

    with pytest.raises(OwnSitting) as caught:
        extend_sitting(sitting, division=napo.county, minutes=60, **facts)
    with pytest.raises(OwnSitting):
        close_sitting(sitting, notice=5, **facts)

    assert caught.value.code == "own-sitting"
    assert Attempt.objects.get().deadline_at == own.deadline_at
    assert not Intervention.objects.exists()


@pytest.mark.parametrize("listed", [True, False])
def test_nobody_moves_the_time_of_an_exam_they_are_to_sit(napo, county_officer, listed):
    sitting = SittingFactory(division=napo.county)
    if listed:
        Sitting.objects.update(admits=Admits.LISTED)
        Admission.objects.create(
            sitting=sitting,
            person=county_officer,
            code="ABC",
            added_at=NOON,
            added_by=county_officer,
        )
    else:
        serve(county_officer, napo.village)
    facts = {"by": county_officer, "at": NOON + MINUTE, "reason": "停电"}

    with pytest.raises(OwnSittingAhead) as caught:
        extend_sitting(sitting, division=napo.other_county, minutes=60, **facts)
    with pytest.raises(OwnSittingAhead):
        close_sitting(sitting, notice=5, **facts)

    assert caught.value.code == "own-sitting"
    assert not Intervention.objects.exists()


def serve(officer, village):
    Grant.objects.create(
        user=officer,
        role=Role.INFORMANT,
        since=NOON.date() - timedelta(days=1),
        **placed_at(village),
    )
    return User.objects.get(pk=officer.pk)


def test_whoever_moves_the_time_does_not_sit_it(napo, county_officer):
    sitting = SittingFactory(division=napo.county)
    facts = {"by": county_officer, "at": NOON + MINUTE, "reason": "停电"}
    extend_sitting(sitting, division=napo.county, minutes=60, **facts)
    candidate = serve(county_officer, napo.village)

    with pytest.raises(TimeMoved) as caught:
        start_attempt(sitting, by=candidate, at=NOON + 2 * MINUTE)

    assert caught.value.code == "time-moved"
    assert not Attempt.objects.exists()


def test_the_others_sit_an_exam_whose_time_was_moved(napo, county_officer, informant):
    sitting = SittingFactory(division=napo.county)
    facts = {"by": county_officer, "at": NOON + MINUTE, "reason": "停电"}
    extend_sitting(sitting, division=napo.county, minutes=60, **facts)

    assert start_attempt(sitting, by=informant, at=NOON + 2 * MINUTE).is_open


def test_an_officer_who_sits_is_told_so_on_the_page(client, napo, county_officer):
    now = timezone.now()
    sitting = SittingFactory(division=napo.county, opens_at=now - HOUR)
    start_attempt(sitting, by=at_home(county_officer, napo.village), at=now)
    client.force_login(county_officer)
    facts = {"division": napo.county.code, "minutes": 60, "reason": "停电"}
    key = {"key": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "confirm": "1"}

    page = client.post(reverse("exams:extend", args=[sitting.pk]), facts | key)

    assert "您本人参加了这场考试" in page.content.decode()
    assert not Intervention.objects.exists()


def test_nobody_gives_extra_time_to_themselves(client, napo, county_officer):
    at_home(county_officer, napo.village)
    facts = {"percent": 200, "reason": "病"}

    with pytest.raises(OwnTime) as caught:
        grant_extra_time(county_officer, by=county_officer, at=NOON, **facts)
    client.force_login(county_officer)
    page = client.post(
        reverse("exams:accommodations"), facts | {"phone": county_officer.phone}
    )

    assert caught.value.code == "own-time"
    assert "不能给自己延长考试时间" in page.content.decode()
    assert not Accommodation.objects.exists()


def test_nobody_confirms_a_regrade_of_their_own_paper(
    client, napo, trainer, region_officer
):
    version = make_version("single", code="Q-1")
    plan = make_blueprint("one", [Cell("policy", "single", 1, 4)])
    sitting = SittingFactory(
        blueprint=plan, release=make_release(), division=napo.region
    )
    officer = at_home(region_officer, napo.village)
    own = AttemptFactory(sitting=sitting, candidate=officer)
    epoch = open_room(own, at=NOON).epoch
    chosen = [own.questions[0].order.index(2)]
    save_answers(own.uuid, [Answer(1, chosen, epoch, 1)], by=officer, at=NOON)
    submit_attempt(own, by=officer, at=NOON)
    revision = revise_key(version, answer=[2], reason="误", by=trainer, at=NOON)
    regrade = propose_regrade(revision, sitting=None, by=trainer, at=NOON)
    client.force_login(officer)

    with pytest.raises(OwnSitting):
        confirm_regrade(regrade, seen=weigh(regrade).mark, by=officer, at=NOON)
    client.post(
        reverse("exams:regrade_confirm", args=[regrade.pk]),
        {"seen": weigh(regrade).mark},
    )

    assert Regrade.objects.get().confirmed_at is None
    assert Attempt.objects.get().passed is False


def test_after_an_early_closing_only_who_may_close_gives_time(
    napo, informant, county_officer, region_officer
):
    sitting = SittingFactory(division=napo.region)
    attempt = AttemptFactory(sitting=sitting, candidate=informant)
    close_sitting(sitting, notice=10, by=region_officer, at=NOON, reason="山洪")
    facts = {"division": napo.county, "minutes": 30, "reason": "停电"}

    with pytest.raises(ClosedAbove) as caught:
        extend_sitting(sitting, by=county_officer, at=NOON + MINUTE, **facts)

    assert caught.value.code == "closed-above"
    ends = NOON + 10 * MINUTE
    assert Attempt.objects.get(pk=attempt.pk).deadline_at == ends
    extend_sitting(sitting, by=region_officer, at=NOON + MINUTE, **facts)
    assert Attempt.objects.get(pk=attempt.pk).deadline_at == ends + 30 * MINUTE
