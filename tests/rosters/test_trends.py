from datetime import date

import pytest

from certificates.domain.revoking import revoke_certificate
from certificates.models import Suspension
from divisions.enums import Kind
from divisions.models import Designation
from rosters.domain.charting import chart_of, round_step
from rosters.domain.gaps import gaps_within
from rosters.domain.quotas import Staff
from rosters.domain.trends import Point, Span, trend_of, without
from tests.factories.certificates import CertificateFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY

STATEMENTS = 6


def test_the_months_are_the_last_twelve_and_the_day_itself(napo):
    def days(on):
        found = [point.on for point in trend_of(napo.county, on=on)]
        return found[0], found[-2], found[-1], len(found)

    first, june = date(2025, 7, 1), date(2026, 6, 1)
    assert days(date(2026, 6, 17)) == (first, june, date(2026, 6, 17), 13)
    assert days(june) == (first, date(2026, 5, 1), june, 12)


def test_each_point_is_the_gap_table_of_that_day(napo, county_officer):
    old = CertificateFactory(at=napo.village, issued_on=date(2022, 9, 10))
    AssignmentFactory(at=napo.village, certificate=old)
    CertificateFactory(holder=old.holder, issued_on=date(2025, 8, 20))
    CertificateFactory(holder=old.holder, issued_on=date(2026, 1, 20))
    revoked = AssignmentFactory(
        at=napo.county,
        certificate=CertificateFactory(at=napo.county, issued_on=date(2025, 3, 1)),
    )
    revoke_certificate(
        revoked.certificate, by=county_officer, on=date(2026, 2, 1), reason="作弊"
    )
    AssignmentFactory(
        at=napo.county,
        certificate=CertificateFactory(at=napo.county, issued_on=date(2025, 3, 1)),
        since=date(2025, 10, 1),
        until=date(2026, 4, 1),
        leaving="resigned",
    )
    stopped = AssignmentFactory(
        at=napo.county,
        certificate=CertificateFactory(at=napo.county, issued_on=date(2025, 3, 1)),
    )
    for since, until in (("2025-09-15", "2025-11-01"), ("2026-05-01", None)):
        Suspension.objects.create(
            certificate=stopped.certificate, since=since, until=until, reason="核查"
        )
    Designation.objects.filter(division=napo.township, kind=Kind.HAS_TASKS).update(
        until=date(2026, 3, 1)
    )

    for division in (napo.region, napo.county, napo.village):
        points = trend_of(division, on=TODAY)
        assert [p.staff for p in points] == [
            gaps_within(division, on=p.on) for p in points
        ]
    assert len({p.staff for p in trend_of(napo.county, on=TODAY)}) > 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_trend_costs_the_same_whatever_its_size(
    napo, django_assert_num_queries, count
):
    for _each in range(count):
        AssignmentFactory(at=napo.village)

    with django_assert_num_queries(STATEMENTS):
        trend_of(napo.city, on=TODAY)


def test_what_gaps_leave_of_a_stretch():
    whole = Span(date(2026, 1, 1), date(2026, 12, 1))
    gaps = [
        Span(date(2025, 6, 1), date(2026, 2, 1)),
        Span(date(2026, 4, 1), date(2026, 5, 1)),
        Span(date(2026, 4, 15), date(2026, 6, 1)),
        Span(date(2026, 11, 1), date.max),
    ]

    assert without(whole, gaps) == [
        Span(date(2026, 2, 1), date(2026, 4, 1)),
        Span(date(2026, 6, 1), date(2026, 11, 1)),
    ]
    assert without(whole, []) == [whole]
    assert without(whole, [whole]) == []


def test_the_chart_stands_on_nothing_and_ends_above_the_highest():
    points = [
        Point(date(2026, month, 1), Staff(gap=gap))
        for month, gap in ((1, 0), (2, 7), (3, 4))
    ]

    chart = chart_of(points)

    assert [line.figure for line in chart.lines] == [0, 2, 4, 6, 8]
    heights = [mark.y for mark in chart.marks]
    assert heights[0] == chart.lines[0].y
    assert chart.lines[-1].y < heights[1] < heights[2] < heights[0]
    assert [mark.x for mark in chart.marks] == sorted(mark.x for mark in chart.marks)


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (9, 5), (41, 20), (12_345, 5000)]
)
def test_the_rules_of_a_chart_are_round_and_few(highest, step):
    assert round_step(highest) == step
