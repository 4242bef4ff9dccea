"""Scorecards of informants and of offices over a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count

from accounts.models import User, UserQuerySet
from divisions.models import Division
from divisions.scoping import in_subtrees
from rosters.domain.trends import points_on
from rosters.models import Assignment

from .faults import faults_by, faults_within
from .figures import (
    Figure,
    Keys,
    assignments_of,
    corrections,
    days_served,
    on_time,
    refreshers_by,
    score_of,
    steps_in,
)
from .overdue import overdue_by, overdue_within
from .terms import Period, terms_on

T = TypeVar("T")


@dataclass(frozen=True)
class Scorecard:
    """Of a person or an office; every figure with what it is of."""

    subject: User | Division
    period: Period
    figures: tuple[Figure, ...]

    @property
    def score(self) -> int | None:
        return score_of(self.figures)


def people_appraised(division: Division, period: Period) -> UserQuerySet:
    """Everybody who held a post in the division in the period."""
    held = Assignment.objects.within(division.code).filter(since__lt=period.until)
    held = held.ending_after(period.since)
    return User.objects.filter(pk__in=held.values("person")).select_related(
        "home_division"
    )


def scorecards_of(people: Sequence[User], period: Period) -> list[Scorecard]:
    """Eleven statements for any number of people; of a page, for each is a variable."""
    return cards_of(people, [person.pk for person in people], period)


def scorecards_within(division: Division, period: Period) -> list[Scorecard]:
    """Of all ``people_appraised``: twelve statements, as long for many as for one."""
    people = people_appraised(division, period)
    return cards_of(list(people), people.order_by().values("pk"), period)


def cards_of(people: Sequence[User], keys: Keys, period: Period) -> list[Scorecard]:
    """``keys`` are those of ``people``, or a subquery that finds them."""
    terms = terms_on(period.last)
    in_post, valid = days_served(assignments_of(keys), period)
    rows = steps_in(period).filter(by__in=keys)
    taken, punctual = on_time(rows.values_list("by", "on", "due_from"), terms)
    overdue = overdue_by(keys, period, terms)
    due, refreshed = refreshers_by(keys, period)
    wrong, mended = faults_by(keys, period, terms)
    entered = corrections(period).filter(by__in=keys).values_list("by")
    corrected = dict(entered.annotate(number=Count("pk")))
    cards = []
    for person in people:
        pk = person.pk
        found = {
            "certificates": (valid[pk], in_post[pk]),
            "cases": (punctual[pk], taken[pk] + overdue[pk]),
            "refreshers": (refreshed[pk], due[pk]),
            "faults": (mended[pk], wrong[pk]),
            "corrections": (corrected.get(pk, 0), None),
        }
        cards.append(Scorecard(person, period, weighed(found, terms.informant)))
    return cards


def office_scorecard(division: Division, period: Period) -> Scorecard:
    """Of the division's office: its whole subtree's posts, its own level's steps."""
    terms = terms_on(period.last)
    staff = [point.staff for point in points_on(division, period.firsts())]
    required = sum(each.required for each in staff)
    in_post, valid = days_served(Assignment.objects.within(division.code), period)
    rows = steps_in(period).filter(
        in_subtrees((division.code,), "division_code"), level=division.level
    )
    taken, punctual = on_time(rows.values_list("level", "on", "due_from"), terms)
    overdue = sum(
        step.level == division.level
        for step in overdue_within([division.code], period, terms)
    )
    wrong, mended = faults_within(division, period, terms)
    entered = corrections(period).filter(in_subtrees((division.code,), "division_code"))
    found = {
        "quota": (required - sum(each.gap for each in staff), required),
        "certificates": (valid.total(), in_post.total()),
        "cases": (punctual.total(), taken.total() + overdue),
        "faults": (mended, wrong),
        "corrections": (entered.count(), None),
    }
    return Scorecard(division, period, weighed(found, terms.office))


def weighed(
    found: dict[str, tuple[int, int | None]], weights: dict[str, int]
) -> tuple[Figure, ...]:
    return tuple(
        Figure(key, done, of, weights[key]) for key, (done, of) in found.items()
    )
