"""Who may manage people."""

from divisions.models import Division

from .enums import OFFICES, Role
from .models import User

MANAGERS = (Role.ADMINISTRATOR, *OFFICES.values())


def can_manage_people(user: User) -> bool:
    """Offices keep the accounts of their own division's people."""
    return user.holds(*MANAGERS)


def can_grant(user: User, role: str, division: Division) -> bool:
    """An administrator grants anything in the own division; an office grants the
    informant's role, nothing else."""
    if user.holds(Role.ADMINISTRATOR, at=division.code):
        return True
    return role == Role.INFORMANT and user.holds(*OFFICES.values(), at=division.code)
