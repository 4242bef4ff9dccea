"""Mending what the register says of a household."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core.audit import record
from households.domain.checking import readable, refuse_unfit_person
from households.domain.registering import ABSENCE, pruned
from households.enums import HEAD
from households.errors import HeadLeaves, TwoHeads
from households.facts import MEMBER_FACTS, facts_of, member_facts
from households.models import Household, Member


@transaction.atomic
def edit_household(
    household: Household, changes: dict, *, by: User, address: str | None = None
) -> Household:
    """Write the changed facts, whole sections of the exchange format at a time.

    Raises ``Unreadable`` with the path if ``measures`` cannot read them. Who left the
    facts as they were leaves no trace.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    before = facts_of(household, None)
    readable(before | changes)
    changed = sorted(
        name for name, value in changes.items() if pruned(value) != before.get(name)
    )
    if "out_of_school" in changed:
        write_absences(household, changes["out_of_school"])
    for name in changed:
        if name != "out_of_school":
            setattr(household, name, blank_if_text(household, name, changes[name]))
    if address is not None and address != household.address:
        household.address = address
        changed.append("address")
    if changed:
        household.save()
        record("household.edited", household, by=by, fields=changed)
    return household


def blank_if_text(household: Household, name: str, value: object) -> object:
    """Columns of text hold nothing as the empty word, the others as null."""
    field = household._meta.get_field(name)
    return "" if value is None and not field.null else pruned(value)


def write_absences(household: Household, absences: list[dict]) -> None:
    by_index = {absence["member"]: absence for absence in absences}
    for index, member in enumerate(household.present_members()):
        absence = by_index.get(index, {})
        for name, column in ABSENCE.items():
            value = absence.get(name)
            empty = "" if column == "absence_reason" else None
            setattr(member, column, empty if value is None else value)
        member.save(update_fields=list(ABSENCE.values()))
    household.schooling_checked = True


@transaction.atomic
def add_member(household: Household, person: dict, *, by: User, on: date) -> Member:
    """Add a person, given in the exchange format, at the end of the list."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    refuse_unfit(household, person, on=on)
    last = household.members.order_by("-position").first()
    member = Member(
        household=household,
        division_code=household.division_code,
        position=last.position + 1 if last else 0,
    )
    write_person(member, person)
    record("member.added", household, by=by, member=member.pk)
    return member


@transaction.atomic
def edit_member(member: Member, person: dict, *, by: User, on: date) -> Member:
    """Write the facts that are given; what is not given stays."""
    household = Household.objects.select_for_update().get(pk=member.household_id)
    member = household.members.get(pk=member.pk)
    if member.is_head and person.get("relation", HEAD) != HEAD:
        raise HeadLeaves(name=member.name)
    before = member_facts(member)
    refuse_unfit(household, person, on=on, but=member)
    changed = sorted(n for n, value in person.items() if value != before.get(n))
    if changed:
        write_person(member, {name: person[name] for name in changed})
        if member.is_head and household.head_name != member.name:
            household.head_name = member.name
        household.save()
        record("member.edited", household, by=by, member=member.pk, fields=changed)
    return member


@transaction.atomic
def let_member_leave(
    member: Member,
    *,
    because: str,
    by: User,
    on: date,
    new_head: Member | None = None,
) -> Member:
    """Record that a member is one no longer; a head needs an heir. Twice is once."""
    household = Household.objects.select_for_update().get(pk=member.household_id)
    member = household.members.get(pk=member.pk)
    if member.left_on:
        return member
    if member.is_head and new_head is None:
        raise HeadLeaves(name=member.name)
    was_head = member.is_head
    member.left_on, member.left_because = on, because
    member.save(update_fields=["left_on", "left_because"])
    if was_head:
        heir = household.members.present().get(pk=new_head.pk)
        heir.relation = HEAD
        heir.save(update_fields=["relation"])
        household.head_name = heir.name
    household.save()
    record("member.left", household, by=by, member=member.pk, because=because, on=on)
    return member


def refuse_unfit(
    household: Household, person: dict, *, on: date, but: Member | None = None
) -> None:
    readable({"members": [person]})
    others = household.members.present().exclude(pk=but.pk if but else None)
    if person.get("relation") == HEAD and others.filter(relation=HEAD).exists():
        raise TwoHeads
    refuse_unfit_person(person, on=on, but=but)


def write_person(member: Member, person: dict) -> None:
    for name in MEMBER_FACTS:
        if name in person:
            value = person[name]
            text = isinstance(getattr(member, name), str) and value is None
            setattr(member, name, "" if text else value)
    member.save()
    member.refresh_from_db()
