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


def can_keep_tokens(user: User, division: Division) -> bool:
    """Who reads a division as its office may let a program read it."""
    return user.holds(*MANAGERS, at=division.code)


def kept_codes(user: User) -> tuple[str, ...]:
    """The divisions whose tokens this person keeps."""
    return tuple(
        grant.division_code for grant in user.current_grants if grant.role in MANAGERS
    )
