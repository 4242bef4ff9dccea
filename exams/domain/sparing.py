"""Sparing questions: this person has just met some, and everybody meets others.

Both are soft rules, looked up anew for each start by a number of queries that does
not grow with the sitting. How often questions are asked is taken from the papers
that were drawn last, and counted nowhere: a counter would be a row that thousands of
starts at once queue for. Starts of the same moment do not see each other, so that a
question may for a moment be asked more often than it should; it then rests longer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from accounts.models import User
from exams.models import Attempt, ReleaseEntry, Sitting
from exams.models.blueprints import NO_CAP

from .drawing import Spared

# Of so many papers of a sitting, the latest, a question may be in so many per cent;
# while there are fewer than the least, as if there were so many.
LATEST, FEWEST = 50, 20


def spared_for(sitting: Sitting, *, by: User) -> Spared:
    """Return which questions of the sitting's release ``by``'s paper takes last, as
    the blueprint has it."""
    return Spared(seen=seen_by(by, sitting), worn=worn_in(sitting))


def seen_by(person: User, sitting: Sitting) -> frozenset[int]:
    """The sitting's versions of what this person was asked in the last attempts at
    any sitting, be it in other versions. Two queries, or none."""
    if not (count := sitting.blueprint.spares_attempts):
        return frozenset()
    papers = Attempt.objects.of(person).order_by("-started_at", "-pk")
    asked = {
        row["version"]
        for paper in papers.values_list("paper", flat=True)[:count]
        for row in paper
    }
    entries = ReleaseEntry.objects.filter(
        release=sitting.release_id, item__versions__in=asked
    )
    return frozenset(entries.values_list("version", flat=True))


def worn_in(sitting: Sitting) -> frozenset[int]:
    """One query over the papers drawn last, or none."""
    if not sitting.blueprint.caps_exposure:
        return frozenset()
    papers = sitting.attempts.order_by("-pk").values_list("paper", flat=True)
    return worn_among(
        ([row["version"] for row in paper] for paper in papers[:LATEST]),
        percent=sitting.blueprint.exposure_percent,
    )


def worn_among(papers: Iterable[list[int]], *, percent: int) -> frozenset[int]:
    """Return what is in so many per cent of these papers, or in more."""
    counted = list(papers)
    asked = Counter(question for paper in counted for question in paper)
    limit = percent * max(len(counted), FEWEST)
    return frozenset(
        question
        for question, times in asked.items()
        if percent < NO_CAP and 100 * times >= limit
    )
