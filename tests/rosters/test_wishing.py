"""Where people would like to serve, and what a proposal makes of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import LogEntry
from divisions.enums import Level
from rosters.domain.proposing import propose
from rosters.domain.wishing import (
    Wish,
    state_preference,
    wishes_of,
    withdraw_preference,
)
from rosters.errors import BeyondCity, TooEarly, WrongOffice
from rosters.models import Preference
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory

from .conftest import TODAY
from .test_views import text


@pytest.fixture
def wish(napo, county_officer):
    def wish(person, division, level="", *, by=county_officer, on=TODAY):
        return state_preference(person, division=division, level=level, by=by, on=on)

    return wish


def test_the_last_wish_said_by_the_day_counts(napo, informant, wish):
    wish(informant, napo.county, on=date(2026, 1, 1))
    wish(informant, napo.village, Level.VILLAGE, by=informant, on=date(2026, 5, 1))

    first, last = (
        wishes_of([informant.pk], on=day)[informant.pk]
        for day in (date(2026, 4, 30), TODAY)
    )

    assert first == Wish(napo.county.code)
    assert last == Wish(napo.village.code, Level.VILLAGE)
    assert wishes_of([informant.pk], on=date(2025, 12, 31)) == {}


def test_saying_the_same_twice_is_once(napo, informant, wish):
    assert wish(informant, napo.county) == wish(informant, napo.county)
    assert LogEntry.objects.filter(action="preference.stated").count() == 1


def test_only_oneself_or_an_office_above_says_it(
    napo, informant, township_officer, wish
):
    for by in (township_officer, UserFactory(at=napo.village)):
        with pytest.raises(WrongOffice):
            wish(informant, napo.county, by=by)

    assert not Preference.objects.exists()


def test_a_wish_withdrawn_is_none_from_that_day_and_stays_on_record(
    napo, informant, wish
):
    wish(informant, napo.county, on=date(2026, 1, 1))
    last = wish(informant, napo.village, on=date(2026, 3, 1))

    gone = withdraw_preference(informant, by=informant, on=date(2026, 5, 1))
    again = withdraw_preference(informant, by=informant, on=TODAY)

    assert gone == again == last
    assert (again.withdrawn_on, again.withdrawn_by) == (date(2026, 5, 1), informant)
    assert wishes_of([informant.pk], on=date(2026, 4, 30)) == {
        informant.pk: Wish(napo.village.code)
    }
    assert wishes_of([informant.pk], on=date(2026, 5, 1)) == {}
    assert LogEntry.objects.filter(action="preference.withdrawn").count() == 1
    assert Preference.objects.count() == 2


def test_what_was_withdrawn_can_be_said_again(napo, informant, wish):
    wish(informant, napo.county, on=date(2026, 1, 1))
    withdraw_preference(informant, by=informant, on=TODAY)

    wish(informant, napo.county)

    assert wishes_of([informant.pk], on=TODAY) == {informant.pk: Wish(napo.county.code)}
    assert Preference.objects.count() == 2


def test_a_wish_is_withdrawn_by_those_who_may_say_it_and_no_earlier(
    napo, informant, county_officer, township_officer, wish
):
    said = wish(informant, napo.county)

    with pytest.raises(WrongOffice):
        withdraw_preference(informant, by=township_officer, on=TODAY)
    with pytest.raises(TooEarly):
        withdraw_preference(informant, by=county_officer, on=TODAY - timedelta(days=1))
    said.refresh_from_db()
    assert said.withdrawn_on is None
    assert withdraw_preference(county_officer, by=county_officer, on=TODAY) is None


def test_nobody_wishes_for_another_city(informant, wish):
    with pytest.raises(BeyondCity):
        wish(informant, DivisionFactory(code="4501", name="南宁市"))


def test_a_proposal_goes_by_wishes_where_it_can(napo, ready, wish):
    near, far = ready(at=napo.village), ready(at=napo.village)
    wish(far, napo.county, Level.COUNTY)

    proposal = propose(napo.county, on=TODAY)

    assert {
        each.division: (each.proposed.person, each.proposed.as_wished)
        for each in proposal.matches
    } == {napo.village: (near, None), napo.county: (far, True)}


def test_a_wish_that_cannot_be_met_is_told(napo, county_officer, ready, wish, client):
    person = ready(at=napo.village)
    wish(person, napo.other_village)
    client.force_login(county_officer)

    (match,) = propose(napo.county, on=TODAY).matches
    page = text(client.get(reverse("rosters:proposal", args=[napo.county.code])))

    assert (match.proposed.person, match.proposed.as_wished) == (person, False)
    assert "不合意愿" in page


class TestPages:
    def test_a_person_says_it(self, client, napo, informant):
        client.force_login(informant)
        page = reverse("rosters:own-preference")
        today = timezone.localdate()

        client.post(page, {"division": napo.township.pk, "level": "", "on": today})

        made = Preference.objects.get()
        assert (made.person, made.division, made.entered_by, made.said_on) == (
            informant,
            napo.township,
            informant,
            today,
        )
        assert napo.township.full_name in text(client.get(page))

    def test_a_person_withdraws_it(self, client, napo, informant, wish):
        wish(informant, napo.county, on=date(2026, 1, 1))
        client.force_login(informant)
        page = reverse("rosters:own-preference")

        client.post(page, {"withdraw": "1", "on": "2025-12-31"})
        early = Preference.objects.get().withdrawn_on
        client.post(page, {"withdraw": "1", "on": "2026-05-01"})

        assert early is None
        assert Preference.objects.get().withdrawn_on == date(2026, 5, 1)
        shown = text(client.get(page))
        assert "2026年5月1日撤回" in shown
        assert "撤回最近一次意愿" not in shown

    @pytest.mark.parametrize(
        ("who", "status"),
        [("county_officer", 302), ("township_officer", 403), ("informant", 404)],
    )
    def test_the_office_enters_it(self, client, napo, informant, who, status, request):
        client.force_login(request.getfixturevalue(who))
        asked = {"division": napo.county.pk, "level": "county", "on": "2026-01-01"}

        page = reverse("rosters:preference", args=[informant.pk])

        assert client.post(page, asked).status_code == status
        assert Preference.objects.count() == (status == 302)

    def test_what_lies_elsewhere_cannot_be_chosen(self, client, napo, informant):
        client.force_login(informant)
        asked = {"division": napo.other_county.pk, "level": "", "on": "2026-01-01"}

        response = client.post(reverse("rosters:own-preference"), asked)

        assert response.context["form"].errors["division"]
        assert not Preference.objects.exists()
