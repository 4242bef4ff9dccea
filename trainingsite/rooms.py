"""The rooms of the site: which of them a person finds in the navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import OFFICES, Role
from accounts.permissions import can_manage_people

EVERY_OFFICE = tuple(OFFICES.values())
REGISTERS = (Role.INFORMANT, *EVERY_OFFICE, Role.ADMINISTRATOR)
LEARNERS = (Role.INFORMANT, *EVERY_OFFICE, Role.TRAINER, Role.ADMINISTRATOR)
POSTS = (Role.COUNTY_OFFICE, Role.CITY_OFFICE, Role.REGION_OFFICE, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Room:
    """One entry of the navigation."""

    address: str
    label: Promise
    icon: str
    opens_for: Callable[..., bool]


@dataclass(frozen=True)
class Door:
    """A room as one person sees it on one page."""

    url: str
    label: Promise
    icon: str
    current: bool


def holding(*roles: Role) -> Callable[..., bool]:
    return lambda user: user.holds(*roles)


ROOMS = (
    Room("home", _("Home"), "home", lambda user: True),
    Room("/courses/", _("Courses"), "book", holding(*LEARNERS)),
    Room("exercises:index", _("Exercises"), "exercise", holding(*LEARNERS)),
    Room("exams:index", _("Exams"), "exam", holding(*LEARNERS)),
    Room("certificates:index", _("Certificates"), "certificate", holding(*LEARNERS)),
    Room("rules", _("The Measures"), "clause", holding(*LEARNERS)),
    Room("rosters:index", _("Rosters"), "roster", holding(*POSTS)),
    Room("rosters:own-scorecard", _("My appraisal"), "chart", holding(Role.INFORMANT)),
    Room("households:index", _("Households"), "household", holding(*REGISTERS)),
    Room("villages:index", _("Villages"), "village", holding(*REGISTERS)),
    Room("ledger:index", _("Cases"), "ledger", holding(*REGISTERS)),
    Room("accounts:people", _("People"), "people", can_manage_people),
    Room("/admin/", _("Authoring"), "pen", holding(Role.TRAINER, Role.ADMINISTRATOR)),
)


def address_of(room: Room) -> str | None:
    if room.address.startswith("/"):
        return room.address
    try:
        return reverse(room.address)
    except NoReverseMatch:
        return None


def rooms_for(user, path: str) -> list[Door]:
    """Return the rooms open to ``user``, the one that ``path`` lies in marked."""
    doors = []
    for room in ROOMS:
        url = address_of(room)
        if url and room.opens_for(user):
            here = path == url if url == "/" else path.startswith(url)
            doors.append(Door(url, room.label, room.icon, here))
    return doors
