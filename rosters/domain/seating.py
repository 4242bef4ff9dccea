"""The seats of one division's own post, filled and empty, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

import measures
from certificates.models import Certificate
from divisions.models import Division
from rosters.domain.horizons import SOON
from rosters.domain.quotas import quota_of
from rosters.models import Assignment


@dataclass(frozen=True)
class Seat:
    """Somebody in post; ``certified_until`` None: the certificate counts no more."""

    assignment: Assignment
    certified_until: date | None
    on: date

    @property
    def counts(self) -> bool:
        return self.certified_until is not None

    @property
    def is_leaving(self) -> bool:
        """Whether the last day is set; a cover has one anyway."""
        return bool(self.assignment.until) and not self.assignment.is_acting

    @property
    def runs_out_soon(self) -> bool:
        return self.counts and self.certified_until <= self.on + SOON


@dataclass(frozen=True)
class Bench:
    """The division's quota, who sits there, and how many seats are empty."""

    quota: measures.Quota
    seats: list[Seat]

    @property
    def vacancies(self) -> range:
        return range(self.quota.gap or 0)


def bench_of(division: Division, *, on: date) -> Bench:
    valid = Certificate.objects.valid(on).filter(holder=OuterRef("person"))
    held = (
        Assignment.objects.in_force(on)
        .filter(division=division)
        .for_list()
        .annotate(
            certified_until=Subquery(
                valid.order_by("-expires_on").values("expires_on")[:1]
            )
        )
        .order_by("since", "pk")
    )
    seats = [Seat(each, each.certified_until, on) for each in held]
    return Bench(quota_of(division, on=on), seats)
