"""Assignments from a workbook, each by the same conditions as one made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from core.audit import record_many
from divisions.models import Division
from divisions.scoping import at
from rosters.domain.assigning import announce
from rosters.models import Assignment
from rosters.permissions import viewed_codes, viewed_divisions

from .looking_up import People, Places, by_pk, chunks, repeated
from .nominations import DOCUMENT
from .people import HOME, ID_NUMBER, NAME
from .standing import Posting, Standing
from .tables import Column, Entry, Fate, Verdict, day_in, refused

PLACE = Column("division", gettext_lazy("Division of the post"), HOME.advice, width=30)
SINCE = Column(
    "since",
    gettext_lazy("In post from"),
    gettext_lazy("A day such as 2026-03-01."),
    most=20,
)
COLUMNS = (NAME, ID_NUMBER, PLACE, SINCE, DOCUMENT)
TITLE = pgettext_lazy("import", "Assignments")


@dataclass(frozen=True)
class Placing:
    posting: Posting
    certificate: int


def weigh_assignments(entries: Sequence[Entry], *, by: User, on: date) -> list[Verdict]:
    people = People(entries, User.objects.within(*viewed_codes(by)))
    places = Places(entries, viewed_divisions(by))
    seen: dict = {}
    read = [(entry, *posting_in(entry, people, places, seen)) for entry in entries]
    standing = Standing([posting for _entry, posting, _faults in read if posting])
    return [
        weigh_posting(entry, posting, standing, by=by)
        if posting
        else refused(entry, *faults)
        for entry, posting, faults in read
    ]


def posting_in(
    entry: Entry, people: People, places: Places, seen: dict
) -> tuple[Posting | None, list[str]]:
    faults = list(entry.faults)
    person, place = people.of(entry, faults), places.of(entry, faults)
    text = entry.values.get("since", "")
    since = day_in(text)
    if text and since is None:
        faults.append(_("“%(text)s” is no day") % {"text": text})
    if person:
        faults += repeated(entry, person.pk, seen, ID_NUMBER.heading)
    if faults:
        return None, faults
    return Posting(person, place, since, entry.values["document"]), []


def weigh_posting(
    entry: Entry, posting: Posting, standing: Standing, *, by: User
) -> Verdict:
    if standing.is_known(posting):
        return Verdict(entry, Fate.UNCHANGED)
    if refusal := standing.refusal_of(posting, by=by):
        return refused(entry, refusal)
    standing.place(posting)
    wanted = Placing(posting, standing.certificate_of(posting))
    return Verdict(entry, Fate.NEW, (), wanted)


def lock_postings(entries: Sequence[Entry], *, by: User) -> None:
    """People first, then divisions, each in one order, as ``assign_person`` does."""
    people = People(entries, User.objects.within(*viewed_codes(by)))
    places = Places(entries, viewed_divisions(by))
    for chunk in chunks(by_pk(people.found.values())):
        locked = User.objects.select_for_update(of=["self"]).filter(pk__in=chunk)
        list(locked.order_by("pk").values_list("pk"))
    for chunk in chunks(by_pk(places.found.values())):
        locked = Division.objects.select_for_update().filter(pk__in=chunk)
        list(locked.order_by("pk").values_list("pk"))


def write_assignments(verdicts: Sequence[Verdict], *, by: User) -> None:
    made = Assignment.objects.bulk_create(
        (
            Assignment(
                person=each.wanted.posting.person,
                certificate_id=each.wanted.certificate,
                since=each.wanted.posting.since,
                document=each.wanted.posting.document,
                assigned_by=by,
                **at(each.wanted.posting.division),
            )
            for each in verdicts
        ),
        batch_size=1000,
    )
    logged = [(each, {"person": each.person_id, "since": each.since}) for each in made]
    record_many("person.assigned", logged, by=by)
    announce(made)
