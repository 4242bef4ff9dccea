"""Runs on scenarios whose planted problems are known."""

from datetime import UTC, datetime
from functools import cache
from itertools import count

from exercises.domain.drawing import draw_case
from exercises.domain.judging import mark_items
from exercises.domain.knowing import truth_about
from exercises.domain.running import start_run
from exercises.models import Run

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@cache
def seed_with(*codes: str) -> int:
    """The first seed that plants exactly the problems with these codes."""
    return next(
        seed
        for seed in count(1)
        if sorted(each.code for each in draw_case(seed).planted) == sorted(codes)
    )


def RunFactory(person, *codes: str, marked: bool = False) -> Run:  # noqa: N802
    """A run on a case with exactly these problems; ``marked``: all judged rightly."""
    run = start_run(person, seed=seed_with(*codes), at=NOW)
    if not marked:
        return run
    truth = truth_about(run.facts, run.edition)
    marks = {finding.code: finding.met for finding in truth.answer.findings}
    return mark_items(run, marks=marks, decision=truth.decision, at=NOW)
