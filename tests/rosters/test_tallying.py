"""What the database counts together is what counting post by post finds."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from divisions.enums import Kind
from divisions.models import Designation, Division
from divisions.scoping import at
from rosters.domain.tallying import posts_of, staffed_codes, tallied, tally_of
from tests.factories.divisions import DivisionFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY


def drawn_history(napo, draw: Random) -> None:
    """Villages with and without tasks, now or once; people here and there, now or
    once, offices among them."""
    for number in range(10, 16):
        village = DivisionFactory(
            code=f"{napo.township.code}2{number}", level="village"
        )
        if draw.random() < 0.7:
            since = date(2015, 1, 1) + timedelta(days=draw.randrange(5000))
            Designation.objects.create(
                kind=Kind.HAS_TASKS,
                since=since,
                until=draw.choice([None, None, since + timedelta(days=900)]),
                is_demonstration=draw.random() < 0.5,
                **at(village),
            )
    for _person in range(8):
        place = draw.choice(list(Division.objects.exclude(level="region")))
        until = draw.choice([None, None, TODAY - timedelta(days=1), TODAY])
        AssignmentFactory(at=place, until=until, leaving="resigned" if until else "")


@pytest.mark.parametrize("seed", range(4))
def test_counted_together_or_one_by_one(napo, seed):
    drawn_history(napo, Random(seed))

    for division in (napo.region, napo.city, napo.county, napo.township, napo.village):
        for on in (TODAY, TODAY - timedelta(days=400)):
            found = tally_of(division, on=on)
            expected = tallied(
                posts_of(division, on),
                Counter(staffed_codes(division, on)),
                width=found.width,
            )
            assert found.total == expected.total
            assert found.own == expected.own
            assert found.by_level == expected.by_level
            assert found.demonstration == expected.demonstration
