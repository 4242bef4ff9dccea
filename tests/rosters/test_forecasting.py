from datetime import date, timedelta

import pytest

from core.dates import add_months
from rosters.domain.gaps import gap_table, gaps_within
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, SelectionFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY


def certificate_until(day, at):
    """A certificate good for three years that ends on ``day``."""
    return CertificateFactory(at=at, issued_on=add_months(day, -36), expires_on=day)


def outlook(division, on=TODAY):
    return gap_table(division, on=on).here.outlook


@pytest.mark.parametrize(
    ("days", "expiring"), [(1, 1), (89, 1), (90, 1), (91, 0), (400, 0)]
)
def test_a_certificate_within_ninety_days_is_expiring(napo, days, expiring):
    ends = TODAY + timedelta(days=days)
    AssignmentFactory(
        at=napo.village, certificate=certificate_until(ends, napo.village)
    )

    assert outlook(napo.village).expiring == expiring


@pytest.mark.parametrize("until", [None, date(2026, 12, 1)])
@pytest.mark.parametrize(
    ("days", "expiring", "gap"), [(89, 1, 1), (90, 1, 0), (91, 0, 0)]
)
def test_three_months_may_be_shorter_than_ninety_days(napo, until, days, expiring, gap):
    on = date(2026, 2, 1)
    ends = on + timedelta(days=days)  # 89: the first of May, three months on
    AssignmentFactory(
        at=napo.village,
        certificate=certificate_until(ends, napo.village),
        until=until,
        leaving="retired" if until else "",
    )

    found = outlook(napo.village, on=on)

    assert (found.expiring, found.forecast) == (expiring, (gap, 1, 1))


def test_a_renewed_certificate_is_not_expiring(napo):
    old = certificate_until(TODAY + timedelta(days=9), napo.village)
    AssignmentFactory(at=napo.village, certificate=old)
    CertificateFactory(holder=old.holder, issued_on=TODAY)

    assert outlook(napo.village).expiring == 0
    assert outlook(napo.village).forecast == (0, 0, 0)


def test_the_gap_grows_as_certificates_run_out(napo):
    for months in (2, 5, 9):
        certificate = certificate_until(add_months(TODAY, months), napo.county)
        AssignmentFactory(at=napo.county, certificate=certificate)

    table = gap_table(napo.county, on=TODAY)

    assert table.here.own.gap == 0
    assert table.here.total.gap == 2
    assert table.here.outlook.forecast == (2 + 1, 2 + 2, 2 + 3)


def test_known_leavings_and_beginnings_are_in_the_forecast(napo):
    leaver = AssignmentFactory(
        at=napo.village, until=add_months(TODAY, 4), leaving="retired"
    )
    AssignmentFactory(
        at=napo.township,
        certificate=CertificateFactory(at=napo.township, issued_on=leaver.since),
        since=add_months(TODAY, 7),
    )

    rows = gap_table(napo.county, on=TODAY).rows

    assert rows[0].total.gap == 1
    assert rows[0].outlook.expiring == 0
    assert rows[0].outlook.forecast == (1, 2, 1)


def test_the_forecast_is_what_comes_about_if_nothing_else_happens(napo):
    for months in (1, 4, 8, 20):
        certificate = certificate_until(add_months(TODAY, months), napo.village)
        AssignmentFactory(at=napo.village, certificate=certificate)

    assert outlook(napo.city).forecast == tuple(
        gaps_within(napo.city, on=add_months(TODAY, months)).gap
        for months in (3, 6, 12)
    )


def test_the_chosen_without_a_post_are_on_the_way_once_each(napo):
    person = UserFactory(at=napo.village)
    SelectionFactory(person=person, at=napo.county)
    SelectionFactory(person=person, at=napo.city)
    served = AssignmentFactory(at=napo.village)
    SelectionFactory(person=served.person, at=napo.county)
    gone = UserFactory(at=napo.village)
    SelectionFactory(person=gone, at=napo.county, withdrawn_on=date(2026, 5, 1))

    rows = gap_table(napo.township, on=TODAY).rows

    assert [row.outlook.pipeline for row in rows] == [1, 0]
    assert outlook(napo.city).pipeline == 1
    assert outlook(napo.other_county).pipeline == 0
