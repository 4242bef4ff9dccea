"""Who may write courses. Reading them is open to everybody who is signed in."""

from accounts.models import User


def can_author(user: User) -> bool:
    """Trainers and administrators, through their group in Wagtail's admin."""
    return user.has_perm("wagtailadmin.access_admin")
