"""Nominations from a workbook: who is to become an informant, where and by what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.domain.enlisting import Nominee, nominate_people
from accounts.enums import Role
from accounts.models import Grant, User
from accounts.permissions import can_grant
from rosters.permissions import viewed_codes, viewed_divisions

from .looking_up import People, Places, by_pk, chunks, repeated
from .people import HOME, ID_NUMBER, NAME
from .tables import Column, Entry, Fate, Verdict, day_in, refused

PLACE = Column("division", gettext_lazy("Nominated for"), HOME.advice, width=30)
DAY = Column(
    "on",
    gettext_lazy("Nominated on"),
    gettext_lazy("A day such as 2026-03-01, none to come."),
    most=20,
)
DOCUMENT = Column(
    "document",
    gettext_lazy("Document number"),
    gettext_lazy("The number of the letter or decision."),
    width=30,
)
COLUMNS = (NAME, ID_NUMBER, PLACE, DAY, DOCUMENT)
TITLE = pgettext_lazy("import", "Nominations")


def weigh_nominations(entries: Sequence[Entry], *, by: User, on: date) -> list[Verdict]:
    people = People(entries, User.objects.within(*viewed_codes(by)))
    places = Places(entries, viewed_divisions(by))
    held = roles_held(by_pk(people.found.values()), on=on)
    seen: dict = {}
    verdicts = []
    for entry in entries:
        faults = list(entry.faults)
        person, place = people.of(entry, faults), places.of(entry, faults)
        day = day_until(entry, on, faults)
        if person:
            faults += repeated(entry, person.pk, seen, ID_NUMBER.heading)
        if place and not can_grant(by, Role.INFORMANT, place):
            faults.append(_("only an office nominates there"))
        if faults:
            verdicts.append(refused(entry, *faults))
        elif (person.pk, place.pk) in held:
            verdicts.append(Verdict(entry, Fate.UNCHANGED))
        else:
            wanted = Nominee(person, place, day, entry.values["document"])
            verdicts.append(Verdict(entry, Fate.NEW, (), wanted))
    return verdicts


def day_until(entry: Entry, on: date, faults: list[str]) -> date | None:
    text = entry.values.get("on", "")
    day = day_in(text)
    if text and day is None:
        faults.append(_("“%(text)s” is no day") % {"text": text})
    elif day and day > on:
        faults.append(_("the day %(day)s is still to come") % {"day": day})
    return day


def roles_held(people: Sequence[int], *, on: date) -> set[tuple[int, int]]:
    held = Grant.objects.current(on).filter(role=Role.INFORMANT)
    found: set[tuple[int, int]] = set()
    for chunk in chunks(people):
        found |= set(held.filter(user__in=chunk).values_list("user", "division"))
    return found


def lock_nominees(entries: Sequence[Entry], *, by: User) -> None:
    people = People(entries, User.objects.within(*viewed_codes(by)))
    for chunk in chunks(by_pk(people.found.values())):
        locked = User.objects.select_for_update(of=["self"]).filter(pk__in=chunk)
        list(locked.order_by("pk").values_list("pk"))


def write_nominations(verdicts: Sequence[Verdict], *, by: User) -> None:
    nominate_people([each.wanted for each in verdicts], by=by)
