"""Choosing the people who are to be trained, certified and put in post."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from certificates.errors import (
    BasisMissing,
    NotTheirOffice,
    PersonElsewhere,
    WithdrawnTooEarly,
    WrongLevelToChoose,
)
from certificates.models import Selection
from certificates.permissions import CHOOSERS, can_choose
from certificates.signals import person_selected
from core.audit import record
from divisions.models import Division
from divisions.scoping import at


@transaction.atomic
def select_person(
    person: User, *, division: Division, by: User, on: date, basis: str
) -> Selection:
    """Choose ``person`` for posts in ``division``, the office's own; twice is once.

    Raises ``WrongLevelToChoose``, ``NotTheirOffice``, ``PersonElsewhere`` or
    ``BasisMissing``.
    """
    person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
    if division.level not in CHOOSERS:
        raise WrongLevelToChoose
    if not can_choose(by, division):
        raise NotTheirOffice(division=division)
    held = Selection.objects.filter(
        person=person, division=division, withdrawn_on=None
    ).first()
    if held:
        return held
    if not person.home_code.startswith(division.code):
        raise PersonElsewhere(person=person, division=division)
    if not basis.strip():
        raise BasisMissing

    selection = Selection.objects.create(
        person=person,
        chosen_on=on,
        chosen_by=by,
        basis=basis.strip(),
        **at(division),
    )
    record("person.selected", selection, by=by, person=person.pk, on=on)
    transaction.on_commit(lambda: announce(selection), robust=True)
    return selection


def announce(selection: Selection) -> None:
    person_selected.send(Selection, selection=selection)


@transaction.atomic
def withdraw_selection(selection: Selection, *, by: User, on: date) -> Selection:
    """End the selection with ``on``; who is in post already stays there."""
    selection = Selection.objects.select_for_update().get(pk=selection.pk)
    if not can_choose(by, selection.division):
        raise NotTheirOffice(division=selection.division)
    if selection.withdrawn_on:
        return selection
    if on < selection.chosen_on:
        raise WithdrawnTooEarly(since=selection.chosen_on)
    selection.withdrawn_on = on
    selection.save(update_fields=["withdrawn_on"])
    record("selection.withdrawn", selection, by=by, person=selection.person_id)
    return selection


@transaction.atomic
def select_people(
    people: Iterable[User], *, division: Division, by: User, on: date, basis: str
) -> list[Selection]:
    """Choose them all or none; refuses as ``select_person`` does."""
    return [
        select_person(person, division=division, by=by, on=on, basis=basis)
        for person in people
    ]
