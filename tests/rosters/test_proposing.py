from datetime import date

import pytest
from django.utils import timezone

from divisions.enums import Kind
from divisions.models import Designation
from divisions.scoping import at
from rosters.domain.proposing import confirm_matches, propose, ways
from rosters.errors import NotReady
from rosters.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY
from .test_views import page_of


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
    return {(each.person, each.division): each.steps for each in proposal.matches}


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
    ready(at=napo.other_county)

    proposal = propose(napo.county, on=TODAY)

    assert proposal.matches == []
    assert (proposal.uncovered, proposal.spare) == (4, 0)


def test_confirming_is_all_or_nothing(napo, county_officer, ready, informant):
    pairs = [(ready(), napo.village), (informant, napo.township)]

    with pytest.raises(NotReady):
        confirm_matches(pairs, by=county_officer, on=TODAY)
    assert not Assignment.objects.exists()

    confirm_matches(pairs[:1], by=county_officer, on=TODAY)
    assert Assignment.objects.get().person == pairs[0][0]


class TestPage:
    def test_the_office_takes_out_and_confirms(
        self, client, napo, county_officer, ready
    ):
        for _each in range(2):
            ready()
        client.force_login(county_officer)
        page = page_of(napo.county, "proposal")

        matches = client.get(page).context["proposal"].matches
        assert len(matches) == 2
        client.post(page, {"matches": [matches[0].key]})

        made = Assignment.objects.get()
        assert (made.person, made.division) == (matches[0].person, matches[0].division)
        assert made.since == timezone.localdate()

    def test_what_was_not_proposed_is_refused(
        self, client, napo, county_officer, ready, informant
    ):
        ready()
        client.force_login(county_officer)

        response = client.post(
            page_of(napo.county, "proposal"),
            {"matches": [f"{informant.pk}:{napo.village.pk}"]},
        )

        assert response.context["form"].errors["matches"]
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize(
        ("who", "status"), [("township_officer", 404), ("region_officer", 403)]
    )
    def test_others_are_not_offered_one(self, client, napo, who, status, request):
        client.force_login(request.getfixturevalue(who))

        assert client.get(page_of(napo.county, "proposal")).status_code == status
