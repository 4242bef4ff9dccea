"""The three files that can be taken in, and who may send which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import User
from rosters.permissions import CHOOSERS, VIEWERS

from . import assignments, nominations, people
from .tables import Column, Entry, Verdict


def lock_nothing(entries: Sequence[Entry], *, by: User) -> None:
    """Nothing to lock: the database's own constraints hold two imports apart."""


@dataclass(frozen=True)
class Intake:
    """``weigh`` reads alone; ``lock`` and ``write`` belong into one transaction."""

    code: str
    title: Promise
    columns: tuple[Column, ...]
    weigh: Callable[..., list[Verdict]]
    write: Callable[..., None]
    roles: tuple[str, ...]
    lock: Callable[..., None] = lock_nothing


INTAKES = {
    each.code: each
    for each in (
        Intake(
            "people",
            people.TITLE,
            people.COLUMNS,
            people.weigh_people,
            people.write_people,
            VIEWERS,
        ),
        Intake(
            "nominations",
            nominations.TITLE,
            nominations.COLUMNS,
            nominations.weigh_nominations,
            nominations.write_nominations,
            VIEWERS,
            nominations.lock_nominees,
        ),
        Intake(
            "assignments",
            assignments.TITLE,
            assignments.COLUMNS,
            assignments.weigh_assignments,
            assignments.write_assignments,
            tuple(CHOOSERS.values()),
            assignments.lock_postings,
        ),
    )
}


def intakes_for(user: User) -> list[Intake]:
    return [each for each in INTAKES.values() if user.holds(*each.roles)]
