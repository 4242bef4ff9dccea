"""Who keeps the register, and who only reads it."""

from accounts.enums import OFFICES, Role
from accounts.models import User

from .models import Household

KEEPERS = (Role.INFORMANT, Role.TOWNSHIP_OFFICE)


def can_register(user: User, division_code: str | None = None) -> bool:
    """Informants and township offices enter households, in their own divisions."""
    return user.holds(*KEEPERS, at=division_code)


def can_edit(user: User, household: Household) -> bool:
    """Those who enter households mend them; county, city and region read."""
    return user.holds(*KEEPERS, at=household.division_code)


def can_start_case(user: User, household: Household) -> bool:
    """A case begins with those who know the household, or with its county's office,
    which proposes."""
    return can_edit(user, household) or user.holds(
        Role.COUNTY_OFFICE, at=household.division_code
    )


def can_enter_lines(user: User) -> bool:
    """The line of a year is the region's to set."""
    return user.holds(Role.REGION_OFFICE)


def can_clean(user: User, division_code: str | None = None) -> bool:
    """The offices from the township up have the rules run over their registers."""
    return user.holds(*OFFICES.values(), at=division_code)
