"""Who may look at rosters and who may fill them."""

from accounts.enums import OFFICES, Role
from accounts.models import User
from divisions.enums import Level
from divisions.models import Division, DivisionQuerySet

VIEWERS = (*OFFICES.values(), Role.ADMINISTRATOR)
# 市、县扶贫开发领导小组办公室: these two choose and assign.
CHOOSERS = {Level.CITY: Role.CITY_OFFICE, Level.COUNTY: Role.COUNTY_OFFICE}


def viewed_codes(user: User) -> tuple[str, ...]:
    """The divisions whose rosters this person may read, without nested ones."""
    wide: list[str] = []
    for grant in user.current_grants:  # the widest first
        code = grant.division_code
        if grant.role in VIEWERS and not code.startswith(tuple(wide)):
            wide.append(code)
    return tuple(wide)


def viewed_divisions(user: User) -> DivisionQuerySet:
    return Division.objects.within(*viewed_codes(user))


def can_choose(user: User, division: Division) -> bool:
    """The office of exactly this city or county chooses its people."""
    return division.level in CHOOSERS and user.acts_for(division.level, division.code)


def can_assign(user: User, division: Division) -> bool:
    """A city or county office whose division contains the post."""
    return user.holds(*CHOOSERS.values(), at=division.code)
