"""Who may look at rosters and who may fill them."""

from accounts.enums import OFFICES, Role
from accounts.models import User
from certificates.permissions import CHOOSERS
from divisions.models import Division, DivisionQuerySet

VIEWERS = (*OFFICES.values(), Role.ADMINISTRATOR)


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


def can_wish_for(user: User, person: User) -> bool:
    """Oneself, or a city or county office whose division is the person's home."""
    if not person.home_code:
        return False
    return user.pk == person.pk or user.holds(*CHOOSERS.values(), at=person.home_code)


def can_assign(user: User, division: Division) -> bool:
    """A city or county office whose division contains the post."""
    return user.holds(*CHOOSERS.values(), at=division.code)
