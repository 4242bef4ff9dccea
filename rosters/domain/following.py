"""How far each person is on the way to a post, read from dated rows alone.

Nobody keeps a status: grants, selections, completions, attempts, certificates and
assignments say when each station was reached and by whose hand. Ten statements for a
page of any length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Grant, User, UserQuerySet
from certificates.facts import Training, trainings_among
from certificates.models import Certificate, Selection
from certificates.numbering import spaced
from divisions.models import Division
from exams.models import Attempt
from rosters.enums import Station, Turn
from rosters.models import Assignment

# Who has to move for a station to be reached. A nomination is the role of informant,
# which the office of the person's township, county or city grants.
TURNS = {
    Station.NOMINATED: Turn.OFFICE_SELECTS,
    Station.SELECTED: Turn.OFFICE_SELECTS,
    Station.TRAINED: Turn.PERSON_LEARNS,
    Station.EXAMINED: Turn.PERSON_SITS,
    Station.CERTIFIED: Turn.OFFICE_CERTIFIES,
    Station.IN_POST: Turn.OFFICE_ASSIGNS,
}
NEEDED = tuple(Station)[1:6]


class Reached(NamedTuple):
    """When, by whose hand and by which document."""

    on: date
    by: str
    document: str = ""


@dataclass(frozen=True)
class Stop:
    """A station of one person, reached or not."""

    station: Station
    reached: Reached | None


@dataclass(frozen=True)
class Journey:
    person: User
    stops: tuple[Stop, ...]

    def has(self, station: Station) -> bool:
        return any(each.reached for each in self.stops if each.station == station)

    @property
    def stands_at(self) -> Station | None:
        """The last station reached, whatever was left out before it."""
        reached = [each.station for each in self.stops if each.reached]
        return reached[-1] if reached else None

    @property
    def turn(self) -> Turn:
        """Whose move the first missing station is. Who serves waits for nobody, as
        long as the certificate counts."""
        if self.has(Station.IN_POST):
            certified = self.has(Station.CERTIFIED)
            return Turn.NOBODY if certified else Turn.PERSON_RENEWS
        return next(TURNS[each] for each in NEEDED if not self.has(each))


def people_followed(division: Division, *, on: date) -> UserQuerySet:
    """Everybody from the division who was nominated, chosen or assigned by then."""
    nominated = Grant.objects.filter(role=Role.INFORMANT, since__lte=on)
    chosen = Selection.objects.filter(chosen_on__lte=on)
    assigned = Assignment.objects.filter(since__lte=on)
    return (
        User.objects.within(division.code)
        .filter(
            Q(pk__in=nominated.values("user"))
            | Q(pk__in=chosen.values("person"))
            | Q(pk__in=assigned.values("person"))
        )
        .select_related("home_division")
    )


def journeys_of(people: Sequence[User], *, on: date) -> list[Journey]:
    """Return where each of ``people`` stands on that day."""
    ways = {
        Station.NOMINATED: nominations(people, on),
        Station.SELECTED: selections(people, on),
        Station.TRAINED: trainings(people, on),
        Station.EXAMINED: passes(people, on),
        Station.CERTIFIED: certifications(people, on),
        **services(people, on),
    }
    return [
        Journey(
            person,
            tuple(Stop(station, ways[station].get(person.pk)) for station in Station),
        )
        for person in people
    ]


def by_person(rows: Iterable[tuple[int, date, str, str]]) -> dict[int, Reached]:
    """The last row of each person counts."""
    return {
        person: Reached(day, by or "", document) for person, day, by, document in rows
    }


def nominations(people: Sequence[User], on: date) -> dict[int, Reached]:
    held = Grant.objects.current(on).filter(user__in=people, role=Role.INFORMANT)
    rows = held.order_by("-since", "pk")
    return by_person(
        rows.values_list("user", "since", "granted_by__real_name", "basis")
    )


def selections(people: Sequence[User], on: date) -> dict[int, Reached]:
    held = Selection.objects.in_force(on).filter(person__in=people)
    rows = held.order_by("-chosen_on", "pk")
    return by_person(
        rows.values_list("person", "chosen_on", "chosen_by__real_name", "basis")
    )


def trainings(people: Sequence[User], on: date) -> dict[int, Reached]:
    names = {person.pk: person.real_name for person in people}
    return {
        pk: Reached(each.on, names[pk], record_of(each))
        for pk, each in trainings_among(people).items()
        if each.on <= on
    }


def record_of(training: Training) -> str:
    """What stands for a document: the completed courses have no number of their own."""
    return _("Record of training: %(courses)s courses, %(lessons)s lessons") % {
        "courses": training.courses,
        "lessons": training.lessons,
    }


def passes(people: Sequence[User], on: date) -> dict[int, Reached]:
    known = Attempt.objects.with_results_out()
    passed = known.filter(candidate__in=people, passed=True)
    rows = passed.order_by("finished_at", "pk").values_list(
        "candidate", "finished_at", "candidate__real_name", "sitting__title"
    )
    days = ((person, timezone.localdate(at), *told) for person, at, *told in rows)
    return by_person(row for row in days if row[1] <= on)


def certifications(people: Sequence[User], on: date) -> dict[int, Reached]:
    valid = Certificate.objects.valid(on).filter(holder__in=people)
    rows = valid.order_by("issued_on", "pk")
    return by_person(
        (holder, day, office, spaced(number))
        for holder, day, office, number in rows.values_list(
            "holder", "issued_on", "office_name", "number"
        )
    )


def services(people: Sequence[User], on: date) -> dict[Station, dict[int, Reached]]:
    """In post on that day, a cover aside; or left, for those in no post."""
    rows = list(
        Assignment.objects.substantive()
        .filter(person__in=people, since__lte=on)
        .select_related("assigned_by", "ended_by")
        .order_by("since", "pk")
    )
    in_post = by_person(
        (each.person_id, each.since, each.assigned_by.real_name, each.document)
        for each in rows
        if each.until is None or each.until > on
    )
    left = by_person(
        (each.person_id, each.until, each.ended_by and each.ended_by.real_name, why)
        for each, why in ((each, leaving_of(each)) for each in rows)
        if each.person_id not in in_post
    )
    return {Station.IN_POST: in_post, Station.LEFT: left}


def leaving_of(held: Assignment) -> str:
    """The reason, and the document if one is named."""
    told = (held.get_leaving_display(), held.leaving_document)
    return " · ".join(str(each) for each in told if each)
