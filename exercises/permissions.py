"""Who may practise."""

from accounts.enums import Role
from accounts.models import User


def can_practise(user: User) -> bool:
    """Whoever holds a role anywhere: informants, offices and trainers alike."""
    return user.holds(*Role)
