"""Which clauses people know, county by county: what to teach again.

A question counts for every section it cites. An answer is right when it earned all
its points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from accounts.models import User
from courses.models import LessonPage
from divisions.models import Division
from exams.models import CohortItem, ItemVersion, Sitting

from .items import FEW, wilson
from .reading import codes_of

# Fewer right answers than a paper needs to pass by the usual mark.
TEACH_AGAIN = 0.6


@dataclass(frozen=True)
class Knowledge:
    """How many answers there were, and how many were right."""

    count: int = 0
    right: int = 0

    def __add__(self, other: Knowledge) -> Knowledge:
        return Knowledge(self.count + other.count, self.right + other.right)

    @property
    def share(self) -> float | None:
        return self.right / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.share, self.count) if self.count else None

    @property
    def bears(self) -> bool:
        """Enough answers to say something."""
        return self.count >= FEW

    @property
    def to_teach(self) -> bool:
        return self.bears and self.share < TEACH_AGAIN


NOTHING = Knowledge()


@dataclass
class ClauseReport:
    """``table`` holds what is known, by county code and citation."""

    table: dict[tuple[str, str], Knowledge]
    counties: list[Division]
    lessons: dict[str, list[LessonPage]] = field(default_factory=dict)

    def by_clause(self, county: str = "") -> list[tuple[str, Knowledge]]:
        """What one county knows, or all of them, the least known first."""
        told: dict[str, Knowledge] = defaultdict(Knowledge)
        for (code, citation), known in self.table.items():
            if county in ("", code):
                told[citation] += known
        return sorted(told.items(), key=least_known)

    def by_county(self, citation: str) -> list[tuple[Division, Knowledge]]:
        """Who knows one clause, in the order of the counties' codes."""
        return [
            (county, known)
            for county in self.counties
            if (known := self.table.get((county.code, citation), NOTHING)).count
        ]


def least_known(pair: tuple[str, Knowledge]) -> tuple[float, str]:
    citation, known = pair
    return known.share, citation


def clause_report(sittings: QuerySet[Sitting], *, for_user: User) -> ClauseReport:
    """Return what the reader's people answered in these sittings, in four queries."""
    rows = (
        CohortItem.objects.filter(sitting__in=sittings)
        .counties_within(codes_of(for_user))
        .values_list("cohort", "version")
        .annotate(answers=Sum("count"), rights=Sum("right"))
        .order_by()
    )
    told = [(code, key, Knowledge(n, right)) for code, key, n, right in rows]
    versions = {key for _code, key, _known in told}
    cites = dict(ItemVersion.objects.filter(pk__in=versions).values_list("pk", "cites"))
    table = summed_by_clause(told, cites)
    codes = {code for code, _citation in table}
    return ClauseReport(
        table=table,
        counties=list(Division.objects.filter(code__in=codes)),
        lessons=lessons_on({citation for _code, citation in table}),
    )


def summed_by_clause(
    told: Iterable[tuple[str, int, Knowledge]], cites: Mapping[int, list[str]]
) -> dict[tuple[str, str], Knowledge]:
    table: dict[tuple[str, str], Knowledge] = defaultdict(Knowledge)
    for code, version, known in told:
        for citation in dict.fromkeys(cites[version]):
            table[code, citation] += known
    return dict(table)


def lessons_on(citations: set[str]) -> dict[str, list[LessonPage]]:
    """The published lessons that teach each section."""
    lessons: dict[str, list[LessonPage]] = defaultdict(list)
    for lesson in LessonPage.objects.live().order_by("path"):
        for citation in citations.intersection(lesson.cited):
            lessons[citation].append(lesson)
    return dict(lessons)
