"""What overseers say and note while a sitting runs, and what is seen of a room."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.prepared import Prepared, preparing_cursor
from divisions.models import Division
from exams.enums import InterventionKind, LateWay, RoomEventKind
from exams.models import (
    Attempt,
    Intervention,
    Presence,
    RoomEvent,
    Sitting,
    last_said,
)

from .timing import intervene

MOST_ABSENCES = 500
LONGEST_ABSENCE = 24 * 3600
# What tells one device from another at a glance; the first that fits is named.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Absence:
    """The page's own word that it was out of sight for so many seconds."""

    epoch: int
    seq: int
    seconds: int


@dataclass(frozen=True)
class Seen:
    """An entry of a candidate's time line."""

    at: datetime
    title: str
    text: str = ""
    who: str = ""
    kind: str = ""


def tell_candidates(
    sitting: Sitting,
    *,
    division: Division,
    words: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Intervention:
    """Show ``words`` in the rooms of everybody of ``division``."""
    kind = InterventionKind.TOLD
    return put_on_record(
        sitting, kind, division=division, words=words, by=by, at=at, key=key
    )


def note_incident(
    sitting: Sitting,
    *,
    division: Division,
    words: str,
    by: User,
    at: datetime,
    attempt: Attempt | None = None,
    key: UUID | None = None,
) -> Intervention:
    """Keep what happened, in general or to one candidate; overseers alone read it."""
    kind = InterventionKind.NOTED
    return put_on_record(
        sitting,
        kind,
        division=division,
        words=words,
        by=by,
        at=at,
        key=key,
        attempt=attempt,
    )


@transaction.atomic
def put_on_record(
    sitting: Sitting, kind: InterventionKind, *, by: User, key: UUID | None, **facts
) -> Intervention:
    """The same ``key`` again returns what is on record. Raises ``NoReason``."""
    Sitting.objects.select_for_update().get(pk=sitting.pk)
    if known := Intervention.objects.filter(key=key).first():
        return known
    made = intervene(sitting, kind=kind, by=by, key=key, **facts)
    action = "candidates.told" if kind == InterventionKind.TOLD else "incident.noted"
    record(action, made, by=by, sitting=sitting.pk, words=made.words)
    return made


def note_opening(attempt: Attempt, *, user_agent: str, at: datetime) -> None:
    """Keep from what device the room was opened; ``attempt.epoch`` is its number."""
    RoomEvent.objects.create(
        attempt=attempt,
        kind=RoomEventKind.OPENED,
        epoch=attempt.epoch,
        device=device_of(user_agent),
        at=at,
    )


def device_of(user_agent: str) -> str:
    names = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(name for name in names if name)


ASKED_BY_A_PULSE = (
    *("uuid", "candidate", "sitting", "division_code", "started_at"),
    *("state", "deadline_at", "epoch"),
)
IN_ROOM = Prepared(
    lambda: Attempt.objects.only(*ASKED_BY_A_PULSE).annotate(said=last_said()),
    "uuid",
    "candidate",
)

# In SQL, since every room of an exam day says it: the ORM begins a transaction for it.
PRESENT = """INSERT INTO exams_presence (attempt_id, at) VALUES (%s, %s)
    ON CONFLICT (attempt_id) DO UPDATE SET at = excluded.at"""
AT = Presence._meta.get_field("at")


def attempt_in_room(uuid: UUID, *, by: User) -> Attempt:
    """Return ``by``'s attempt with no more than a pulse asks of it, and the key of what
    was said last in its sitting. Raises ``Attempt.DoesNotExist`` to a stranger."""
    return IN_ROOM.get(uuid=uuid, candidate=by.pk)


def note_presence(
    attempt: Attempt, *, absences: Collection[Absence] = (), at: datetime
) -> None:
    """Keep that the room asked, and what it says of itself; sent again, the same."""
    with preparing_cursor() as cursor:
        cursor.execute(PRESENT, [attempt.pk, AT.get_db_prep_save(at, connection)])
    if not absences:
        return
    room = MOST_ABSENCES - attempt.room_events.filter(kind=RoomEventKind.AWAY).count()
    sound = [each for each in absences if is_sound(each, attempt)]
    RoomEvent.objects.bulk_create(
        [
            RoomEvent(
                attempt=attempt,
                kind=RoomEventKind.AWAY,
                epoch=each.epoch,
                seq=each.seq,
                seconds=min(each.seconds, LONGEST_ABSENCE),
                at=at,
            )
            for each in sound[: max(0, room)]
        ],
        ignore_conflicts=True,
    )


def is_sound(absence: Absence, attempt: Attempt) -> bool:
    return (
        1 <= absence.epoch <= attempt.epoch
        and 1 <= absence.seq <= MOST_ABSENCES
        and absence.seconds >= 0
    )


def told_in_room(attempt: Attempt) -> list[Intervention]:
    """What the overseers tell the candidate of ``attempt``, the oldest first."""
    of_sitting = Intervention.objects.filter(sitting=attempt.sitting_id)
    return list(of_sitting.reaching(attempt))


def timeline_of(attempt: Attempt) -> list[Seen]:
    """What is known of an attempt, in order: openings and absences, moved deadlines,
    notes. It says what was seen, never what it means."""
    seen = [Seen(attempt.started_at, _("Started"))]
    seen += rooms_seen(attempt)
    for change in attempt.deadline_changes.select_related("by", "intervention"):
        later = change.after > change.before
        title = _("Deadline moved later") if later else _("Deadline moved earlier")
        who = str(change.by or "")
        seen.append(Seen(change.at, title, change.reason, who))
    for note in attempt.interventions.select_related("by"):
        title = note.get_kind_display()
        seen.append(Seen(note.at, title, note.words, str(note.by), "failed"))
    if attempt.finished_at:
        words = attempt.get_finish_reason_display()
        seen.append(Seen(attempt.finished_at, words, kind="done"))
    seen += late_seen(attempt)
    return sorted(seen, key=lambda each: each.at)


def rooms_seen(attempt: Attempt) -> list[Seen]:
    seen, device = [], None
    for event in attempt.room_events.all():
        if event.kind == RoomEventKind.AWAY:
            words = _("%(seconds)s seconds out of sight")
            text = words % {"seconds": event.seconds}
            seen.append(Seen(event.at, event.get_kind_display(), text))
            continue
        changed = device not in (None, event.device)
        title = _("Room opened on another device") if changed else _("Room opened")
        seen.append(Seen(event.at, title, event.device))
        device = event.device
    return seen


def late_seen(attempt: Attempt) -> list[Seen]:
    """What came after the end, by arrival, and what an office decided of it."""
    came = attempt.late_answers.order_by("at").values_list("at", "way", "brought_by")
    came = came.annotate(count=Count("pk"))
    people = User.objects.in_bulk({by for _at, _way, by, _count in came if by})
    names = dict(LateWay.choices)
    seen = []
    for at, way, by, count in came:
        title = _("%(count)s late answers") % {"count": count}
        seen.append(Seen(at, title, str(names[way]), str(people.get(by, ""))))
    for made in attempt.late_decisions.select_related("by"):
        accepted, declined = _("Late answers accepted"), _("Late answers declined")
        title = accepted if made.accepted else declined
        seen.append(Seen(made.at, title, made.reason, str(made.by)))
    return seen
