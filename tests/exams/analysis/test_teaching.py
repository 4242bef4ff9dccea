"""What too few people of a county know, and lessons they are asked to read again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from courses.domain.rereading import rereadings_of
from courses.models import Rereading
from exams.domain.analysis.counting import count_finished
from exams.domain.analysis.teaching import gaps_for, have_lessons_reread
from exams.errors import NothingToTeach
from tests.factories.accounts import UserFactory
from tests.factories.courses import LessonFactory
from tests.factories.exams import AttemptFactory, SittingFactory, make_candidate
from trainingsite.home import home_for

pytestmark = pytest.mark.django_db
CITED = "解读 四(一)2"
CLAUSES = "/exams/analysis/sections/"
REREAD = f"{CLAUSES}reread/"


@pytest.fixture
def lesson():
    LessonFactory(title="无关的课", cites="解读 五")
    return LessonFactory(title="脱贫标准", cites=CITED)


@pytest.fixture
def sitting(napo, lesson):
    """Over: seven people of Napo had every question wrong."""
    yesterday = timezone.now() - timedelta(days=1)
    sitting = SittingFactory(division=napo.region, opens_at=yesterday)
    for _person in range(7):
        AttemptFactory(
            sitting=sitting,
            candidate=make_candidate(at=napo.village),
            started_at=yesterday + timedelta(minutes=1),
            right=False,
        )
    count_finished(sitting, at=timezone.now())
    return sitting


def test_a_trainer_finds_on_the_home_page_what_to_teach_again(
    client, sitting, lesson, trainer, napo
):
    gap = home_for(trainer, at=timezone.now()).gaps[0]

    assert (gap.county, gap.citation, gap.lessons) == (napo.county, CITED, [lesson])
    assert (gap.known.count, gap.known.right) == (35, 0)
    client.force_login(trainer)
    page = client.get("/").content.decode()
    assert "脱贫标准" in page
    assert "无关的课" not in page


def test_an_office_has_the_lessons_read_again_in_one_act(
    client, sitting, lesson, napo, county_officer
):
    client.force_login(county_officer)
    assert "脱贫标准" in client.get(CLAUSES).content.decode()

    for _twice in range(2):
        client.post(REREAD, {"county": napo.county.code})

    asked = Rereading.objects.get()
    assert (asked.lesson, asked.division, asked.sections) == (
        lesson,
        napo.county,
        CITED,
    )
    assert asked.asked_by == county_officer


def test_learners_there_read_why_on_their_home_page(
    client, sitting, lesson, napo, informant, county_officer
):
    have_lessons_reread(napo.county, by=county_officer, at=timezone.now())
    client.force_login(informant)

    page = client.get("/").content.decode()

    assert "请重读" in page
    assert CITED in page
    elsewhere = UserFactory(role=Role.INFORMANT, at=napo.other_county)
    assert list(rereadings_of(elsewhere)) == []


def test_what_is_known_well_asks_for_nothing(napo, county_officer, lesson):
    assert gaps_for(county_officer, at=timezone.now()) == []

    with pytest.raises(NothingToTeach) as caught:
        have_lessons_reread(napo.county, by=county_officer, at=timezone.now())

    assert caught.value.code == "nothing-to-teach"
    assert not Rereading.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("informant", 404), ("township_officer", 404), ("elsewhere", 403)],
)
def test_others_ask_nobody(request, client, sitting, napo, who, status):
    person = (
        UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)
        if who == "elsewhere"
        else request.getfixturevalue(who)
    )
    client.force_login(person)

    response = client.post(REREAD, {"county": napo.county.code})

    assert response.status_code == status
    assert not Rereading.objects.exists()


def test_an_office_asks_no_longer_and_no_other_office_ends_it(
    client, sitting, napo, county_officer
):
    asked = have_lessons_reread(napo.county, by=county_officer, at=timezone.now())
    address = f"{REREAD}{asked[0].pk}/end/"

    client.force_login(UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county))
    assert client.post(address).status_code == 404
    client.force_login(county_officer)
    client.post(address)

    assert Rereading.objects.get().ended_by == county_officer


def test_a_county_that_does_not_exist_is_not_found(client, sitting, county_officer):
    client.force_login(county_officer)

    assert client.post(REREAD, {"county": "nowhere"}).status_code == 404
    assert client.post(REREAD).status_code == 404
