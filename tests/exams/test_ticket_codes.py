"""Wrong ticket codes: who must wait, until when, and what the overseers see."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.errors import Refused
from exams.domain.admitting import BY_ADDRESS, admit_people
from exams.domain.starting import start_attempt
from exams.errors import TooManyCodes
from exams.models import Attempt, Sitting, WrongTry
from tests.factories.accounts import UserFactory
from tests.factories.exams import HOUR, NOON, SittingFactory

pytestmark = pytest.mark.django_db
WRONG = "222222"


@pytest.fixture
def sitting(napo):
    return SittingFactory(division=napo.region, admits="listed", asks_code=True)


def admitted(sitting, person, by):
    return admit_people(sitting, [person], by=by, at=NOON)[0]


def try_codes(sitting, person, codes, *, at=NOON, address="10.0.0.1"):
    """What each try is told: the refusal's code, or none."""
    told = []
    for code in codes:
        try:
            start_attempt(sitting, by=person, at=at, code=code, address=address)
        except Refused as refusal:
            told.append(refusal.code)
        else:
            told.append(None)
    return told


def test_who_guesses_must_wait_and_then_starts_with_the_right_code(
    sitting, informant, region_officer
):
    code = admitted(sitting, informant, region_officer).code

    assert try_codes(sitting, informant, [WRONG] * 5) == ["wrong-code"] * 5
    with pytest.raises(TooManyCodes) as caught:
        start_attempt(sitting, by=informant, at=NOON, code=code)

    assert not Attempt.objects.exists()
    again = caught.value.values["again"]
    waited = (time.fromisoformat(again), timezone.localtime(NOON).time())
    seconds = [60 * (60 * each.hour + each.minute) + each.second for each in waited]
    later = NOON + timedelta(seconds=seconds[0] - seconds[1])
    assert 300 <= (later - NOON).total_seconds() <= 330
    assert try_codes(sitting, informant, [code], at=later) == [None]


def test_nothing_typed_and_the_right_code_are_no_guesses(
    sitting, informant, region_officer, napo
):
    code = admitted(sitting, informant, region_officer).code
    try_codes(sitting, informant, ["", " "] * 5)
    try_codes(sitting, informant, [WRONG] * 4)

    assert try_codes(sitting, informant, [code]) == [None]
    other = SittingFactory(division=napo.region, admits="listed", asks_code=True)
    admitted(other, informant, region_officer)
    assert try_codes(other, informant, [WRONG] * 2) == ["wrong-code", "too-many-codes"]
    assert WrongTry.objects.count() == 5


def test_a_hall_is_held_up_by_many_only_and_only_at_its_address(
    sitting, napo, region_officer, informant
):
    code = admitted(sitting, informant, region_officer).code
    allowed = BY_ADDRESS.allowed
    for _each in range(allowed // 5):
        person = UserFactory(role=Role.INFORMANT, at=napo.village)
        admitted(sitting, person, region_officer)
        try_codes(sitting, person, [WRONG] * 5)

    assert try_codes(sitting, informant, [code] * 9) == ["too-many-codes-here"] * 9
    assert try_codes(sitting, informant, [code], address="10.0.0.2") == [None]


def test_the_board_shows_an_office_who_of_its_people_mistyped(
    client, sitting, informant, region_officer, county_officer, napo
):
    far = UserFactory(role=Role.INFORMANT, at=napo.other_county)
    for person in (informant, far):
        admitted(sitting, person, region_officer)
    try_codes(sitting, informant, [WRONG], address="10.0.0.1")
    try_codes(sitting, informant, [WRONG, WRONG], address="10.0.0.2")
    try_codes(sitting, far, [WRONG], address="10.0.0.3")
    client.force_login(county_officer)

    response = client.get(sitting.get_absolute_url())

    shown = [
        (row, row.mistyped, row.last_address) for row in response.context["mistyped"]
    ]
    assert shown == [(informant, 3, "10.0.0.2")]
    page = response.content.decode()
    assert "10.0.0.2" in page
    assert WRONG not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_mistyped_cost_the_same_whatever_their_number(
    client, sitting, region_officer, napo, count, django_assert_num_queries
):
    for _each in range(count):
        person = UserFactory(role=Role.INFORMANT, at=napo.village)
        admitted(sitting, person, region_officer)
        try_codes(sitting, person, [WRONG])
    client.force_login(region_officer)

    # user, grants, sitting, count, totals, interventions, late, mistyped, whether
    # anybody started
    with django_assert_num_queries(9):
        response = client.get(sitting.get_absolute_url())

    assert len(response.context["mistyped"]) == count


def test_the_waiting_room_asks_the_code_too(client, sitting, informant, region_officer):
    now = timezone.now()
    Sitting.objects.update(opens_at=now + HOUR / 4, closes_at=now + 9 * HOUR)
    admitted(sitting, informant, region_officer)
    client.force_login(informant)

    page = client.get(f"/exams/sittings/{sitting.pk}/rules/").content.decode()

    assert 'name="code"' in page.partition("data-start")[2].partition("</form>")[0]


def test_the_address_is_the_browsers(client, sitting, informant, region_officer):
    now = timezone.now()
    Sitting.objects.update(opens_at=now - HOUR, closes_at=now + 9 * HOUR)
    admitted(sitting, informant, region_officer)
    client.force_login(informant)

    rules = f"/exams/sittings/{sitting.pk}/rules/"
    client.post(rules, {"code": WRONG}, REMOTE_ADDR="10.0.0.9")

    made = WrongTry.objects.get()
    assert (made.person, made.address) == (informant, "10.0.0.9")
