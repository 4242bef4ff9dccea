"""Moving somebody from one post to another in one go."""

from datetime import date

from django.db import transaction

from accounts.models import User
from divisions.models import Division
from rosters.domain.assigning import assign_person, end_assignment
from rosters.enums import Leaving
from rosters.models import Assignment


@transaction.atomic
def transfer_person(
    held: Assignment,
    *,
    division: Division,
    by: User,
    on: date,
    besides: bool = False,
    document: str = "",
) -> Assignment:
    """End ``held`` with ``on`` and begin in ``division`` the same day, or neither.

    Refuses as ``end_assignment`` and ``assign_person`` do; the office must contain
    both posts. Twice is once.
    """
    person = User.objects.select_for_update(of=["self"]).get(pk=held.person_id)
    if held.division_id != division.pk:
        end_assignment(
            held, by=by, on=on, leaving=Leaving.TRANSFERRED, document=document
        )
    return assign_person(
        person, division=division, by=by, on=on, besides=besides, document=document
    )
