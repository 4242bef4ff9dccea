"""What a certificate follows from: the office's choice, then the training, and an exam
passed. Each has its day and whose act it was: the choice the office's, the training and
the exam the person's own.

That nobody is trained before they are chosen is asked of ``measures``. The exam may lie
before either: it proves what a person knows, and whoever has passed it is not made to
sit it again because the office entered its choice late. The certificate comes with the
last of the three and is never dated before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, When
from django.utils import timezone

import measures
from accounts.models import User
from certificates.domain.relearning import NOTHING_ASKED, Relearning, relearnings_of
from certificates.errors import (
    AlreadyCertified,
    NotChosen,
    NotPassed,
    NotRelearned,
    NotTrained,
    StillSuspended,
    TrainedBeforeChosen,
)
from certificates.facts import trained_on_among
from certificates.models import Certificate, Refresher, Selection, Suspension
from certificates.numbering import spaced
from core.errors import Refused
from exams.models import Attempt

# Ours: from so long before its end a certificate can be renewed by an exam.
RENEWAL = timedelta(days=90)


@dataclass(frozen=True)
class Way:
    """How far one person is on the way to a certificate by one attempt."""

    person: User
    selection: Selection | None
    trained_on: date | None
    attempt: Attempt | None
    held: Certificate | None = None
    relearned: Relearning = NOTHING_ASKED

    @property
    def chosen_on(self) -> date | None:
        return self.selection.chosen_on if self.selection else None

    @property
    def passed_on(self) -> date | None:
        """The day of the exam, once its result is out."""
        if self.attempt is None or not self.attempt.passed:
            return None
        if not self.attempt.sitting.has_results_out:
            return None
        return timezone.localdate(self.attempt.finished_at)

    @property
    def earned_on(self) -> date | None:
        """The day on which the last of the three came in, the exam with its result, and
        no earlier than a suspension was lifted or a refresher's last lesson opened;
        None while one is missing."""
        if not (self.selection and self.trained_on and self.passed_on):
            return None
        entered = timezone.localdate(self.selection.entered_at)
        known = known_on(self.attempt)
        days = [self.selection.chosen_on, entered, self.trained_on, known]
        if self.held and self.held.lifted_on:
            days.append(self.held.lifted_on)
        if self.relearned.read_on:
            days.append(self.relearned.read_on)
        return max(days)

    def missing(self, *, on: date) -> tuple[Refused, ...]:
        """Every condition not met on that day, in the order of the Measures, with the
        lessons of a refresher after the training; then a suspension that no office
        has lifted, which a new exam does not pass by."""
        reasons = list(self.missing_of_the_measures(on))
        if unread := self.relearned.unread(on):
            reasons.append(
                NotRelearned(lessons="".join(f"《{each}》" for each in unread))
            )
        if self.passed_on is None or known_on(self.attempt) > on:
            reasons.append(NotPassed())
        elif self.held and self.passed_on < renewable_from(self.held):
            since = renewable_from(self.held)
            reasons.append(
                AlreadyCertified(number=self.held.spaced_number, since=since)
            )
        if self.held and self.held.suspended_number:
            reasons.append(StillSuspended(number=spaced(self.held.suspended_number)))
        return tuple(reasons)

    def missing_of_the_measures(self, on: date) -> Iterable[Refused]:
        informant = measures.Informant(
            chosen_on=self.chosen_on,
            policy_trained_on=self.trained_on,
            collection_trained_on=self.trained_on,
            system_trained_on=self.trained_on,
        )
        met = {f.code: f.met for f in measures.check_informant(informant, on).findings}
        if not met["INF_CHOSEN"]:
            yield NotChosen()
        if met["INF_TRAINED"]:
            return
        if self.trained_on is None or self.trained_on > on:
            yield NotTrained()
        else:
            yield TrainedBeforeChosen(trained=self.trained_on, chosen=self.chosen_on)


def known_on(attempt: Attempt) -> date:
    """The day on which the result of a finished attempt was out: that of the exam,
    unless the sitting held it back."""
    out = attempt.sitting.results_out_at or attempt.finished_at
    return timezone.localdate(max(out, attempt.finished_at))


def renewable_from(held: Certificate) -> date:
    """From when on a passed exam brings the next one; ask ``latest_certificates``."""
    days = (held.expires_on - RENEWAL, held.revoked_on, held.called_on)
    return min(filter(None, days))


def called_on() -> Case:
    """The day on which the office first called for a refresher, if that still stands;
    a certificate given anew keeps the call."""
    called = Refresher.objects.filter(
        certificate__attempt=OuterRef("attempt"), is_needed=True
    ).order_by("decided_on")
    first = Subquery(called.values("decided_on")[:1])
    return Case(When(Exists(called.standing()), then=first), default=None)


def ways_of(attempts: Sequence[Attempt], *, on: date) -> list[Way]:
    """The ways by ``attempts``; as many statements for one as for thousands."""
    people = {attempt.candidate_id: attempt.candidate for attempt in attempts}
    chosen = selections_of(list(people.values()), on=on)
    trained = trained_on_among(list(people.values()))
    held = latest_certificates(list(people.values()))
    relearned = relearnings_of(those_called(held), on=on)
    return [
        Way(
            attempt.candidate,
            chosen.get(attempt.candidate_id),
            trained.get(attempt.candidate_id),
            attempt,
            held.get(attempt.candidate_id),
            relearned.get(attempt.candidate_id, NOTHING_ASKED),
        )
        for attempt in attempts
    ]


def those_called(held: Mapping[int, Certificate]) -> list[Certificate]:
    return [each for each in held.values() if each.called_on]


def way_of(person: User, *, on: date) -> Way:
    """How ``person`` stands, by their latest passed attempt if there is one."""
    passed = Attempt.objects.filter(candidate=person, passed=True).with_results_out()
    passed = passed.select_related("sitting")
    held = latest_certificates([person])
    return Way(
        person,
        selections_of([person], on=on).get(person.pk),
        trained_on_among([person]).get(person.pk),
        passed.order_by("finished_at", "pk").last(),
        held.get(person.pk),
        relearnings_of(those_called(held), on=on).get(person.pk, NOTHING_ASKED),
    )


def selections_of(people: Sequence[User], *, on: date) -> dict[int, Selection]:
    """By person, the first choice in force by an office whose division they live in."""
    homes = {person.pk: person.home_code for person in people}
    made = (
        Selection.objects.in_force(on)
        .filter(person__in=people)
        .select_related("chosen_by")
        .order_by("-chosen_on", "-pk")
    )
    return {
        each.person_id: each
        for each in made
        if homes[each.person_id].startswith(each.division_code)
    }


def latest_certificates(people: Sequence[User]) -> dict[int, Certificate]:
    """By person, the one that ends last, with what stands about its holder."""
    held = Certificate.objects.filter(holder__in=people, superseded_on=None)
    in_order = held.annotate(
        called_on=called_on(),
        suspended_number=suspended_number(),
        lifted_on=lifted_on(),
    ).order_by("expires_on", "pk")
    return {each.holder_id: each for each in in_order}


def suspensions_of_the_holder() -> QuerySet[Suspension]:
    """On whichever certificate; one that was revoked is beyond suspending."""
    return Suspension.objects.filter(
        certificate__holder=OuterRef("holder"), certificate__revoked_on=None
    )


def suspended_number() -> Subquery:
    """Of a certificate of the same holder whose suspension nobody has lifted: it
    stands, though the certificate may have run out meanwhile."""
    open_ones = suspensions_of_the_holder().filter(until=None).order_by("pk")
    return Subquery(open_ones.values("certificate__number")[:1])


def lifted_on() -> Subquery:
    """The day on which the last suspension of the same holder ended."""
    lifted = suspensions_of_the_holder().filter(until__isnull=False)
    return Subquery(lifted.order_by("-until").values("until")[:1])


def attempts_waiting(people: QuerySet[User], *, on: date) -> QuerySet[Attempt]:
    """Passed by ``people`` and without a certificate, theirs or a newer one in force,
    because something else is missing; the oldest first."""
    held = Certificate.objects.valid(on)
    return (
        Attempt.objects.filter(passed=True, certificate=None, candidate__in=people)
        .with_results_out()
        .exclude(candidate__in=held.values("holder"))
        .select_related("candidate__home_division", "sitting")
        .defer("paper")
        .order_by("finished_at", "pk")
    )
