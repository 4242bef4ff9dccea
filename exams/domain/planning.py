"""Drawing up blueprints, the starter one among them."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.enums import Kind, Subject
from exams.models import Blueprint, Cell

STARTER = "starter"
# Points by kind, so that the thirty questions of the starter paper make 100.
POINTS = {Kind.SINGLE: 3, Kind.MULTIPLE: 5, Kind.JUDGE: 2, Kind.NUMERIC: 4}
EASIER, HARDER, ANY = (1, 2), (3, 5), (1, 5)
STARTER_PARTS = (
    (Subject.POLICY, Kind.JUDGE, ANY, 2),
    (Subject.POLICY, Kind.SINGLE, EASIER, 3),
    (Subject.POLICY, Kind.SINGLE, HARDER, 2),
    (Subject.POLICY, Kind.MULTIPLE, EASIER, 1),
    (Subject.POLICY, Kind.MULTIPLE, HARDER, 1),
    (Subject.POLICY, Kind.NUMERIC, ANY, 1),
    (Subject.ENTRY, Kind.JUDGE, ANY, 2),
    (Subject.ENTRY, Kind.SINGLE, EASIER, 2),
    (Subject.ENTRY, Kind.SINGLE, HARDER, 2),
    (Subject.ENTRY, Kind.MULTIPLE, EASIER, 1),
    (Subject.ENTRY, Kind.MULTIPLE, HARDER, 1),
    (Subject.ENTRY, Kind.NUMERIC, ANY, 2),
    (Subject.SYSTEM, Kind.JUDGE, ANY, 2),
    (Subject.SYSTEM, Kind.SINGLE, EASIER, 3),
    (Subject.SYSTEM, Kind.SINGLE, HARDER, 2),
    (Subject.SYSTEM, Kind.MULTIPLE, EASIER, 1),
    (Subject.SYSTEM, Kind.MULTIPLE, HARDER, 1),
    (Subject.SYSTEM, Kind.NUMERIC, ANY, 1),
)


@transaction.atomic
def draw_up_blueprint(
    code: str, *, title: str, cells: list[Cell], by: User | None
) -> Blueprint:
    """Make the blueprint ``code``; where it exists, it is returned as it is."""
    if known := Blueprint.objects.filter(code=code).first():
        return known
    blueprint = Blueprint(code=code, title=title, cells=[c.as_row() for c in cells])
    blueprint.full_clean()
    blueprint.save()
    record("blueprint.drawn-up", blueprint, by=by)
    return blueprint


def starter_blueprint() -> Blueprint:
    """Return the paper for the post certificate: thirty questions, 100 points."""
    cells = [
        Cell(subject.value, kind.value, count, POINTS[kind], easiest, hardest)
        for subject, kind, (easiest, hardest), count in STARTER_PARTS
    ]
    title = "信息员上岗考试卷（30题，满分100分）"
    return draw_up_blueprint(STARTER, title=title, cells=cells, by=None)
