"""Many people at once: accounts and the informant's role, in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.enums import Role
from accounts.models import Grant, User
from core.audit import record_many
from divisions.models import Division
from divisions.scoping import at

CHUNK = 1000


@dataclass(frozen=True)
class Newcomer:
    phone: str
    real_name: str
    id_number: str
    home: Division
    email: str = ""


@dataclass(frozen=True)
class Nominee:
    """Somebody who is to become an informant of ``division``."""

    person: User
    division: Division
    since: date
    basis: str


@transaction.atomic
def create_people(newcomers: Sequence[Newcomer], *, by: User | None) -> list[User]:
    """Make the accounts that ``create_person`` would make, all or none.

    The caller has looked who is known already; a phone or ID number that was taken
    meanwhile is an ``IntegrityError`` of the database.
    """
    people = User.objects.bulk_create(map(account_of, newcomers), batch_size=CHUNK)
    logged = [(each, {"home": each.home_code}) for each in people]
    record_many("person.created", logged, by=by)
    return people


def account_of(newcomer: Newcomer) -> User:
    user = User(
        phone=newcomer.phone,
        real_name=newcomer.real_name,
        email=newcomer.email or None,
        home_division=newcomer.home,
        home_code=newcomer.home.code,
    )
    user.id_number = newcomer.id_number
    user.set_unusable_password()
    return user


@transaction.atomic
def nominate_people(nominees: Sequence[Nominee], *, by: User) -> list[Grant]:
    """Give the role of informant as ``grant_role`` would, all or none; the caller has
    looked who holds it already."""
    grants = Grant.objects.bulk_create(
        (
            Grant(
                user=each.person,
                role=Role.INFORMANT,
                since=each.since,
                granted_by=by,
                basis=each.basis,
                **at(each.division),
            )
            for each in nominees
        ),
        batch_size=CHUNK,
    )
    logged = [(each, {"role": each.role, "user": each.user_id}) for each in grants]
    record_many("role.granted", logged, by=by)
    return grants
