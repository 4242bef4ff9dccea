"""The figures of an appraisal, for many people at once, from dated rows alone.

A handful of statements whatever the number of people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models import Certificate, Refresher
from core.models import LogEntry
from ledger.enums import ENROLMENT
from ledger.models import Entry, EntryQuerySet
from rosters.domain.trends import Span, certified_spans
from rosters.models import Assignment, AssignmentQuerySet

from .terms import Period, Terms

# Of people: one by one, or as a subquery finds them.
Keys = Collection[int] | QuerySet
# What the registers' log says of a change; it does not say whether a fault was mended.
CORRECTIONS = ("household.edited", "member.edited")
NAMES = {
    "quota": pgettext_lazy("appraisal", "Quota met"),
    "certificates": _("Certificates valid"),
    "cases": _("Cases on time"),
    "refreshers": _("Refreshers done"),
    "faults": _("Faults corrected"),
    "corrections": _("Changes in the register"),
}
UNITS = {
    "quota": pgettext_lazy("appraisal", "person-months"),
    "certificates": pgettext_lazy("appraisal", "days"),
    "cases": pgettext_lazy("appraisal", "steps"),
    "refreshers": pgettext_lazy("appraisal", "certificates"),
    "faults": pgettext_lazy("appraisal", "faults"),
    "corrections": pgettext_lazy("appraisal", "changes"),
}
SOURCES = {
    "quota": _("posts filled, of the posts required, at the first of each month"),
    "certificates": _("days with a valid certificate, of the days in post"),
    "cases": _(
        "steps taken in time, of the steps taken and those past their days at the end"
    ),
    "refreshers": _(
        "certificates renewed by the day that the office set, of the refreshers due"
    ),
    "faults": _(
        "faults of the register that a later cleaning found no more, of these and "
        "those left standing past their days"
    ),
    "corrections": _(
        "changes to households and members entered in the register, whatever their "
        "reason; counted, not weighed"
    ),
}


@dataclass(frozen=True)
class Figure:
    """``done`` of ``of``; with ``of`` None it is only counted."""

    key: str
    done: int
    of: int | None
    weight: int

    @property
    def name(self) -> Promise:
        return NAMES[self.key]

    @property
    def unit(self) -> Promise:
        return UNITS[self.key]

    @property
    def source(self) -> Promise:
        return SOURCES[self.key]

    @property
    def percent(self) -> int | None:
        """Cut to whole per cent; None where there was nothing to do."""
        return min(self.done * 100 // self.of, 100) if self.of else None

    @property
    def is_weighed(self) -> bool:
        return bool(self.weight) and self.percent is not None


def score_of(figures: Iterable[Figure]) -> int | None:
    """The weighed mean of the percentages, over those figures that say something."""
    weighed = [each for each in figures if each.is_weighed]
    whole = sum(each.weight for each in weighed)
    if not whole:
        return None
    return sum(each.weight * each.percent for each in weighed) // whole


def days_served(
    held: AssignmentQuerySet, period: Period
) -> tuple[Counter[int], Counter[int]]:
    """By person, the days in post in the period and those of them with a valid
    certificate; a cover beside one's own post counts a day once."""
    held = held.filter(
        Q(until=None) | Q(until__gt=period.since), since__lte=period.last
    )
    certified = certified_spans(held, [period.since, period.last])
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    rows = held.order_by("since").values_list("person", "since", "until")
    for person, since, until in rows:
        spans[person].append(Span(since, until or date.max))
    in_post, valid = Counter(), Counter()
    whole = Span(period.since, period.until)
    for person, served in spans.items():
        joined = list(union(served))
        in_post[person] = sum(shared(whole, span) for span in joined)
        valid[person] = sum(
            shared(whole, Span(max(a.since, b.since), min(a.until, b.until)))
            for a in joined
            for b in certified.get(person, ())
        )
    return in_post, valid


def union(spans: Sequence[Span]) -> Iterable[Span]:
    """The spans, which come by their first days, without overlaps."""
    current = spans[0]
    for span in spans[1:]:
        if span.since <= current.until:
            current = Span(current.since, max(current.until, span.until))
        else:
            yield current
            current = span
    yield current


def shared(one: Span, other: Span) -> int:
    last = min(one.until, other.until)
    return max((last - max(one.since, other.since)).days, 0)


def steps_in(period: Period) -> EntryQuerySet:
    """The steps taken in the period, each with the day from which it was due."""
    return steps_taken().filter(on__gte=period.since, on__lt=period.until)


def steps_taken() -> EntryQuerySet:
    """Every step, each with the day from which it was due."""
    before = Entry.objects.filter(case=OuterRef("case"), index__lt=OuterRef("index"))
    return (
        Entry.objects.exclude(case__procedure=ENROLMENT)
        .annotate(
            due_from=Coalesce(
                Subquery(before.order_by("-index").values("on")[:1]),
                F("case__opened_on"),
            )
        )
        .order_by()
    )


def on_time(
    rows: Iterable[tuple[object, date, date]], terms: Terms
) -> tuple[Counter, Counter]:
    """By whom or where, the steps taken and those of them in time."""
    taken, punctual = Counter(), Counter()
    for key, on, due_from in rows:
        taken[key] += 1
        punctual[key] += (on - due_from).days <= terms.step_days
    return taken, punctual


def instants(period: Period) -> tuple[datetime, datetime]:
    first, last = (
        timezone.make_aware(datetime.combine(day, time()))
        for day in (period.since, period.until)
    )
    return first, last


def refreshers_by(people: Keys, period: Period) -> tuple[Counter[int], Counter[int]]:
    """By person, the refreshers that the office called for by a day in the period, and
    those of them done by that day: another certificate earned since the call."""
    renewed = Certificate.objects.filter(
        holder=OuterRef("certificate__holder"),
        issued_on__gte=OuterRef("decided_on"),
        issued_on__lte=OuterRef("due_on"),
        revoked_on=None,
    ).exclude(attempt=OuterRef("certificate__attempt"))
    called = (
        Refresher.objects.standing()
        .filter(
            Q(certificate__revoked_on=None)
            | Q(certificate__revoked_on__gt=F("due_on")),
            certificate__holder__in=people,
            is_needed=True,
            due_on__gte=period.since,
            due_on__lt=period.until,
        )
        .annotate(in_time=Exists(renewed))
        .order_by()
    )
    due, done = Counter(), Counter()
    for person, in_time in called.values_list("certificate__holder", "in_time"):
        due[person] += 1
        done[person] += in_time
    return due, done


def corrections(period: Period):
    first, last = instants(period)
    return LogEntry.objects.filter(
        action__in=CORRECTIONS, at__gte=first, at__lt=last
    ).order_by()


def assignments_of(people: Keys) -> AssignmentQuerySet:
    return Assignment.objects.filter(person__in=people)
