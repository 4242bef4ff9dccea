"""Running the cleaning rules over what the register holds, village by village.

A village is read whole, because some rules compare its households; the number of
statements for it is the same however many they are. Beyond a village only telephone
numbers would be compared, and ID numbers, of which the register holds each once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Prefetch

import measures
from accounts.models import User
from core.audit import record
from divisions.models import Division, DivisionQuerySet
from households.domain.checking import readable
from households.enums import KEPT
from households.errors import NotTheRegistersOffice, Unreadable
from households.facts import facts_of
from households.models import Fault, Household, Member
from households.permissions import can_clean
from households.signals import cleaning_ordered

BATCH = 500
Key = tuple[int, int | None, str, str]


@dataclass(frozen=True)
class Cleaned:
    """What a cleaning of one village came to; ``unread`` names the households whose
    facts ``measures`` cannot read at all."""

    households: int
    found: int
    new: int
    gone: int
    unread: tuple[str, ...] = ()


@transaction.atomic
def order_cleaning(division: Division, *, by: User) -> None:
    """Have the rules run over all villages of ``division`` in the background. Raises
    ``NotTheRegistersOffice``."""
    if not can_clean(by, division.code):
        raise NotTheRegistersOffice(division=division)
    record("cleaning.ordered", division, by=by)
    transaction.on_commit(
        lambda: cleaning_ordered.send(Division, division=division), robust=True
    )


def villages_to_clean(*codes: str) -> DivisionQuerySet:
    """The divisions within ``codes`` that households are registered in."""
    homes = Household.objects.within(*codes).values("division")
    return Division.objects.filter(pk__in=homes).order_by("code")


@transaction.atomic
def clean_village(village: Division, *, on: date) -> Cleaned:
    """Keep what the rules find on that day: what is new, and what is seen again; and
    that what they find no more is gone. Twice on a day is once."""
    Division.objects.select_for_update().get(pk=village.pk)
    households, unread = read_village(village)
    found = faults_among(households, on=on)
    known = {key_of(row): row for row in Fault.objects.open().filter(division=village)}
    new = [
        made_from(key, because, village, on=on)
        for key, because in found.items()
        if key not in known
    ]
    gone = 0
    for key, row in known.items():
        if key in found:
            row.seen_on, row.because = on, found[key]
        else:
            row.gone_on = on
            gone += 1
    Fault.objects.bulk_create(new, batch_size=BATCH)
    changed = ["seen_on", "because", "gone_on"]
    Fault.objects.bulk_update(known.values(), changed, batch_size=BATCH)
    cleaned = Cleaned(len(households), len(found), len(new), gone, unread)
    record(
        "village.cleaned", village, by=None, found=len(found), new=len(new), gone=gone
    )
    return cleaned


def read_village(
    village: Division,
) -> tuple[dict[str, tuple[Household, measures.Household]], tuple[str, ...]]:
    """By code, the households kept in the register with their facts as ``measures``
    reads them; and the codes of those that it cannot read."""
    present = Member.objects.present().order_by("position", "pk")
    rows = Household.objects.filter(division=village).with_status(*KEPT)
    rows = rows.prefetch_related(Prefetch("members", present, to_attr="_present"))
    read, unread = {}, []
    for household in rows.order_by("code"):
        try:
            read[household.code] = household, readable(facts_of(household, None))
        except Unreadable:
            unread.append(household.code)
    return read, tuple(unread)


def faults_among(
    households: dict[str, tuple[Household, measures.Household]], *, on: date
) -> dict[Key, dict[str, str]]:
    """The reasons of what is wrong, by where it stands; of two reasons the first."""
    facts = tuple(facts for _household, facts in households.values())
    found: dict[Key, dict[str, str]] = {}
    for fault in measures.clean(measures.Records(on=on, households=facts)):
        household, _facts = households[fault.household]
        member = None
        if fault.member is not None:
            member = household.present_members()[fault.member].pk
        key = (household.pk, member, fault.code, fault.field)
        because = {"zh": fault.because["zh"], "en": fault.because["en"]}
        found.setdefault(key, because)
    return found


def key_of(row: Fault) -> Key:
    return row.household_id, row.member_id, row.code, row.field


def made_from(key: Key, because: dict, village: Division, *, on: date) -> Fault:
    household, member, code, field = key
    return Fault(
        household_id=household,
        member_id=member,
        code=code,
        field=field,
        because=because,
        found_on=on,
        seen_on=on,
        division=village,
        division_code=village.code,
    )
