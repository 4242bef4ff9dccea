"""What came late beside what stands, as an office reads it: without the keys, for the
decision is about how the answers came and not about what they would be worth."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from exams.domain.kinds import asking_for
from exams.domain.showing import versions_of
from exams.models import Attempt, ItemVersion, LateAnswer


@dataclass(frozen=True)
class LateRow:
    """One question whose answer would be another."""

    no: int
    stands: str
    came: str
    late: LateAnswer

    @property
    def left(self) -> str:
        """What the device's own counter showed when the answer was given."""
        if self.late.left is None:
            return _("not told")
        minutes, seconds = divmod(abs(self.late.left), 60)
        words = f"{minutes}:{seconds:02d}"
        return words if self.late.left >= 0 else f"−{words}"


@dataclass(frozen=True)
class Comparison:
    """``upto`` is the last late answer that this comparison knows of."""

    rows: list[LateRow]
    waiting: int
    upto: int

    @property
    def keys_were_out(self) -> bool:
        return any(row.late.keys_were_out for row in self.rows)


def compared(attempt: Attempt) -> Comparison:
    """Return the questions that late answers undecided as yet would change."""
    waiting = list(attempt.late_answers.filter(decision=None))
    latest = {row.item_no: row for row in waiting}
    standing = {row.item_no: row for row in attempt.answers.all()}
    versions = versions_of(attempt, ItemVersion.objects.without_keys())
    rows = []
    for question in attempt.questions:
        late, stands = latest.get(question.no), standing[question.no]
        if late and (late.epoch, late.seq) > (stands.epoch, stands.seq):
            version, asking = versions[question.version], asking_for(question.kind)
            said = [
                asking.words(question, version, row.value) for row in (stands, late)
            ]
            rows.append(LateRow(question.no, *said, late))
    upto = max((row.pk for row in waiting), default=0)
    return Comparison(rows, len(waiting), upto)
