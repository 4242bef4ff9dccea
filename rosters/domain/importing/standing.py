"""What ``assign_person`` asks about one person, read for a whole file at once.

A few statements for each day that the file names, whatever its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import measures
from accounts.models import User
from certificates.errors import NotChosen, NotTrained
from certificates.facts import trained_among
from certificates.models import Certificate, Selection
from core.errors import Refused
from divisions.enums import Kind
from divisions.models import Designation, Division
from rosters.domain.occupying import Stay, most_at_once, stays_of
from rosters.domain.quotas import quota
from rosters.errors import (
    AlreadyInPost,
    NoMoreSeats,
    NoPost,
    NotCertified,
    NotReady,
    SeatTaken,
    ServedUntil,
    WrongOffice,
)
from rosters.models import Assignment
from rosters.permissions import can_assign

from .looking_up import chunks


@dataclass(frozen=True)
class Posting:
    """One row, read: who is to serve where from when, and by what document."""

    person: User
    division: Division
    since: date
    document: str


@dataclass
class Ground:
    """What holds on one day for the people and divisions that the file names then."""

    chosen: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    certificates: dict[int, int] = field(default_factory=dict)
    poor: set[int] = field(default_factory=set)
    with_tasks: set[int] = field(default_factory=set)
    stays: dict[str, list[Stay]] = field(default_factory=dict)


class Standing:
    """Judges posting after posting as ``assign_person`` would, one after the other."""

    def __init__(self, postings: Sequence[Posting]) -> None:
        self.open: dict[int, Assignment] = {}
        self.served_until: dict[int, date] = {}
        self.past: set[tuple[int, int, date]] = set()
        self.trained: set[int] = set()
        self.placed: defaultdict[int, list[Stay]] = defaultdict(list)
        people = {each.person.pk: each.person for each in postings}
        for chunk in chunks(people.values()):
            self.trained |= trained_among(chunk)
            self.read_histories(chunk)
        days: defaultdict[date, list[Posting]] = defaultdict(list)
        for each in postings:
            days[each.since].append(each)
        self.grounds = {day: ground_of(rows, day) for day, rows in days.items()}

    def read_histories(self, people: list[User]) -> None:
        held = Assignment.objects.substantive().filter(person__in=people)
        for each in held.select_related("division").order_by("until"):
            self.past.add((each.person_id, each.division_id, each.since))
            if each.until is None:
                self.open[each.person_id] = each
            else:
                self.served_until[each.person_id] = each.until

    def is_known(self, posting: Posting) -> bool:
        """Whether the person serves there, or served there from that very day."""
        held = self.open.get(posting.person.pk)
        where = posting.person.pk, posting.division.pk, posting.since
        return where in self.past or bool(
            held and held.division_id == posting.division.pk
        )

    def refusal_of(self, posting: Posting, *, by: User) -> Refused | None:
        person, division = posting.person, posting.division
        if not can_assign(by, division):
            return WrongOffice(division=division)
        asked = self.quota_of(posting)
        if asked.minimum == 0:
            return NoPost(division=division)
        if missing := self.missing_conditions(posting):
            return NotReady(person=person, missing=missing)
        until = self.served_until.get(person.pk)
        if until and until > posting.since:
            return ServedUntil(person=person, until=until)
        if asked.gap:
            return None
        if asked.minimum == asked.maximum:
            return NoMoreSeats(division=division, maximum=asked.maximum)
        return SeatTaken(division=division)

    def quota_of(self, posting: Posting) -> measures.Quota:
        """On the fullest day from then on, with those whom earlier rows put there."""
        ground, pk = self.grounds[posting.since], posting.division.pk
        stays = [*ground.stays.get(posting.division.code, ()), *self.placed[pk]]
        there = most_at_once(stays, on=posting.since)
        level = posting.division.level
        return quota(level, pk in ground.poor, pk in ground.with_tasks, there)

    def missing_conditions(self, posting: Posting) -> list[Refused]:
        ground, pk = self.grounds[posting.since], posting.person.pk
        missing: list[Refused] = []
        if not posting.division.code.startswith(tuple(ground.chosen.get(pk, ()))):
            missing.append(NotChosen())
        if pk not in self.trained:
            missing.append(NotTrained())
        if pk not in ground.certificates:
            missing.append(NotCertified())
        if held := self.open.get(pk):
            missing.append(AlreadyInPost(division=held.division))
        return missing

    def certificate_of(self, posting: Posting) -> int:
        return self.grounds[posting.since].certificates[posting.person.pk]

    def place(self, posting: Posting) -> None:
        """Let later rows know of this one."""
        self.placed[posting.division.pk].append(Stay(posting.since))


def ground_of(postings: Iterable[Posting], day: date) -> Ground:
    postings = list(postings)
    ground = Ground()
    for people in chunks(sorted({each.person.pk for each in postings})):
        chosen = Selection.objects.in_force(day).filter(person__in=people).order_by()
        for person, code in chosen.values_list("person", "division_code"):
            ground.chosen[person].append(code)
        valid = Certificate.objects.valid(day).filter(holder__in=people)
        longest_last = valid.order_by("expires_on", "pk")
        ground.certificates |= dict(longest_last.values_list("holder", "pk"))
    for places in chunks(sorted({each.division.pk for each in postings})):
        designated = Designation.objects.in_force(day).filter(division__in=places)
        for pk, kind in designated.values_list("division", "kind"):
            if kind == Kind.POOR_COUNTY:
                ground.poor.add(pk)
            elif kind == Kind.HAS_TASKS:
                ground.with_tasks.add(pk)
        held = Assignment.objects.filter(division__in=places)
        ground.stays |= stays_of(held, on=day)
    return ground
