"""Who enters the figures of a village."""

from accounts.enums import Role
from accounts.models import User
from divisions.enums import Level
from divisions.models import Division


def can_enter_profile(user: User, division: Division) -> bool:
    """The township's office counts its villages."""
    return division.level == Level.VILLAGE and user.holds(
        Role.TOWNSHIP_OFFICE, at=division.code
    )
