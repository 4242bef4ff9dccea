from datetime import date

import pytest
from django.utils import timezone

from divisions.enums import Kind
from divisions.models import Designation
from divisions.scoping import at
from rosters.domain.assigning import assign_person
from rosters.domain.proposing import confirm_matches, propose, ways
from rosters.errors import NotReady
from rosters.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.rosters import AssignmentFactory
from tests.rosters.statements import SPARED

from .conftest import TODAY
from .test_views import page_of, text


@pytest.fixture
def villages(napo):
    """Two more villages with tasks in a second township, beside the one there is."""
    DivisionFactory(code="451026200", name="平孟镇")
    made = [DivisionFactory(code=f"45102620020{n}", name=f"村{n}") for n in (1, 2)]
    for village in made:
        Designation.objects.create(
            kind=Kind.HAS_TASKS, since=date(2016, 1, 1), **at(village)
        )
    return made


def pairs_of(proposal):
    return {
        (each.proposed.person, each.division): each.proposed.steps
        for each in proposal.matches
    }


def test_each_goes_where_the_way_of_all_is_least(napo, villages, ready):
    for _each in range(3):
        AssignmentFactory(at=napo.county)
    AssignmentFactory(at=napo.township)
    here = ready(at=napo.village)
    one, two = ready(at=villages[1]), ready(at=villages[1])

    proposal = propose(napo.county, on=TODAY)

    found = pairs_of(proposal)
    assert found[here, napo.village] == 0
    assert {person for person, _village in found} == {here, one, two}
    assert sorted(found.values()) == [0, 0, 2]
    assert (proposal.uncovered, proposal.spare) == (0, 0)


def test_villagers_are_not_drawn_into_the_office_of_the_county(napo, villages, ready):
    here, there = ready(at=napo.village), ready(at=villages[0])

    proposal = propose(napo.county, on=TODAY)

    assert pairs_of(proposal) == {(here, napo.village): 0, (there, villages[0]): 0}
    assert (proposal.uncovered, proposal.spare) == (5, 0)


def test_a_way_is_the_steps_up_to_a_common_division_and_down(napo, villages):
    seats = [napo.village.code, villages[0].code, villages[1].code, napo.county.code]
    homes = [villages[1], napo.other_village, napo.township, villages[1]]
    people = [UserFactory.build(home_code=home.code) for home in homes]

    costs = ways(people, seats)

    assert costs.tolist() == [
        [4, 2, 0, 2],
        [2, 4, 4, 2],
        [1, 3, 3, 1],
        [4, 2, 0, 2],
    ]


def test_only_people_who_are_ready_and_free_are_proposed(napo, ready, train):
    AssignmentFactory(
        at=napo.village, certificate=ready().certificates.get(), since=TODAY
    )
    train(UserFactory(at=napo.village))
    ready(at=napo.other_county).selections.update(
        division=napo.other_county, division_code=napo.other_county.code
    )
    ready(is_active=False)

    proposal = propose(napo.county, on=TODAY)

    assert proposal.seats == []
    assert (proposal.uncovered, proposal.spare) == (4, 0)


def test_somebody_of_another_county_comes_only_where_the_own_do_not_suffice(
    napo, ready
):
    outsider = ready(at=napo.other_county)
    own = {ready(at=napo.village) for _each in range(4)}
    with_room = propose(napo.county, on=TODAY)
    own.add(ready(at=napo.township))

    proposal = propose(napo.county, on=TODAY)

    assert {each.proposed.person for each in with_room.matches} == {
        outsider,
        *own,
    } - {each for each in own if each.home_code == napo.township.code}
    assert {each.proposed.person for each in proposal.matches} == own
    assert (proposal.uncovered, proposal.spare) == (0, 1)


def test_a_city_is_proposed_those_whom_its_counties_chose_for_their_own_seats(
    napo, ready
):
    chosen_there = ready(at=napo.village)
    chosen_there.selections.update(
        division=napo.other_county, division_code=napo.other_county.code
    )
    chosen_here = ready(at=napo.village)

    proposal = propose(napo.city, on=TODAY)

    assert pairs_of(proposal) == {
        (chosen_here, napo.village): 0,
        (chosen_there, napo.other_county): 4,
    }
    offers = {each.division: each.offers for each in proposal.seats}
    assert [each.person for each in offers[napo.county]] == [chosen_here]
    assert napo.city not in offers


def test_a_seat_promised_from_a_later_day_is_not_proposed(napo, county_officer, ready):
    later = date(2026, 7, 1)
    assign_person(ready(), division=napo.village, by=county_officer, on=later)
    ready()

    proposal = propose(napo.county, on=TODAY)

    assert napo.village not in {each.division for each in proposal.seats}


@pytest.mark.parametrize("count", [1, 3])
def test_proposing_costs_the_same_whatever_the_size(
    napo, ready, count, django_assert_num_queries
):
    for _each in range(count):
        ready()

    # Posts, people and offices, for the sums and one by one; stays, selections,
    # people, five for the path; wishes; the divisions.
    with django_assert_num_queries(13 - SPARED):
        propose(napo.county, on=TODAY)


def test_confirming_is_all_or_nothing(napo, county_officer, ready, informant):
    pairs = [(ready(), napo.village), (informant, napo.township)]

    with pytest.raises(NotReady):
        confirm_matches(pairs, by=county_officer, on=TODAY)
    assert not Assignment.objects.exists()

    confirm_matches(pairs[:1], by=county_officer, on=TODAY)
    assert Assignment.objects.get().person == pairs[0][0]


class TestPage:
    @pytest.fixture
    def page(self, client, napo, county_officer):
        client.force_login(county_officer)
        return page_of(napo.county, "proposal")

    def test_the_office_leaves_a_seat_empty_and_confirms(
        self, client, napo, page, ready
    ):
        first, second = ready(), ready(at=napo.township)

        proposed = client.get(page).context["proposal"].seats
        seats = {each.division: each.key for each in proposed}
        assert {each.proposed.person for each in proposed if each.proposed} == {
            first,
            second,
        }
        client.post(page, {seats[napo.village]: first.pk, seats[napo.township]: ""})

        made = Assignment.objects.get()
        assert (made.person, made.division) == (first, napo.village)
        assert made.since == timezone.localdate()
        assert not second.assignments.exists()

    def test_the_office_puts_others_there_than_proposed(
        self, client, napo, page, ready
    ):
        first, second = ready(), ready(at=napo.township)
        seats = {
            each.division: each.key
            for each in client.get(page).context["proposal"].seats
        }

        client.post(
            page, {seats[napo.village]: second.pk, seats[napo.township]: first.pk}
        )

        assert first.assignments.get().division == napo.township
        assert second.assignments.get().division == napo.village

    def test_each_seat_of_a_post_has_a_name_of_its_own(self, client, page, ready):
        ready()

        labels = [field.label for field in client.get(page).context["form"]]

        assert len(set(labels)) == len(labels) == 5
        assert labels[1].endswith("那坡县（第2个岗位）")

    def test_seats_that_find_nobody_are_folded_away_until_somebody_is_named(
        self, client, page, ready
    ):
        person = ready()
        shown = client.get(page)
        form = shown.context["form"]
        (own,), other = form.proposed, form.others[0]

        named = client.post(page, {own.name: person.pk, other.name: person.pk})

        assert len(form.others) == 4
        assert "另有 4 个空缺岗位" in text(shown)
        assert '<details class="disclosure">' in text(shown)
        assert '<details class="disclosure" open>' in text(named)

    def test_seats_that_are_not_listed_are_told(self, client, page, ready, monkeypatch):
        ready()
        assert "没有列在上面" not in text(client.get(page))

        monkeypatch.setattr("rosters.domain.proposing.SHOWN_UNCOVERED", 1)
        response = client.get(page)

        assert len(response.context["form"].fields) == 2
        assert "另有3个无人选的岗位没有列在上面" in text(response)

    def test_nobody_is_put_on_two_seats(self, client, page, ready):
        person = ready()
        keys = [each.key for each in client.get(page).context["proposal"].seats]

        response = client.post(page, dict.fromkeys(keys[:2], person.pk))

        assert "同一人" in text(response)
        assert not Assignment.objects.exists()

    def test_what_was_not_offered_is_refused(
        self, client, napo, page, ready, informant
    ):
        ready()

        for seat in (f"seat-{napo.village.pk}-1", f"seat-{napo.village.pk}-2"):
            response = client.post(page, {seat: informant.pk})
            assert "岗位情况已有变化" in text(response)

        assert "请至少选一人" in text(client.post(page, {"csrf": "x"}))
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize(
        ("who", "status"), [("township_officer", 404), ("region_officer", 403)]
    )
    def test_others_are_not_offered_one(self, client, napo, who, status, request):
        client.force_login(request.getfixturevalue(who))

        assert client.get(page_of(napo.county, "proposal")).status_code == status
