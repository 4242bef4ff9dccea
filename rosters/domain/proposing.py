"""Who should fill which seat of a county: the least way for all together.

An assignment problem, solved exactly. Candidates are ready people without a post;
the way from home to post is how many steps it takes in the tree, up to the division
that holds both and down again: a villager is nearer to the own village's seat than to
the county's office. Nobody in post is moved, so a proposal opens no seat.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import transaction

from accounts.models import User
from certificates.facts import trained_among
from certificates.models import Certificate, Selection
from divisions.enums import CODE_LENGTH
from divisions.models import Division
from rosters.domain.assigning import assign_person
from rosters.domain.tallying import Tally, tally_of
from rosters.models import Assignment

LENGTHS = tuple(CODE_LENGTH.values())
# Beyond this a matrix of seats and people would no longer fit a page or its time.
MOST_PEOPLE = 2000


@dataclass(frozen=True)
class Match:
    """A person for a seat; ``steps`` is 0 for somebody who lives in the division."""

    person: User
    division: Division
    steps: int

    @property
    def key(self) -> str:
        return f"{self.person.pk}:{self.division.pk}"


@dataclass(frozen=True)
class Proposal:
    """``uncovered`` seats find nobody; people left over have no seat."""

    matches: list[Match]
    uncovered: int
    spare: int


def propose(county: Division, *, on: date) -> Proposal:
    """Fill as many of the county's seats as there are people, by the least way in
    all. Ten statements whatever the size; writes nothing."""
    seats = empty_seats(tally_of(county, on=on))
    people = ready_people(county, on=on)
    if not seats or not people:
        return Proposal([], len(seats), len(people))
    # Only here, since no other page needs what takes half a second to import.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    costs = ways(people, seats)
    rows, columns = linear_sum_assignment(costs)
    places = Division.objects.in_bulk([seats[c] for c in columns], field_name="code")
    matches = [
        Match(people[row], places[seats[column]], int(costs[row, column]))
        for row, column in zip(rows, columns, strict=True)
    ]
    matches.sort(key=lambda each: (each.division.code, each.person.pk))
    left = len(seats) - len(matches), len(people) - len(matches)
    return Proposal(matches, *left)


def empty_seats(tally: Tally) -> list[str]:
    """The code of each empty seat, a post with two empty seats twice."""
    return [
        code
        for code in sorted(tally.posts)
        for _seat in range(tally.gap_at(code, in_post=tally.in_post[code]))
    ]


def ready_people(county: Division, *, on: date) -> list[User]:
    """Chosen, trained, certified, from the county and in no post then or later."""
    chosen = Selection.objects.in_force(on).covering(county.code)
    busy = Assignment.objects.substantive().ending_after(on)
    found = (
        User.objects.within(county.code)
        .filter(
            is_active=True,
            pk__in=chosen.values("person"),
            certificates__in=Certificate.objects.valid(on),
        )
        .exclude(pk__in=busy.values("person"))
        .select_related("home_division")
        .order_by("pk")
        .distinct()[:MOST_PEOPLE]
    )
    people = list(found)
    trained = trained_among(people)
    return [person for person in people if person.pk in trained]


def ways(people: Sequence[User], seats: Sequence[str]) -> np.ndarray:
    """How far each of ``people`` lives from each seat: the steps up from home to the
    common beginning of both codes, and down to the seat."""
    homes = [person.home_code for person in people]
    shared = np.zeros((len(homes), len(seats)), dtype=int)
    for length in LENGTHS:
        begins = {code[:length] for code in (*homes, *seats) if len(code) >= length}
        numbers = {code: number for number, code in enumerate(sorted(begins))}
        own = np.array([numbers[h[:length]] if len(h) >= length else -1 for h in homes])
        there = [numbers[s[:length]] if len(s) >= length else -2 for s in seats]
        shared += own[:, None] == np.array(there)[None, :]
    return depths(homes)[:, None] + depths(seats)[None, :] - 2 * shared


def depths(codes: Sequence[str]) -> np.ndarray:
    """How many divisions contain each code, itself among them; none for no code."""
    return np.array([LENGTHS.index(len(code)) + 1 if code else 0 for code in codes])


@transaction.atomic
def confirm_matches(
    pairs: Iterable[tuple[User, Division]], *, by: User, on: date
) -> list[Assignment]:
    """Assign all of ``pairs`` or none; refuses as ``assign_person`` does.

    People and divisions are locked in one order beforehand, so that two offices
    confirming at once wait for each other instead of blocking each other.
    """
    wanted = sorted(pairs, key=lambda pair: pair[0].pk)
    people = [person.pk for person, _division in wanted]
    places = {division.pk for _person, division in wanted}
    locked = User.objects.select_for_update(of=["self"]), Division.objects
    list(locked[0].filter(pk__in=people).order_by("pk"))
    list(locked[1].select_for_update().filter(pk__in=places).order_by("pk"))
    return [
        assign_person(person, division=division, by=by, on=on)
        for person, division in wanted
    ]
