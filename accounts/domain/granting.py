"""Making people known to the site and giving them roles."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.enums import LEVEL_OF_OFFICE, Role
from accounts.errors import IdNumberTaken, PhoneTaken, WrongLevelForRole
from accounts.models import Grant, User
from core.audit import record
from divisions.models import Division
from divisions.scoping import at

# What a role opens in Wagtail's admin is given to a group of the same name.
GROUPS = {
    Role.TRAINER: "Trainers",
    Role.COUNTY_OFFICE: "County offices",
    Role.CITY_OFFICE: "City offices",
    Role.REGION_OFFICE: "Region offices",
}


@transaction.atomic
def create_person(
    phone: str,
    *,
    real_name: str,
    id_number: str,
    home: Division,
    by: User | None,
    email: str | None = None,
    password: str | None = None,
) -> User:
    """Make an account; without a password it opens by one-time code.

    The same phone and ID number again return the account already made. Raises
    ``PhoneTaken`` or ``IdNumberTaken`` when only one of them matches.
    """
    by_phone = User.objects.filter(phone=phone).first()
    by_number = User.objects.with_id_number(id_number).first() if id_number else None
    if by_phone and by_phone == by_number:
        return by_phone
    if by_phone:
        raise PhoneTaken
    if by_number:
        raise IdNumberTaken

    user = User(
        phone=phone,
        real_name=real_name,
        email=email or None,
        home_division=home,
        home_code=home.code,
    )
    user.id_number = id_number
    user.set_password(password)
    user.save()
    record("person.created", user, by=by, home=home.code)
    return user


@transaction.atomic
def grant_role(
    user: User,
    role: Role,
    *,
    division: Division,
    by: User | None,
    on: date,
    basis: str = "",
) -> Grant:
    """Give ``user`` the role in ``division`` from ``on`` on; twice is once.

    Raises ``WrongLevelForRole`` for, say, a county office in a village.
    """
    level = LEVEL_OF_OFFICE.get(role)
    if level and division.level != level:
        raise WrongLevelForRole(role=Role(role).label, division=division)
    held = user.grants.current(on).filter(role=role, division=division).first()
    if held:
        return held
    grant = Grant.objects.create(
        user=user,
        role=role,
        since=on,
        granted_by=by,
        basis=basis.strip(),
        **at(division),
    )
    sync_admin_access(user, on=on)
    record("role.granted", grant, by=by, role=role, user=user.pk)
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, by: User, on: date) -> Grant:
    """End the grant with ``on``; what was done under it stays done."""
    if grant.until is None:
        grant.until = on
        grant.save(update_fields=["until"])
        sync_admin_access(grant.user, on=on)
        record("role.ended", grant, by=by, role=grant.role, user=grant.user_id)
    return grant


def sync_admin_access(user: User, *, on: date) -> None:
    """Let the admin groups follow from the grants."""
    roles = set(user.grants.current(on).values_list("role", flat=True))
    held = {name for role, name in GROUPS.items() if role in roles}
    for group in user.groups.filter(name__in=set(GROUPS.values()) - held):
        user.groups.remove(group)
    for name in held:
        user.groups.add(admin_group(name))
    staff = Role.ADMINISTRATOR in roles
    if (user.is_staff, user.is_superuser) != (staff, staff):
        user.is_staff = user.is_superuser = staff
        user.save(update_fields=["is_staff", "is_superuser"])
    user.__dict__.pop("current_grants", None)


def admin_group(name: str) -> Group:
    """The group of that name, which may at least enter the admin."""
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        door = {"content_type__app_label": "wagtailadmin", "codename": "access_admin"}
        group.permissions.add(*Permission.objects.filter(**door))
    return group
