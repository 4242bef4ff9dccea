"""Who may do what with a certificate; lists start from ``visible_to``."""

from accounts.enums import Role
from accounts.models import User

from .models import KEEPERS, Certificate

REVOKERS = (Role.COUNTY_OFFICE, Role.CITY_OFFICE, Role.REGION_OFFICE)


def keeps_certificates(user: User) -> bool:
    """Whether the list shows other people's certificates too."""
    return user.holds(*KEEPERS)


def can_revoke(user: User, certificate: Certificate) -> bool:
    """The offices from the county up, and never one's own."""
    return certificate.holder_id != user.pk and user.holds(
        *REVOKERS, at=certificate.division_code
    )
