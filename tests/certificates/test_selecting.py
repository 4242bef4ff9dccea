from datetime import date

import pytest

from certificates.domain.selecting import (
    select_people,
    select_person,
    withdraw_selection,
)
from certificates.errors import (
    BasisMissing,
    NotTheirOffice,
    PersonElsewhere,
    WithdrawnTooEarly,
    WrongLevelToChoose,
)
from certificates.models import Selection
from core.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import SelectionFactory

TODAY = date(2026, 6, 1)
BASIS = "那扶领办〔2026〕3号"


def test_the_county_office_chooses_once(napo, county_officer, informant):
    first = select_person(
        informant, division=napo.county, by=county_officer, on=TODAY, basis=BASIS
    )
    second = select_person(
        informant, division=napo.county, by=county_officer, on=TODAY, basis="另一文件"
    )

    assert second == first
    assert (first.division_code, first.basis) == (napo.county.code, BASIS)
    assert LogEntry.objects.filter(action="person.selected").count() == 1


@pytest.mark.parametrize(
    ("who", "where", "basis", "refusal"),
    [
        ("county_officer", "township", BASIS, WrongLevelToChoose),
        ("county_officer", "city", BASIS, NotTheirOffice),
        ("city_officer", "county", BASIS, NotTheirOffice),
        ("township_officer", "county", BASIS, NotTheirOffice),
        ("county_officer", "county", "  ", BasisMissing),
    ],
)
def test_a_wrong_choice_is_refused_and_nothing_written(
    napo, informant, who, where, basis, refusal, request
):
    by = request.getfixturevalue(who)

    with pytest.raises(refusal):
        select_person(
            informant, division=getattr(napo, where), by=by, on=TODAY, basis=basis
        )

    assert not Selection.objects.exists()


def test_people_of_other_places_are_not_ours_to_choose(napo, county_officer):
    outsider = UserFactory(at=napo.other_county)

    with pytest.raises(PersonElsewhere):
        select_person(
            outsider, division=napo.county, by=county_officer, on=TODAY, basis=BASIS
        )


def test_several_are_chosen_together_or_not_at_all(napo, county_officer, informant):
    outsider = UserFactory(at=napo.other_county)

    with pytest.raises(PersonElsewhere):
        select_people(
            [informant, outsider],
            division=napo.county,
            by=county_officer,
            on=TODAY,
            basis=BASIS,
        )

    assert not Selection.objects.exists()


def test_a_withdrawn_choice_ends_and_may_be_made_again(napo, county_officer, informant):
    held = SelectionFactory(person=informant, at=napo.county, chosen_on=TODAY)

    withdraw_selection(held, by=county_officer, on=date(2026, 7, 1))
    withdraw_selection(held, by=county_officer, on=date(2026, 8, 1))

    assert Selection.objects.in_force(date(2026, 6, 30)).count() == 1
    assert Selection.objects.in_force(date(2026, 7, 1)).count() == 0
    select_person(
        informant,
        division=napo.county,
        by=county_officer,
        on=date(2026, 9, 1),
        basis=BASIS,
    )
    assert Selection.objects.in_force(date(2026, 9, 1)).count() == 1


def test_a_choice_is_not_withdrawn_before_it_was_made(napo, county_officer, informant):
    held = SelectionFactory(person=informant, at=napo.county, chosen_on=TODAY)

    with pytest.raises(WithdrawnTooEarly):
        withdraw_selection(held, by=county_officer, on=date(2026, 5, 31))


def test_a_city_offices_choice_covers_its_counties(napo, informant):
    held = SelectionFactory(person=informant, at=napo.city)

    assert list(Selection.objects.covering(napo.village.code)) == [held]
    assert list(Selection.objects.covering("4511")) == []
