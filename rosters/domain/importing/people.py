"""Accounts from a workbook: who is new, who is known, who cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.domain.enlisting import Newcomer, create_people
from accounts.errors import IdNumberTaken, PhoneTaken
from accounts.fields import normal_phone
from accounts.models import User
from core import sealing
from divisions.models import Division

from .looking_up import Places, chunks, number_in, repeated
from .tables import Column, Entry, Fate, Verdict, refused

NAME = Column(
    "real_name",
    gettext_lazy("Real name"),
    gettext_lazy("As on the ID card."),
    most=60,
)
ID_NUMBER = Column(
    "id_number",
    gettext_lazy("ID number"),
    gettext_lazy("18 signs, in a column set to text."),
    width=24,
    most=18,
    aliases=("身份证号", "身份证号码", "证件号码"),
)
PHONE = Column(
    "phone",
    gettext_lazy("Phone number"),
    gettext_lazy("11 digits; the person signs in with it."),
    most=30,
    aliases=("手机号", "手机", "联系电话"),
)
HOME = Column(
    "division",
    gettext_lazy("Home division"),
    gettext_lazy("The division's code of 2 to 12 digits, or its full name."),
    width=30,
)
EMAIL = Column(
    "email",
    gettext_lazy("E-mail"),
    gettext_lazy("May stay empty."),
    width=24,
    is_needed=False,
    most=254,
)
COLUMNS = (NAME, ID_NUMBER, PHONE, HOME, EMAIL)
TITLE = pgettext_lazy("import", "People")


def weigh_people(entries: Sequence[Entry], *, by: User, on: date) -> list[Verdict]:
    places = Places(entries, Division.objects.visible_to(by))
    known = Known(entries)
    seen: dict = {}
    return [weigh_person(entry, places, known, seen) for entry in entries]


def weigh_person(entry: Entry, places: Places, known: Known, seen: dict) -> Verdict:
    faults = list(entry.faults)
    home = places.of(entry, faults)
    number = number_in(entry, faults)
    phone, email = phone_in(entry, faults), email_in(entry, faults)
    for key, heading in ((number, ID_NUMBER), (phone, PHONE), (email, EMAIL)):
        if key:
            faults += repeated(entry, (heading.field, key), seen, heading.heading)
    if faults:
        return refused(entry, *faults)
    by_number, by_phone = known.numbers.get(number), known.phones.get(phone)
    if by_number and by_number == by_phone:
        return Verdict(entry, Fate.UNCHANGED, told_apart(entry, by_number, home))
    if by_number or by_phone:
        return refused(entry, IdNumberTaken() if by_number else PhoneTaken())
    if email and email in known.emails:
        return refused(entry, _("the e-mail belongs to another account"))
    name = entry.values["real_name"]
    return Verdict(entry, Fate.NEW, (), Newcomer(phone, name, number, home, email))


def told_apart(entry: Entry, person: User, home: Division) -> tuple[str, ...]:
    """What the file says otherwise than the account; an import changes no account."""
    same = (person.real_name, person.home_code) == (
        entry.values["real_name"],
        home.code,
    )
    return () if same else (_("known by another name or home, which stay as they are"),)


class Known:
    """Accounts with a number, phone or e-mail of the file, wherever they live."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        noise: list[str] = []
        numbers = {number_in(entry, noise) for entry in entries} - {""}
        phones = {phone_in(entry, noise) for entry in entries} - {""}
        emails = {email_in(entry, noise) for entry in entries} - {""}
        marks = {sealing.fingerprint(number): number for number in numbers}
        found = User.objects.order_by()
        self.numbers: dict[str, User] = {}
        self.phones: dict[str, User] = {}
        self.emails: set[str] = set()
        for chunk in chunks(sorted(marks)):
            for each in found.filter(id_number_fingerprint__in=chunk):
                self.numbers[marks[each.id_number_fingerprint]] = each
        for chunk in chunks(sorted(phones)):
            self.phones |= {each.phone: each for each in found.filter(phone__in=chunk)}
        for chunk in chunks(sorted(emails)):
            taken = found.filter(email__in=chunk).values_list("email", flat=True)
            self.emails |= set(taken)


def phone_in(entry: Entry, faults: list[str]) -> str:
    text = entry.values.get("phone", "")
    try:
        return normal_phone(text) if text else ""
    except ValidationError as fault:
        faults += fault.messages
        return ""


def email_in(entry: Entry, faults: list[str]) -> str:
    text = entry.values.get("email", "")
    try:
        validate_email(text) if text else None
    except ValidationError as fault:
        faults += fault.messages
        return ""
    return text


def write_people(verdicts: Sequence[Verdict], *, by: User) -> None:
    create_people([each.wanted for each in verdicts], by=by)
