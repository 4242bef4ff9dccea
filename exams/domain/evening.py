"""How difficult a paper is: the mean of its questions', each as often as its points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from exams.models import Cell


def difficulty_of(
    chosen: Iterable[tuple[Cell, int]], difficulty: Sequence[int]
) -> Fraction:
    """Return it for a paper, by the difficulty of each question there is."""
    weights = [(cell.points, difficulty[index]) for cell, index in chosen]
    points = sum(points for points, _level in weights)
    return Fraction(sum(points * level for points, level in weights), points)


def usual_difficulty(
    cells: Iterable[Cell],
    fitting: Mapping[Cell, frozenset[int]],
    difficulty: Sequence[int],
) -> Fraction:
    """Return it for a paper whose cells hold what fits them on average."""
    points, total = 0, Fraction(0)
    for cell in cells:
        weight = cell.points * cell.count
        levels = sum(difficulty[index] for index in fitting[cell])
        total += Fraction(weight * levels, len(fitting[cell]))
        points += weight
    return total / points
