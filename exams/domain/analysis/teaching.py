"""What too few people of a county know, and the lessons on it to be read again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.rereading import ask_to_reread
from courses.models import LessonPage, Rereading
from divisions.models import Division
from exams.errors import NothingToTeach

from .clauses import ClauseReport, Knowledge, clause_report
from .reading import analysed_sittings


@dataclass(frozen=True)
class Gap:
    """A section that too few of a county's people know, and the lessons on it."""

    county: Division
    citation: str
    known: Knowledge
    lessons: list[LessonPage]


def gaps_in(report: ClauseReport) -> list[Gap]:
    """What to teach again, the least known first."""
    counties = {each.code: each for each in report.counties}
    gaps = [
        Gap(counties[code], citation, known, report.lessons.get(citation, []))
        for (code, citation), known in report.table.items()
        if known.to_teach
    ]
    return sorted(gaps, key=lambda gap: (gap.known.share, gap.county.code))


def gaps_for(user: User, *, at: datetime) -> list[Gap]:
    """What to teach again to the people that ``user`` oversees."""
    sittings = analysed_sittings(user, at=at)
    return gaps_in(clause_report(sittings, for_user=user))


def lessons_on_gaps(gaps: list[Gap]) -> dict[LessonPage, str]:
    """The lessons on these gaps, each with the sections that it is to be read for."""
    sections: dict[LessonPage, list[str]] = defaultdict(list)
    for gap in gaps:
        for lesson in gap.lessons:
            sections[lesson].append(gap.citation)
    return {lesson: "、".join(named) for lesson, named in sections.items()}


@transaction.atomic
def have_lessons_reread(county: Division, *, by: User, at: datetime) -> list[Rereading]:
    """Ask the people of ``county`` to read again what teaches their gaps, in one act;
    the same again asks for nothing twice. Raises ``NothingToTeach``."""
    gaps = [gap for gap in gaps_for(by, at=at) if gap.county == county]
    lessons = lessons_on_gaps(gaps)
    if not lessons:
        raise NothingToTeach
    return ask_to_reread(lessons, division=county, by=by, at=at)
