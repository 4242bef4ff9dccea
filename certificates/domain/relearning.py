"""What a refresher asks its holder to read: the lessons on what differs, each opened
since the office called. The exam alone renews nothing while one is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from certificates.domain.affecting import affected_clauses, live_lessons, teaching
from certificates.models import Certificate
from courses.models import LessonVisit


@dataclass(frozen=True)
class Relearning:
    """By title, the lessons asked for, each with the day on which it was opened last;
    None if not since the call."""

    opened: tuple[tuple[str, date | None], ...] = ()

    def unread(self, on: date) -> list[str]:
        return [title for title, day in self.opened if day is None or day > on]

    @property
    def read_on(self) -> date | None:
        """The day of the last one, once all are read."""
        days = [day for _title, day in self.opened]
        return None if None in days else max(days, default=None)


NOTHING_ASKED = Relearning()


def relearnings_of(called: Sequence[Certificate], *, on: date) -> dict[int, Relearning]:
    """By holder, of certificates whose holders are called (``called_on``); four
    statements for one as for many, and none for none."""
    if not called:
        return {}
    changes, lessons = affected_clauses(called, on=on), live_lessons()
    holders = [each.holder_id for each in called]
    seen = {
        (person, lesson): timezone.localdate(at)
        for person, lesson, at in LessonVisit.objects.filter(
            person__in=holders
        ).values_list("person", "lesson", "seen_at")
    }
    return {
        each.holder_id: Relearning(
            tuple(
                (lesson.title, day if day and day >= each.called_on else None)
                for lesson in teaching(changes[each.pk], lessons)
                for day in [seen.get((each.holder_id, lesson.pk))]
            )
        )
        for each in called
    }
