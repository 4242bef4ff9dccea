"""What somebody who leaves a post hands over: households and open cases."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from divisions.enums import Level
from households.models import Household, HouseholdQuerySet
from ledger.models import Case, CaseQuerySet
from rosters.models import Assignment

# In a village the informant writes for the households as well.
OWN_LEVELS = {Level.VILLAGE: ("village", "household")}


@dataclass(frozen=True)
class HandOver:
    """Of a village all its households; everywhere the open cases whose next step is
    the post's own. Only what the reader may see of the registers anyway."""

    households: HouseholdQuerySet
    cases: CaseQuerySet


def hand_over_of(assignment: Assignment, *, to: User) -> HandOver:
    code, level = assignment.division_code, Level(assignment.division.level)
    households = Household.objects.visible_to(to).within(code).for_list()
    if level != Level.VILLAGE:
        households = households.none()
    levels = OWN_LEVELS.get(level, (level.value,))
    cases = (
        Case.objects.visible_to(to).within(code).open().filter(next_level__in=levels)
    )
    return HandOver(households, cases.for_list())
