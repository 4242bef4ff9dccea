"""Who may take which step: ``measures`` names the level, a grant makes it a person."""

from accounts.models import User

from .enums import ENTERED_BY_REGION, LEVELS_OF_ROLE


def acts_for(user: User, level: str, code: str) -> bool:
    """Whether this person takes the steps of ``level`` for a subject at ``code``."""
    return user.acts_for("region" if level in ENTERED_BY_REGION else level, code)


def may_object(user: User, code: str) -> bool:
    """Whether this person enters objections to a notice about a subject at ``code``:
    the informant and every office above it, but nobody without a level."""
    return user.holds(*LEVELS_OF_ROLE, at=code)


def own_level(user: User, code: str) -> str:
    """The level for which this person speaks about a subject at ``code``.

    The nearest to the subject, if several; the household's for who holds none.
    """
    for grant in reversed(user.current_grants):
        levels = LEVELS_OF_ROLE.get(grant.role)
        if levels and code.startswith(grant.division_code):
            return levels[0]
    return "household"
