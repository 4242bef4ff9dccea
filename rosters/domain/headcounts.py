"""How many people posts have, on a day and at its horizons, counted at once.

What is known on the day decides: who holds the post then or is to come, and the
certificate of theirs that lasts longest. A region has twenty thousand people in post;
each is looked at once, in the order of indexes that hold all that is asked, and added
to all the counts of the post by one sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from certificates.models import Certificate, Suspension
from rosters.domain.horizons import HORIZONS, Days

# How wide one count is in the sum of a post, and the most people that it can hold.
# On PostgreSQL what one person adds must fit 31 bits: wider numbers add up slowly.
BITS = 6
MOST = 2**BITS - 1
TOO_MANY = -1

# Nearly everybody is there without an end: then the certificate alone decides.
HEADS = """CASE WHEN a.since <= %s AND a.until IS NULL THEN CASE {lasting} END
    ELSE {moving} END"""
LASTING = "WHEN c.expires_on > %s THEN {heads}"
THERE = "CASE WHEN a.since <= %s THEN {heads} ELSE 0 END"
EXPIRING = """CASE WHEN a.since <= %s AND c.expires_on <= %s
    THEN {heads} ELSE 0 END"""
LATER = """CASE WHEN a.since <= %s AND c.expires_on > %s
    AND (a.until IS NULL OR a.until > %s) THEN {heads} ELSE 0 END"""
# All who are looked at are the lowest of the counts, so that no row need add them.
OF_POST = f"""CASE WHEN count(*) > {MOST} THEN {TOO_MANY}
    ELSE count(*) + coalesce(sum({{of_one}}), 0) END"""
# The people of each post are sought in turn, and of each the longest certificate.
SOUGHT = """
SELECT post.*, (
    SELECT {of_post} FROM ({held}) AS a WHERE a.division_code = post.division_code
) AS heads FROM ({posts}) AS post
"""
SOUGHT_ONE = """(
    SELECT {heads} FROM ({valid}) AS c WHERE c.holder_id = a.person_id
    ORDER BY c.expires_on DESC LIMIT 1)"""
# PostgreSQL goes through all of them side by side, and so finds whoever is in none of
# the posts as well.
SIDE_BY_SIDE = """
SELECT division_code, coalesce(poor, false) AS poor,
    coalesce(has_tasks, false) AS has_tasks,
    coalesce(is_demonstration, false) AS is_demonstration,
    coalesce(staffed.heads, 0) AS heads
FROM ({posts}) AS post FULL JOIN (
    SELECT a.division_code, {of_post} AS heads
    FROM ({held}) AS a LEFT JOIN (
        SELECT holder_id, max(expires_on) AS expires_on FROM ({valid}) AS good
        GROUP BY holder_id
    ) AS c ON c.holder_id = a.person_id
    GROUP BY a.division_code
) AS staffed USING (division_code)
"""
SIDE_BY_SIDE_ONE = "CASE WHEN c.holder_id IS NOT NULL THEN {heads} END"


class Heads(NamedTuple):
    """The people of one post: all who were looked at, there on the day, of those whose
    certificate runs out soon, and there at each horizon if nothing new happens."""

    people: int = 0
    there: int = 0
    expiring: int = 0
    later: tuple[int, ...] = (0,) * len(HORIZONS)

    @property
    def packed(self) -> int:
        """All the counts in one number, which adds up as they do."""
        counts = (self.people, self.there, self.expiring, *self.later)
        return sum(count << BITS * place for place, count in enumerate(counts))

    @classmethod
    def unpacked(cls, number: int) -> Heads:
        """Raises ``OverflowError`` for a post with more people than one sum holds."""
        if number == TOO_MANY:
            raise OverflowError(f"a post has more than {MOST} people")
        places = range(3 + len(HORIZONS))
        people, there, expiring, *later = (
            number >> BITS * place & MOST for place in places
        )
        return cls(people, there, expiring, tuple(later))

    @classmethod
    def together(cls, parts: Iterable[Heads]) -> Heads:
        """As many as in all the parts of one post."""
        people, there, expiring, later = zip(*parts, strict=True)
        summed = tuple(map(sum, zip(*later, strict=True)))
        return cls(sum(people), sum(there), sum(expiring), summed)


def heads_of(
    posts: QuerySet, held: QuerySet, days: Days, *, everybody: bool
) -> tuple[str, tuple]:
    """The statement, with its values, that gives each row of ``posts``, which name a
    ``division_code`` and flags, its ``heads`` among the assignments ``held``; these are
    ``everybody``'s or a part's. On PostgreSQL also the posts of ``held`` that are none
    of ``posts``, without any flag."""
    statement, of_one, order = SOUGHT, SOUGHT_ONE, ("heads", "valid", "held", "posts")
    # A list, for it is short: sought for each certificate it cost a fifth.
    suspended = Suspension.objects.in_force(days.on).order_by().values("certificate")
    certified = Certificate.objects.standing(days.on).exclude(pk__in=suspended)
    if connection.vendor == "postgresql":
        statement, of_one = SIDE_BY_SIDE, SIDE_BY_SIDE_ONE
        order = ("posts", "heads", "held", "valid")
        if not everybody:
            certified = Certificate.objects.valid(days.on)
            certified = certified.filter(holder__in=held.order_by().values("person"))
    parts = {
        "heads": heads_of_one(days),
        "valid": as_sql(certified, "id", "holder_id", "expires_on"),
        "held": as_sql(held, "division_code", "person_id", "since", "until"),
        "posts": posts.query.sql_with_params(),
    }
    words = {name: sql for name, (sql, _values) in parts.items()}
    values = tuple(value for name in order for value in parts[name][1])
    of_post = OF_POST.format(of_one=of_one.format(**words))
    return statement.format(of_post=of_post, **words), values


def as_sql(rows: QuerySet, *names: str) -> tuple[str, tuple]:
    return rows.order_by().values(*names).query.sql_with_params()


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
    later = tuple(int(each <= day) for each in days.later)
    return Heads(there=1, expiring=int(days.soon > day), later=later)


def heads_of_one_moving(days: Days) -> tuple[str, tuple]:
    """The same of somebody who is to come or to leave."""
    terms = [
        THERE.format(heads=Heads(there=1).packed),
        EXPIRING.format(heads=Heads(expiring=1).packed),
    ]
    values = [days.on, days.on, days.soon]
    for place, day in enumerate(days.later):
        one = tuple(int(place == each) for each in range(len(days.later)))
        terms.append(LATER.format(heads=Heads(later=one).packed))
        values += [day, day, day]
    return " + ".join(terms), tuple(values)
