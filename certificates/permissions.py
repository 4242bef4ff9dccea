"""Who may do what with a certificate; lists start from ``visible_to``."""

from accounts.enums import Role
from accounts.models import User
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from exams.models import Sitting

from .models import DESIGNERS, KEEPERS, Certificate

REVOKERS = (Role.COUNTY_OFFICE, Role.CITY_OFFICE, Role.REGION_OFFICE)

# 市、县扶贫开发领导小组办公室: these two choose and assign.
CHOOSERS = {Level.CITY: Role.CITY_OFFICE, Level.COUNTY: Role.COUNTY_OFFICE}


def keeps_certificates(user: User) -> bool:
    """Whether the list shows other people's certificates too."""
    return user.holds(*KEEPERS)


def kept_codes(user: User) -> list[str]:
    return [g.division_code for g in user.current_grants if g.role in KEEPERS]


def can_revoke(user: User, certificate: Certificate) -> bool:
    """The offices from the county up, and never one's own."""
    return certificate.holder_id != user.pk and user.holds(
        *REVOKERS, at=certificate.division_code
    )


def deciding_codes(user: User) -> list[str]:
    """Where this person decides about other people's certificates."""
    return [g.division_code for g in user.current_grants if g.role in REVOKERS]


def can_order_batch(user: User, sitting: Sitting) -> bool:
    """The offices from the county up, for a sitting of their division."""
    return user.holds(*REVOKERS, at=sitting.division_code)


def can_set_validity(user: User) -> bool:
    """The region office, and whoever administers the whole region."""
    return any(
        grant.role in (Role.REGION_OFFICE, Role.ADMINISTRATOR)
        and len(grant.division_code) == CODE_LENGTH[Level.REGION]
        for grant in user.current_grants
    )


def can_keep_photo(user: User, person: User) -> bool:
    """One's own, and an office those of its division's people."""
    if user.pk == person.pk:
        return True
    return bool(person.home_code) and user.holds(*KEEPERS, at=person.home_code)


def can_design(user: User, code: str | None = None) -> bool:
    """The offices that issue, for what is issued in their division."""
    return user.holds(*DESIGNERS, at=code)


def designed_codes(user: User) -> list[str]:
    return [g.division_code for g in user.current_grants if g.role in DESIGNERS]


def choosing_office(user: User) -> Division | None:
    """The city or county for whose office ``user`` chooses people, the widest."""
    held = (grant.division for grant in user.current_grants)
    return next((each for each in held if can_choose(user, each)), None)


def can_choose(user: User, division: Division) -> bool:
    """The office of exactly this city or county chooses its people."""
    return division.level in CHOOSERS and user.acts_for(division.level, division.code)
