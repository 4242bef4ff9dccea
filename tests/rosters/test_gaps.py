from datetime import date

import pytest

from certificates.domain.revoking import revoke_certificate
from divisions.enums import Kind
from divisions.models import Designation
from divisions.scoping import at
from rosters.domain.assigning import assign_person
from rosters.domain.gaps import gap_of, gap_table, gaps_within
from rosters.domain.quotas import Staff, quota_of
from tests.factories.certificates import CertificateFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.rosters import AssignmentFactory
from tests.rosters.statements import SPARED

from .conftest import TODAY

# One statement each: offices, tasks, staffed posts, people on the way, children.
TABLE_STATEMENTS = 4 - SPARED


def test_the_table_of_a_county_shows_its_townships_and_its_own_post(napo):
    table = gap_table(napo.county, on=TODAY)

    assert table.here.own == Staff(required=3, gap=3)
    assert table.here.total == Staff(required=5, gap=5)
    assert [(row.division, row.own, row.total) for row in table.rows] == [
        (napo.township, Staff(required=1, gap=1), Staff(required=2, gap=2))
    ]


def test_a_city_counts_its_own_post_and_its_counties_apart(napo):
    table = gap_table(napo.city, on=TODAY)

    assert table.here.own == Staff(required=2, gap=2)
    assert {row.division.name: row.own.required for row in table.rows} == {
        "那坡县": 3,  # poor
        "凌云县": 2,
    }
    assert table.here.total.required == 2 + 3 + 2 + 1 + 1
    assert {level: staff.required for level, staff in table.by_level.items()} == {
        "city": 2,
        "county": 5,
        "township": 1,
        "village": 1,
    }


def test_the_region_has_no_post_of_its_own(napo):
    table = gap_table(napo.region, on=TODAY)

    assert table.here.own == Staff()
    assert [row.division for row in table.rows] == [napo.city]
    assert table.here.total == table.rows[0].total


def test_a_township_lists_villages_with_and_without_tasks(napo):
    rows = gap_table(napo.township, on=TODAY).rows

    assert [(row.division, row.total.required) for row in rows] == [
        (napo.village, 1),
        (napo.other_village, 0),
    ]


def test_a_village_is_its_own_table(napo):
    table = gap_table(napo.village, on=TODAY)

    assert table.rows == []
    assert table.here.own == table.here.total == Staff(required=1, gap=1)


def test_a_poor_county_that_has_exited_still_needs_three(napo):
    held = Designation.objects.get(division=napo.county, kind=Kind.POOR_COUNTY)
    held.exit_year = 2019
    held.save()

    assert quota_of(napo.county, on=TODAY).minimum == 3
    assert gap_of(napo.county, on=TODAY).own.required == 3


def test_the_designation_of_the_day_decides(napo):
    Designation.objects.filter(division=napo.village, kind=Kind.HAS_TASKS).update(
        until=date(2026, 1, 1)
    )

    assert gap_of(napo.village, on=date(2025, 12, 31)).own.required == 1
    assert gap_of(napo.village, on=date(2026, 1, 1)).own.required == 0


def test_an_assignment_closes_the_gap_by_one_and_expiry_opens_it(
    napo, county_officer, ready
):
    before = gaps_within(napo.county, on=TODAY)

    assignment = assign_person(
        ready(), division=napo.village, by=county_officer, on=TODAY
    )

    after = gaps_within(napo.county, on=TODAY)
    assert (after.gap, after.in_post) == (before.gap - 1, before.in_post + 1)
    last_day = date(2029, 3, 1)
    assert assignment.certificate.expires_on == date(2029, 3, 2)
    assert gaps_within(napo.county, on=last_day).gap == before.gap - 1
    assert gaps_within(napo.county, on=date(2029, 3, 2)).gap == before.gap


def test_revocation_opens_the_gap_the_same_day(napo, county_officer, ready):
    held = assign_person(ready(), division=napo.village, by=county_officer, on=TODAY)

    revoke_certificate(held.certificate, by=county_officer, on=TODAY, reason="作弊")

    assert gap_of(napo.village, on=TODAY).own == Staff(required=1, gap=1)


def test_people_above_the_establishment_are_over_and_fill_no_gap_elsewhere(napo):
    for _each in range(4):
        AssignmentFactory(at=napo.county)

    here = gap_of(napo.county, on=TODAY)

    assert here.own == Staff(required=3, in_post=4, gap=0, over=1)
    assert here.total == Staff(required=5, in_post=4, gap=2, over=1)


def test_a_second_person_where_one_is_enough_is_no_surplus(napo):
    AssignmentFactory(at=napo.village)
    AssignmentFactory(at=napo.village)

    assert gap_of(napo.village, on=TODAY).own == Staff(required=1, in_post=2)


def test_poor_and_other_counties_of_one_city_keep_their_quotas(napo):
    for county in (napo.county, napo.other_county):
        for _each in range(3):
            AssignmentFactory(at=county)

    rows = {row.division: row.own for row in gap_table(napo.city, on=TODAY).rows}
    city = gap_table(napo.region, on=TODAY).rows[0]

    assert rows[napo.county] == Staff(required=3, in_post=3)
    assert rows[napo.other_county] == Staff(required=2, in_post=3)
    assert city.total == Staff(required=9, in_post=6, gap=4)


def test_somebody_left_where_tasks_ended_is_in_post_and_fills_nothing(napo):
    AssignmentFactory(at=napo.other_village)

    assert gap_of(napo.township, on=TODAY).total == Staff(required=2, in_post=1, gap=2)


def test_a_certificate_out_of_date_does_not_count(napo):
    AssignmentFactory(
        at=napo.village,
        certificate=CertificateFactory(at=napo.village, issued_on=date(2023, 5, 1)),
    )

    assert gap_of(napo.village, on=TODAY).own == Staff(required=1, gap=1)


def test_invented_flags_are_marked_up_to_the_top(napo):
    assert not gap_table(napo.city, on=TODAY).here.is_demonstration
    Designation.objects.create(
        kind=Kind.HAS_TASKS,
        since=date(2016, 1, 1),
        is_demonstration=True,
        **at(napo.other_village),
    )

    table = gap_table(napo.city, on=TODAY)

    assert table.here.is_demonstration
    assert [row.is_demonstration for row in table.rows] == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_costs_the_same_whatever_its_length(
    napo, django_assert_num_queries, count
):
    for number in range(count):
        village = DivisionFactory(code=f"45102620020{number}")
        DivisionFactory(code="451026200", name="平孟镇")
        Designation.objects.create(
            kind=Kind.HAS_TASKS, since=date(2016, 1, 1), **at(village)
        )
        AssignmentFactory(at=village, until=date(2026, 10, 1), leaving="retired")

    with django_assert_num_queries(TABLE_STATEMENTS):
        table = gap_table(napo.county, on=TODAY)

    assert table.here.total.in_post == count
    assert table.here.outlook.forecast[0] == table.here.total.gap
    assert table.here.outlook.forecast[1] == table.here.total.gap + count


def test_one_statement_more_at_most_finds_who_serves_where_no_quota_is(
    napo, django_assert_num_queries
):
    AssignmentFactory(at=napo.region)
    AssignmentFactory(at=napo.other_village)
    assert not quota_of(napo.other_village, on=TODAY).minimum

    with django_assert_num_queries(TABLE_STATEMENTS + 1 - SPARED):
        table = gap_table(napo.region, on=TODAY)

    assert table.here.own.in_post == 1
    assert table.here.total.in_post == 2


def test_shares_are_cut_and_absent_where_nothing_is_required():
    assert Staff(required=3, in_post=2, gap=1).filled_percent == 66
    assert Staff(required=1, in_post=2).filled_percent == 100
    assert Staff(in_post=1).filled_percent is None
