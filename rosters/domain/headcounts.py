"""How many people each post has, on a day and at its horizons, counted at once.

What is known on the day decides: who holds the post then or is to come, and the
certificate of theirs that lasts longest. A region has twenty thousand people in post;
each is looked at once, in the order of indexes that hold all that is asked, and added
to all the counts of the post by one sum.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection

from certificates.models import Certificate
from divisions.enums import Level
from divisions.models import Division
from rosters.domain.horizons import HORIZONS, Days
from rosters.models import Assignment

# How wide one count is in the sum of a post, and the most people that it can hold.
BITS = 12
MOST = 2**BITS - 1

# Nearly everybody is there without an end: then the certificate alone decides.
HEADS = """CASE WHEN a.since <= %s AND a.until IS NULL THEN CASE {lasting} END
    ELSE {moving} END"""
LASTING = "WHEN c.expires_on > %s THEN {heads}"
THERE = "CASE WHEN a.since <= %s THEN 1 ELSE 0 END"
EXPIRING = """CASE WHEN a.since <= %s AND c.expires_on <= %s
    THEN {heads} ELSE 0 END"""
LATER = """CASE WHEN a.since <= %s AND c.expires_on > %s
    AND (a.until IS NULL OR a.until > %s) THEN {heads} ELSE 0 END"""
# The longest certificate of each person is sought in turn.
SOUGHT = """
SELECT a.division_code, count(*) AS people, sum((
    SELECT {heads} FROM ({valid}) AS c WHERE c.holder_id = a.person_id
    ORDER BY c.expires_on DESC LIMIT 1)) AS heads
FROM ({held}) AS a GROUP BY a.division_code
"""
# PostgreSQL finds those of a whole region sooner by hashing them all.
HASHED = """
SELECT a.division_code, count(*) AS people, sum({heads}) AS heads
FROM ({held}) AS a JOIN (
    SELECT holder_id, max(expires_on) AS expires_on FROM ({valid}) AS good
    GROUP BY holder_id) AS c ON c.holder_id = a.person_id
GROUP BY a.division_code
"""


class Heads(NamedTuple):
    """The people of one post: there on the day, of those whose certificate runs out
    soon, and there at each horizon if nothing new happens."""

    there: int = 0
    expiring: int = 0
    later: tuple[int, ...] = (0,) * len(HORIZONS)

    @property
    def packed(self) -> int:
        """All the counts in one number, which adds up as they do."""
        counts = (self.there, self.expiring, *self.later)
        return sum(count << BITS * place for place, count in enumerate(counts))

    @classmethod
    def unpacked(cls, number: int) -> Heads:
        places = range(2 + len(HORIZONS))
        there, expiring, *later = (number >> BITS * place & MOST for place in places)
        return cls(there, expiring, tuple(later))


def heads_by_post(division: Division, *, days: Days) -> tuple[str, tuple]:
    """The statement, with its values, that finds ``division_code``, ``people`` (all who
    were looked at) and ``heads`` of every post in the subtree that has somebody."""
    held, held_values = (
        Assignment.objects.within(division.code)
        .ending_after(days.on)
        .filter(since__lte=days.last)
        .order_by()
        .values("division_code", "person_id", "since", "until")
        .query.sql_with_params()
    )
    valid, valid_values = (
        Certificate.objects.valid(days.on)
        .order_by()
        .values("id", "holder_id", "expires_on")
        .query.sql_with_params()
    )
    heads, heads_values = heads_of_one(days)
    statement, values = SOUGHT, (*heads_values, *valid_values, *held_values)
    if connection.vendor == "postgresql" and division.level == Level.REGION:
        statement, values = HASHED, (*heads_values, *held_values, *valid_values)
    return statement.format(heads=heads, valid=valid, held=held), values


def heads_of_one(days: Days) -> tuple[str, tuple]:
    """What one person (a post held ``a``, a certificate ``c``) adds to a post."""
    ends = sorted({days.soon, *days.later}, reverse=True)
    lasting = [LASTING.format(heads=lasting_beyond(day, days).packed) for day in ends]
    lasting.append(f"ELSE {Heads(there=1, expiring=1).packed}")
    moving, moving_days = heads_of_one_moving(days)
    statement = HEADS.format(lasting=" ".join(lasting), moving=moving)
    values = (days.on, *ends, *moving_days)
    return statement, tuple(map(connection.ops.adapt_datefield_value, values))


def lasting_beyond(day: date, days: Days) -> Heads:
    """Somebody without an end, certified beyond ``day`` but not beyond the next end."""
    return Heads(
        1, int(days.soon > day), tuple(int(each <= day) for each in days.later)
    )


def heads_of_one_moving(days: Days) -> tuple[str, tuple]:
    """The same of somebody who is to come or to leave."""
    terms = [THERE, EXPIRING.format(heads=Heads(expiring=1).packed)]
    values = [days.on, days.on, days.soon]
    for place, day in enumerate(days.later):
        one = tuple(int(place == each) for each in range(len(days.later)))
        terms.append(LATER.format(heads=Heads(later=one).packed))
        values += [day, day, day]
    return " + ".join(terms), tuple(values)
