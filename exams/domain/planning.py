"""Drawing up blueprints, the two of the starter content among them."""

from __future__ import annotations

import re
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.enums import Kind, Subject
from exams.models import Blueprint, Cell, Release

from .drawing import check_drawable

STARTER = "starter"
# Behind the starter in every list: the first is what a form begins with.
COMPREHENSIVE = "starter-comprehensive"
# Points by kind, so that the questions of either paper make 100.
POINTS = {
    Kind.SINGLE: 3,
    Kind.MULTIPLE: 5,
    Kind.JUDGE: 2,
    Kind.NUMERIC: 4,
    Kind.BLANK: 3,
    Kind.ORDERING: 4,
    Kind.MATCHING: 4,
    Kind.CASE: 6,
    Kind.LEDGER: 8,
    Kind.SHORT: 8,
}
NUMBERED = re.compile(r"(.+)（第([0-9]{1,3})版）")
# Whoever tries again is not to meet the questions of the last two attempts.
SPARED = 2
# Subject, kind, difficulty from and to, how many.
Parts = tuple[tuple[Subject, Kind, tuple[int, int], int], ...]
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
COMPREHENSIVE_PARTS = (
    (Subject.POLICY, Kind.JUDGE, ANY, 2),
    (Subject.POLICY, Kind.SINGLE, ANY, 4),
    (Subject.POLICY, Kind.MULTIPLE, ANY, 1),
    (Subject.POLICY, Kind.NUMERIC, ANY, 1),
    (Subject.POLICY, Kind.BLANK, ANY, 1),
    (Subject.POLICY, Kind.ORDERING, ANY, 1),
    (Subject.POLICY, Kind.MATCHING, ANY, 1),
    (Subject.POLICY, Kind.CASE, ANY, 1),
    (Subject.POLICY, Kind.SHORT, ANY, 1),
    (Subject.ENTRY, Kind.JUDGE, ANY, 1),
    (Subject.ENTRY, Kind.SINGLE, ANY, 3),
    (Subject.ENTRY, Kind.MULTIPLE, ANY, 1),
    (Subject.ENTRY, Kind.NUMERIC, ANY, 1),
    (Subject.ENTRY, Kind.LEDGER, ANY, 1),
    (Subject.SYSTEM, Kind.SINGLE, ANY, 3),
    (Subject.SYSTEM, Kind.MULTIPLE, ANY, 1),
    (Subject.SYSTEM, Kind.SHORT, ANY, 1),
)


class Terms(TypedDict, total=False):
    """What else a blueprint says; what is not said is as ``Blueprint`` has it."""

    spares_attempts: int
    exposure_percent: int
    evens_difficulty: bool
    based_on: Blueprint | None


@transaction.atomic
def draw_up_blueprint(
    code: str,
    *,
    title: str,
    cells: list[Cell],
    by: User | None,
    release: Release | None = None,
    **terms: Unpack[Terms],
) -> Blueprint:
    """Make the blueprint ``code``; where it exists, it is returned as it is. Raises
    ``CellShort``, ``TooFewApart`` or ``Tangled`` if ``release`` is said and no paper
    can be drawn from it."""
    if known := Blueprint.objects.filter(code=code).first():
        return known
    blueprint = plan_blueprint(code, title=title, cells=cells, **terms)
    blueprint.full_clean()
    if release is not None:
        check_drawable(blueprint, release)
    blueprint.save()
    record("blueprint.drawn-up", blueprint, by=by)
    return blueprint


def plan_blueprint(
    code: str, *, title: str, cells: list[Cell], **terms: Unpack[Terms]
) -> Blueprint:
    """A blueprint that is not kept yet, to see what it would draw."""
    return Blueprint(
        code=code, title=title, cells=[cell.as_row() for cell in cells], **terms
    )


def code_for(key: UUID) -> str:
    """The code of a blueprint that somebody writes: the form's own key, so that a
    form sent twice is one blueprint. It comes behind the starters in every list."""
    return f"written-{key.hex}"


def next_title(blueprint: Blueprint) -> str:
    """A title for a copy of ``blueprint``: the next number behind the same words."""
    number = 2
    stem = blueprint.title
    if found := NUMBERED.fullmatch(stem):
        stem, number = found[1], int(found[2]) + 1
    ending = f"（第{number}版）"
    return stem[: Blueprint.LONGEST_TITLE - len(ending)] + ending


def starter_blueprint() -> Blueprint:
    """Return the paper for the post certificate: thirty questions, 100 points."""
    title = "信息员上岗考试卷（30题，满分100分）"
    cells = cells_of(STARTER_PARTS)
    return draw_up_blueprint(
        STARTER, title=title, cells=cells, by=None, spares_attempts=SPARED
    )


def comprehensive_blueprint() -> Blueprint:
    """Return a paper of every kind: twenty-five questions, 100 points. Two people mark
    its short answers, so that a result, and a certificate, wait for them."""
    title = "综合考试卷（各种题型，25题，满分100分，简答题由两人评阅）"
    cells = cells_of(COMPREHENSIVE_PARTS)
    return draw_up_blueprint(
        COMPREHENSIVE, title=title, cells=cells, by=None, spares_attempts=SPARED
    )


def cells_of(parts: Parts) -> list[Cell]:
    return [
        Cell(subject.value, kind.value, count, POINTS[kind], easiest, hardest)
        for subject, kind, (easiest, hardest), count in parts
    ]
