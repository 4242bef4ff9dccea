"""Marking papers anew by a revised key: seen before it is done, done by two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from core.audit import record
from exams.enums import State
from exams.errors import (
    KeySuperseded,
    NothingToRegrade,
    RegradeMoved,
    RegradeOver,
    SamePerson,
)
from exams.models import (
    AnswerNow,
    Attempt,
    Item,
    ItemVersion,
    KeyRevision,
    Question,
    Regrade,
    ScoreChange,
    Sitting,
)
from exams.signals import attempt_passed, dependents_asked, regrade_confirmed
from exams.sitting_errors import OwnSitting

from .analysis.uncounting import uncount_attempts
from .keying import is_superseded, keyed
from .kinds import asking_for
from .marking import has_passed, points_for
from .scripts import marks_given

BATCH = 500


@dataclass(frozen=True)
class Line:
    """One attempt as a regrade leaves it."""

    attempt: Attempt
    after: Decimal
    passed_after: bool

    @property
    def before(self) -> Decimal:
        return self.attempt.score

    @property
    def newly_passes(self) -> bool:
        return self.passed_after and not self.attempt.passed

    @property
    def newly_fails(self) -> bool:
        return self.attempt.passed and not self.passed_after

    @property
    def changes(self) -> bool:
        return self.after != self.before


@dataclass(frozen=True)
class Weighing:
    """What a regrade would do: every attempt that it marks by the other key."""

    lines: list[Line]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes]

    @property
    def newly_passing(self) -> list[Line]:
        return [line for line in self.lines if line.newly_passes]

    @property
    def newly_failing(self) -> list[Line]:
        return [line for line in self.lines if line.newly_fails]

    @property
    def raised(self) -> int:
        return sum(line.after > line.before for line in self.lines)

    @property
    def lowered(self) -> int:
        return sum(line.after < line.before for line in self.lines)

    @property
    def mark(self) -> str:
        """Equal for equal outcomes, so that what is confirmed is what was seen."""
        outcome = [(line.attempt.pk, str(line.after)) for line in self.lines]
        return sha256(repr(outcome).encode()).hexdigest()


def weigh(regrade: Regrade) -> Weighing:
    """Mark the papers by the new key without writing anything."""
    attempts = scope_of(regrade).for_list().order_by("pk")
    return Weighing(list(lines_of(regrade.revision, attempts)))


def scope_of(regrade: Regrade) -> QuerySet[Attempt]:
    return attempts_in_reach(regrade).filter(state=State.MARKED)


def attempts_in_reach(regrade: Regrade) -> QuerySet[Attempt]:
    """Marked or not yet: all whose papers may ask the question there."""
    attempts = Attempt.objects.all()
    if regrade.sitting_id:
        attempts = attempts.filter(sitting=regrade.sitting_id)
    sittings = sittings_with(regrade.revision.version)
    return attempts.filter(sitting__in=sittings.values("pk"))


def sittings_with(version: ItemVersion) -> QuerySet[Sitting]:
    """The sittings whose papers are drawn from a release that holds the version."""
    return Sitting.objects.filter(release__entries__version=version)


def lines_of(revision: KeyRevision, attempts: QuerySet[Attempt]) -> Iterator[Line]:
    batch: list[tuple[Attempt, Question]] = []
    for attempt in attempts.iterator(chunk_size=BATCH):
        question = question_of(attempt, revision.version_id)
        if question and attempt.keys.get(str(revision.version_id)) != revision.pk:
            batch.append((attempt, question))
        if len(batch) == BATCH:
            yield from weighed(revision, batch)
            batch = []
    yield from weighed(revision, batch)


def question_of(attempt: Attempt, version: int) -> Question | None:
    found = (row for row in attempt.paper if row["version"] == version)
    row = next(found, None)
    # A sitting of twenty thousand papers is not kept in memory.
    attempt.paper = []
    return Question(**row) if row else None


def weighed(
    revision: KeyRevision, batch: list[tuple[Attempt, Question]]
) -> Iterator[Line]:
    """The score moves by what this one question earns more or less."""
    written = {revision.version_id: revision.version}
    revisions = {revision.pk: revision}
    numbers = {attempt.pk: question.no for attempt, question in batch}
    answers = answers_to(numbers)
    given = marks_given(numbers) if asking_for(revision.version.kind).is_by_hand else {}
    for attempt, question in batch:
        known = keyed(written, attempt.keys, revisions)[revision.version_id]
        value, marks = answers.get(attempt.pk), given.get(attempt.pk)
        revised = written[revision.version_id].keyed(revision)
        gain = points_for(question, revised, value, marks)
        loss = points_for(question, known, value, marks)
        after = attempt.score + gain - loss
        yield Line(attempt, after, has_passed(after, attempt))


def answers_to(numbers: dict[int, int]) -> dict[int, object]:
    by_number: dict[int, list[int]] = defaultdict(list)
    for attempt, number in numbers.items():
        by_number[number].append(attempt)
    found = {}
    for number, attempts in by_number.items():
        rows = AnswerNow.objects.filter(attempt__in=attempts, item_no=number)
        found |= dict(rows.values_list("attempt", "value"))
    return found


def dependents_of(attempts: Iterable[Attempt]) -> dict[int, list[dict[str, str]]]:
    """Ask the apps above what rests on these attempts, a certificate for one: by
    attempt, the words for it and the address of its page."""
    keys = [attempt.pk for attempt in attempts]
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for _receiver, said in dependents_asked.send(Attempt, attempts=keys):
        for key, words in said.items():
            found[key].append(words)
    return dict(found)


@transaction.atomic
def propose_regrade(
    revision: KeyRevision, *, sitting: Sitting | None, by: User, at: datetime
) -> Regrade:
    """Propose to mark by ``revision`` what was marked otherwise, in ``sitting`` or
    everywhere; the same again returns what waits. Raises ``KeySuperseded`` or
    ``NothingToRegrade``."""
    # The lock of ``revise_key``: no newer key is written while this is decided.
    Item.objects.select_for_update().get(pk=revision.version.item_id)
    if is_superseded(revision):
        raise KeySuperseded
    waiting = Regrade.objects.filter(
        revision=revision, sitting=sitting, confirmed_at=None, withdrawn_at=None
    )
    if known := waiting.first():
        return known
    regrade = Regrade(
        revision=revision, sitting=sitting, proposed_by=by, proposed_at=at
    )
    if not weigh(regrade).lines:
        raise NothingToRegrade
    regrade.save()
    sought = sitting.pk if sitting else None
    record("regrade.proposed", regrade, by=by, revision=revision.pk, sitting=sought)
    return regrade


@transaction.atomic
def confirm_regrade(regrade: Regrade, *, seen: str, by: User, at: datetime) -> Regrade:
    """Carry the regrade out, all of it or nothing; confirmed already, it stays.

    Raises ``RegradeOver``, ``KeySuperseded``, ``SamePerson``, ``OwnSitting`` to whoever
    has a paper there, or ``RegradeMoved`` when the outcome is not the one ``seen``.
    """
    regrade = Regrade.objects.select_for_update().get(pk=regrade.pk)
    if regrade.confirmed_at:
        return regrade
    if regrade.withdrawn_at:
        raise RegradeOver
    if is_superseded(regrade.revision):
        raise KeySuperseded
    if regrade.proposed_by_id == by.pk:
        raise SamePerson
    if attempts_in_reach(regrade).of(by).exists():
        raise OwnSitting
    # In one order, so that two regrades at once wait and do not deadlock.
    list(scope_of(regrade).select_for_update().order_by("pk").only("pk"))
    weighing = weigh(regrade)
    if weighing.mark != seen:
        raise RegradeMoved
    regrade.confirmed_by, regrade.confirmed_at = by, at
    regrade.save(update_fields=["confirmed_by", "confirmed_at"])
    write_scores(regrade, weighing)
    counts = {
        "touched": len(weighing.lines),
        "changed": len(weighing.changed),
        "newly_passed": len(weighing.newly_passing),
        "newly_failed": len(weighing.newly_failing),
    }
    record("regrade.confirmed", regrade, by=by, **counts)
    announce(regrade, weighing)
    return regrade


def write_scores(regrade: Regrade, weighing: Weighing) -> None:
    ScoreChange.objects.bulk_create(
        [
            ScoreChange(
                regrade=regrade,
                attempt=line.attempt,
                before=line.before,
                after=line.after,
                passed_before=line.attempt.passed,
                passed_after=line.passed_after,
            )
            for line in weighing.changed
        ],
        batch_size=BATCH,
    )
    key = {str(regrade.revision.version_id): regrade.revision_id}
    for line in weighing.lines:
        line.attempt.keys = line.attempt.keys | key
    for sitting, attempts in by_sitting(weighing).items():
        uncount_attempts(sitting, attempts, at=regrade.confirmed_at)
    attempts = [moved(line) for line in weighing.lines]
    Attempt.objects.bulk_update(
        attempts, ["score", "passed", "keys"], batch_size=BATCH // 5
    )


def by_sitting(weighing: Weighing) -> dict[Sitting, list[int]]:
    found: dict[Sitting, list[int]] = defaultdict(list)
    for line in sorted(weighing.lines, key=lambda line: line.attempt.sitting_id):
        found[line.attempt.sitting].append(line.attempt.pk)
    return dict(found)


def moved(line: Line) -> Attempt:
    return Attempt(
        pk=line.attempt.pk,
        score=line.after,
        passed=line.passed_after,
        keys=line.attempt.keys,
    )


def announce(regrade: Regrade, weighing: Weighing) -> None:
    """Tell those above once it is certain: who has earned something now, and that
    the sums are to be counted anew."""
    passed = [line.attempt.pk for line in weighing.newly_passing]
    sittings = sorted({line.attempt.sitting_id for line in weighing.lines})

    def tell() -> None:
        regrade_confirmed.send_robust(Regrade, regrade=regrade, sittings=sittings)
        for attempt in Attempt.objects.filter(pk__in=passed).with_results_out():
            attempt_passed.send_robust(Attempt, attempt=attempt)

    transaction.on_commit(tell, robust=True)


@transaction.atomic
def withdraw_regrade(regrade: Regrade, *, by: User, at: datetime) -> Regrade:
    """Drop a proposal; confirmed already, it raises ``RegradeOver``."""
    regrade = Regrade.objects.select_for_update().get(pk=regrade.pk)
    if regrade.withdrawn_at:
        return regrade
    if regrade.confirmed_at:
        raise RegradeOver
    regrade.withdrawn_by, regrade.withdrawn_at = by, at
    regrade.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record("regrade.withdrawn", regrade, by=by)
    return regrade


def regrades_for(user: User) -> QuerySet[Regrade]:
    """Those of the sittings ``user`` oversees, and those of every sitting; with
    ``superseded``, whether the key has been revised since."""
    overseen = Q(sitting__in=Sitting.objects.overseen_by(user).values("pk"))
    newer = KeyRevision.objects.filter(
        version=OuterRef("revision__version"), number__gt=OuterRef("revision__number")
    )
    found = Regrade.objects.filter(overseen | Q(sitting=None))
    return found.annotate(superseded=Exists(newer)).select_related(
        "revision__version__item", "revision__by", "sitting", "proposed_by",
        "confirmed_by", "withdrawn_by",
    )  # fmt: skip
