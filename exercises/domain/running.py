"""Beginning a run."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from exercises.enums import Kind
from exercises.models import Run

from .drawing import draw_case


@transaction.atomic
def start_run(person: User, *, seed: int, at: datetime) -> Run:
    """Begin on the case of ``seed``; one that is begun and not marked yet goes on."""
    begun = Run.objects.open().filter(person=person, seed=seed, marked_at=None).first()
    if begun:
        return begun
    scenario = draw_case(seed)
    run = Run.objects.create(
        person=person,
        kind=Kind.HOUSEHOLD_EXIT,
        seed=seed,
        edition=scenario.edition,
        facts=scenario.facts,
        started_at=at,
    )
    record("run.started", run, by=person, seed=seed)
    return run
