"""Who is touched by a regrade, as its reader may know it, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from exams.models import Regrade, ScoreChange, overseen_codes

from .analysis.workbook import FIGURE, Column, Table, Value
from .regrading import Line, Weighing, dependents_of

Change = Line | ScoreChange


@dataclass(frozen=True)
class Touched:
    """The scores that change or have changed, sorted by what that means; ``resting``
    says what rests on an attempt whose verdict changes, by its key."""

    failing: Sequence[Change]
    passing: Sequence[Change]
    others: Sequence[Change]
    resting: dict[int, list[dict[str, str]]]

    @property
    def groups(self) -> list[tuple[str, Sequence[Change]]]:
        return [
            (_("Newly failed"), self.failing),
            (_("Newly passed"), self.passing),
            (_("Other changed scores"), self.others),
        ]

    @property
    def holding(self) -> int:
        """How many newly fail and hold something that rests on their having passed."""
        return sum(each.attempt.pk in self.resting for each in self.failing)


def touched_by(
    regrade: Regrade, weighing: Weighing | None, *, user: User, whole: bool
) -> Touched:
    """Return what ``weighing`` would change, or what was changed: the ``whole`` of it
    to whoever may confirm it, to others what becomes of their own people."""
    changes: Iterable[Change] = weighing.changed if weighing else changes_of(regrade)
    codes = overseen_codes(user)
    seen = [
        each
        for each in changes
        if whole or each.attempt.division_code.startswith(codes)
    ]
    passing = [each for each in seen if each.newly_passes]
    failing = [each for each in seen if each.newly_fails]
    resting = dependents_of(each.attempt for each in [*passing, *failing])
    # First those about whose certificates somebody has to decide.
    failing.sort(key=lambda each: each.attempt.pk not in resting)
    others = [each for each in seen if not (each.newly_passes or each.newly_fails)]
    return Touched(failing, passing, others, resting)


def changes_of(regrade: Regrade) -> Iterable[ScoreChange]:
    related = ("attempt__candidate", "attempt__division", "attempt__sitting")
    return regrade.changes.select_related(*related)


def regrade_table(touched: Touched) -> Table:
    """All of them, however many: what is confirmed can be read before."""
    columns = [
        Column(_("What changes")),
        Column(_("Candidate")),
        Column(_("Place")),
        Column(_("Sitting")),
        Column(_("Score before"), FIGURE),
        Column(_("Score after"), FIGURE),
        Column(_("Rests on it")),
    ]
    return Table(_("Regrade"), columns, list(rows_of(touched)))


def rows_of(touched: Touched) -> Iterator[list[Value]]:
    for title, changes in touched.groups:
        for each in changes:
            resting = touched.resting.get(each.attempt.pk, [])
            yield [
                title,
                each.attempt.candidate.real_name,
                each.attempt.division.full_name,
                each.attempt.sitting.title,
                float(each.before),
                float(each.after),
                "、".join(str(said["words"]) for said in resting),
            ]
