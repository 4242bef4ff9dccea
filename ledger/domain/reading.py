"""What the entries say about subjects: status and history."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from ledger.models import Case, Entry


@dataclass(frozen=True)
class Standing:
    """A subject's status and the day since when."""

    status: str = ""
    on: date | None = None


def status_of(kind: str, subject_id: int) -> Standing:
    """Return where the entries have left the subject; without entries, nowhere."""
    return statuses_of(kind, subject_id).get(subject_id, Standing())


def statuses_of(kind: str, *subject_ids: int) -> dict[int, Standing]:
    """Return the standing of each subject by key, in two queries."""
    told = Entry.objects.about(kind, *subject_ids)
    last = told.values("case__subject_id").annotate(last=Max("pk")).values("last")
    changed = told.events().values("case__subject_id").annotate(on=Max("on"))
    since = dict(changed.values_list("case__subject_id", "on"))
    rows = Entry.objects.filter(pk__in=last).values_list(
        "case__subject_id", "status_after", "on"
    )
    return {pk: Standing(status, since.get(pk, on)) for pk, status, on in rows}


def events_of(kind: str, subject_id: int, *, but: Case | None = None) -> list[dict]:
    """Return the changes of status as ``measures`` reads a history, oldest first.

    Leaves out what the case ``but`` did, and, if it is closed, all that came after.
    """
    told = Entry.objects.about(kind, subject_id).events().order_by("pk")
    if but is not None:
        told = before(but, told)
    return [
        {"event": event, "on": on.isoformat()}
        for event, on in told.values_list("event", "on")
    ]


def status_before(case: Case) -> str:
    """Return the subject's status as it stands apart from this case."""
    told = Entry.objects.about(case.subject_kind, case.subject_id)
    last = before(case, told).order_by("-pk").values_list("status_after", flat=True)
    return last.first() or ""


def before(case: Case, told):
    told = told.exclude(case=case)
    if case.is_open:
        return told
    last = case.entries.aggregate(last=Max("pk"))["last"] or 0
    return told.filter(pk__lt=last)
