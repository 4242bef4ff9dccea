"""Who should fill which seat of a county: the least way for all together.

An assignment problem, solved exactly. Candidates are ready people of the city without a
post; the way from home to post is how many steps it takes in the tree, up to the
division that holds both and down again: a villager is nearer to the own village's seat
than to the county's office. Somebody from another county comes only where the county's
own people do not suffice. Nobody in post is moved, so a proposal opens no seat.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from certificates.facts import trained_among
from certificates.models import Certificate, Selection
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from divisions.scoping import in_subtrees
from rosters.domain.assigning import assign_person
from rosters.domain.considering import distance_from
from rosters.domain.occupying import Stay, most_at_once, stays_of
from rosters.domain.tallying import Tally, tally_of
from rosters.domain.wishing import Wish, wishes_of
from rosters.models import Assignment

LENGTHS = tuple(CODE_LENGTH.values())
CITY_DIGITS, COUNTY_DIGITS = CODE_LENGTH[Level.CITY], CODE_LENGTH[Level.COUNTY]
# Beyond this a matrix of seats and people would no longer fit a page or its time.
MOST_PEOPLE = 2000
# Ours: more than any way inside a county, so that its own people come first.
FROM_ANOTHER_COUNTY = 10
# Ours: a wish outweighs a village further on, but not the own county's people.
AGAINST_A_WISH = 5
# More than all ways together: whoever was not chosen for a seat never gets it.
NOT_CHOSEN = 1_000_000
# So many people a seat's list offers, and so many seats that find nobody are listed.
OFFERED = 20
SHOWN_UNCOVERED = 50


@dataclass(frozen=True)
class Offer:
    """A person who could sit there; ``steps`` is 0 for who lives in the division, and
    ``as_wished`` None for who has said no wish."""

    person: User
    steps: int
    as_wished: bool | None = None


@dataclass(frozen=True)
class Match:
    """A seat: who is proposed for it, if anybody, and the nearest who could be."""

    division: Division
    number: int
    proposed: Offer | None
    offers: tuple[Offer, ...]

    @property
    def key(self) -> str:
        """Names the seat; a post with two empty seats has a first and a second."""
        return f"seat-{self.division.pk}-{self.number}"


@dataclass(frozen=True)
class Proposal:
    """``uncovered`` seats find nobody; people left over have no seat. ``seats`` are
    the covered ones, and the first of the others that somebody could fill."""

    seats: list[Match]
    uncovered: int
    spare: int

    @property
    def matches(self) -> list[Match]:
        return [each for each in self.seats if each.proposed]

    @property
    def unlisted(self) -> int:
        """How many of the uncovered seats are not among ``seats``."""
        return self.uncovered - (len(self.seats) - len(self.matches))


def propose(county: Division, *, on: date) -> Proposal:
    """Fill as many of the seats in ``county`` as there are people, by the least way in
    all. Fifteen statements whatever the size; writes nothing."""
    seats = empty_seats(
        tally_of(county, on=on),
        stays_of(Assignment.objects.within(county.code), on=on),
        on=on,
    )
    chosen = chosen_by(county, on=on)
    people = ready_people(county, chosen, on=on)
    if not seats or not people:
        return Proposal([], len(seats), len(people))
    # Only here, since no other page needs what takes half a second to import.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    steps = ways(people, seats)
    wishes = wishes_of([person.pk for person in people], on=on)
    costs = steps + penalties(people, seats, chosen, wishes)
    found = {
        int(column): int(row)
        for row, column in zip(*linear_sum_assignment(costs), strict=True)
        if costs[row, column] < NOT_CHOSEN
    }
    left = len(seats) - len(found), len(people) - len(found)
    return Proposal(listed(seats, people, found, wishes, steps, costs), *left)


def listed(
    seats: Sequence[str],
    people: Sequence[User],
    found: Mapping[int, int],
    wishes: Mapping[int, Wish],
    steps: np.ndarray,
    costs: np.ndarray,
) -> list[Match]:
    """The seats with their people, in the order of their codes."""
    able = costs.min(axis=0) < NOT_CHOSEN
    uncovered = [at for at in range(len(seats)) if at not in found and able[at]]
    shown = sorted({*found, *uncovered[:SHOWN_UNCOVERED]})
    places = Division.objects.in_bulk([seats[at] for at in shown], field_name="code")
    numbers: Counter[str] = Counter()
    made = []
    for at in shown:
        numbers[seats[at]] += 1
        nearest = np.argsort(costs[:, at], kind="stable")[:OFFERED]
        rows = [int(row) for row in nearest if costs[row, at] < NOT_CHOSEN]
        if at in found and found[at] not in rows:
            rows.append(found[at])
        offers = {
            row: Offer(
                people[row],
                int(steps[row, at]),
                wish.is_met_by(seats[at])
                if (wish := wishes.get(people[row].pk))
                else None,
            )
            for row in rows
        }
        proposed = offers.get(found.get(at, -1))
        place = places[seats[at]]
        made.append(Match(place, numbers[seats[at]], proposed, tuple(offers.values())))
    return made


def empty_seats(
    tally: Tally, stays: Mapping[str, Iterable[Stay]], *, on: date
) -> list[str]:
    """The code of each empty seat, a post with two empty seats twice; a seat promised
    to somebody who comes later is not empty."""
    return [
        code
        for code in sorted(tally.posts)
        for _seat in range(
            tally.gap_at(code, in_post=most_at_once(stays.get(code, ()), on=on))
        )
    ]


def chosen_by(county: Division, *, on: date) -> dict[int, list[str]]:
    """By person, the divisions whose offices chose them for posts in ``county``: an
    office above it for all of them, one below it for its own."""
    above = Q(division_code__in=county.ancestor_codes())
    below = in_subtrees((county.code,), "division_code")
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Selection.objects.in_force(on).filter(above | below).order_by()
    for person, code in rows.values_list("person", "division_code").iterator():
        found[person].append(code)
    return found


def ready_people(
    county: Division, chosen: Mapping[int, object], *, on: date
) -> list[User]:
    """Of the chosen, those trained, certified, from the same city and in no post then
    or later; those who live nearest to ``county`` first."""
    busy = Assignment.objects.substantive().ending_after(on)
    able = (
        User.objects.within(county.code[:CITY_DIGITS])
        .filter(
            is_active=True,
            pk__in=Certificate.objects.valid(on).values("holder"),
        )
        .exclude(pk__in=busy.values("person"))
        .annotate(distance=distance_from(county))
        .select_related("home_division")
        .order_by("distance", "pk")
    )
    people = [person for person in able.iterator() if person.pk in chosen]
    people = people[:MOST_PEOPLE]
    trained = trained_among(people)
    return [person for person in people if person.pk in trained]


def penalties(
    people: Sequence[User],
    seats: Sequence[str],
    chosen: Mapping[int, Sequence[str]],
    wishes: Mapping[int, Wish],
) -> np.ndarray:
    """What keeps each of ``people`` from each seat besides the way."""
    alike: dict[tuple, np.ndarray] = {}
    rows = []
    for person in people:
        home, mine = person.home_code, tuple(chosen[person.pk])
        wish = wishes.get(person.pk)
        if (home, mine, wish) not in alike:
            alike[home, mine, wish] = np.array(
                [
                    FROM_ANOTHER_COUNTY * (not home.startswith(seat[:COUNTY_DIGITS]))
                    + AGAINST_A_WISH * (wish is not None and not wish.is_met_by(seat))
                    + NOT_CHOSEN * (not seat.startswith(mine))
                    for seat in seats
                ]
            )
        rows.append(alike[home, mine, wish])
    return np.array(rows)


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
