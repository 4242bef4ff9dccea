"""A frozen paper as a candidate sees it: while it is open, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from exams.enums import SHUFFLED, Kind, State
from exams.errors import BeingMarked, KeysHeld, StillOpen
from exams.models import Attempt, ItemVersion, KeyRevision, Question
from exams.sitting_errors import KeysHeldUntil, KeysHeldWhileSitting

from .holding import held_until, sits_now, spoken
from .keying import versions_marked_by
from .kinds import asking_for
from .kinds.asking import Line, Option
from .kinds.ledger_task import Reason
from .marking import points_for
from .scripts import points_by_hand


@dataclass(frozen=True)
class ShownQuestion:
    """A question without its key; ``form`` is the template of its inputs."""

    no: int
    kind: str
    stem: str
    points: int
    unit: str
    form: str
    longest: int
    options: list[Option]
    lines: list[Line]
    parts: list[ShownQuestion]
    card: object | None
    value: object

    @property
    def kind_name(self) -> str:
        return Kind(self.kind).label

    @property
    def is_answered(self) -> bool:
        return self.value is not None

    @property
    def takes_many(self) -> bool:
        return self.kind == Kind.MULTIPLE

    @property
    def lists_options(self) -> bool:
        """Whether an answer is told by the letters of options."""
        return self.kind in SHUFFLED


@dataclass(frozen=True)
class ExplainedQuestion:
    """A question with its key, for one whose attempt is over."""

    shown: ShownQuestion
    earned: Decimal
    given: str
    right: str
    because: str
    reasons: list[Reason]
    cites: list[str]
    grounds: str
    revision: KeyRevision | None

    @property
    def verdict(self) -> str:
        if self.earned == self.shown.points:
            return "right"
        return "partly" if self.earned else "wrong"


def questions_to_answer(attempt: Attempt) -> list[ShownQuestion]:
    """Return the paper without its keys: they are not even read."""
    versions = versions_of(attempt, ItemVersion.objects.without_keys())
    return shown(attempt, versions)


def may_see_keys(attempt: Attempt, *, at: datetime) -> bool:
    """Whether the keys of a paper are out. Shown while others sit with the same
    questions, in this sitting or another, they would be theirs as well."""
    if attempt.is_open or not attempt.sitting.has_results_out:
        return False
    return keys_held_until(attempt, at=at) is None


def keys_held_until(attempt: Attempt, *, at: datetime) -> datetime | None:
    """Return until when sittings hold the keys of a paper; None when none does."""
    return held_until({question.version for question in attempt.questions}, at=at)


def refuse_keys(attempt: Attempt, *, at: datetime, reader: User) -> None:
    """Raise ``KeysHeld``, ``KeysHeldUntil``, or ``KeysHeldWhileSitting`` to whoever
    has a paper open; silent if ``reader`` may see the keys."""
    if not attempt.sitting.has_results_out:
        raise KeysHeld
    if sits_now(reader, at=at):
        raise KeysHeldWhileSitting
    if ends := keys_held_until(attempt, at=at):
        raise KeysHeldUntil(ends=spoken(ends))


def questions_explained(
    attempt: Attempt, *, at: datetime, reader: User | None = None
) -> list[ExplainedQuestion]:
    """Return the paper with keys and reasons, to its candidate or to ``reader``.

    Raises ``StillOpen`` before it is handed in, ``BeingMarked`` while people mark it,
    and a ``KeysHeld`` while others can still sit with the same questions, or while
    the reader sits."""
    if attempt.is_open:
        raise StillOpen
    if attempt.state == State.SUBMITTED:
        raise BeingMarked
    refuse_keys(attempt, at=at, reader=reader or attempt.candidate)
    versions = versions_marked_by(attempt.keys, attempt.questions)
    pairs = zip(shown(attempt, versions), attempt.questions, strict=True)
    given = points_by_hand([attempt])[attempt.pk]
    return [
        explained(each, question, versions[question.version], given.get(each.no))
        for each, question in pairs
    ]


def versions_of(attempt: Attempt, among: QuerySet) -> dict[int, ItemVersion]:
    return among.in_bulk([question.version for question in attempt.questions])


def shown(attempt: Attempt, versions: dict[int, ItemVersion]) -> list[ShownQuestion]:
    values = dict(attempt.answers.values_list("item_no", "value"))
    return [
        question_shown(question, versions[question.version], values.get(question.no))
        for question in attempt.questions
    ]


def question_shown(
    question: Question, version: ItemVersion, value: object
) -> ShownQuestion:
    asking = asking_for(question.kind)
    parts = asking.asked(question, version, value)
    return ShownQuestion(
        no=question.no,
        kind=question.kind,
        stem=version.stem,
        points=question.points,
        unit=version.unit,
        form=asking.form,
        longest=asking.longest,
        options=asking.options(question, version, value),
        lines=asking.lines(question, version, value),
        parts=[question_shown(*part) for part in parts],
        card=asking.card(version),
        value=value,
    )


def explained(
    each: ShownQuestion,
    question: Question,
    version: ItemVersion,
    by_hand: Decimal | None,
) -> ExplainedQuestion:
    asking = asking_for(question.kind)
    return ExplainedQuestion(
        shown=each,
        earned=points_for(question, version, each.value, by_hand),
        given=asking.words(question, version, each.value),
        right=asking.right_words(question, version),
        because=version.because,
        reasons=asking.reasons(version),
        cites=version.cites,
        grounds=version.get_attested_display(),
        revision=version.revision,
    )
