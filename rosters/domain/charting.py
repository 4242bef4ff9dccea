"""Where the points of a trend lie on paper: figures in, places in an SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rosters.domain.trends import Point

WIDTH, HEIGHT = 480, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 48, 16, 40
LABEL_EVERY = 3  # months; more would not fit on a phone
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Mark:
    point: Point
    x: float
    y: float
    is_labelled: bool


@dataclass(frozen=True)
class Line:
    """A rule across the chart with its figure."""

    figure: int
    y: float


@dataclass(frozen=True)
class Chart:
    marks: list[Mark]
    lines: list[Line]

    width, height, left = WIDTH, HEIGHT, LEFT

    @property
    def path(self) -> str:
        return " ".join(f"{mark.x:.1f},{mark.y:.1f}" for mark in self.marks)

    @property
    def right(self) -> int:
        return WIDTH - RIGHT

    @property
    def foot(self) -> int:
        return HEIGHT - BOTTOM // 3


def chart_of(points: Sequence[Point]) -> Chart:
    """Draw the gap from nothing up to a round figure above its highest."""
    highest = max(point.staff.gap for point in points)
    step = round_step(highest)
    top = step * max(-(-highest // step), 1)
    wide = WIDTH - LEFT - RIGHT

    def level(figure: int) -> float:
        return HEIGHT - BOTTOM - figure / top * (HEIGHT - TOP - BOTTOM)

    first, last = points[0].on, len(points) - 1
    days = (points[-1].on - first).days or 1
    marks = [
        Mark(
            point,
            LEFT + wide * (point.on - first).days / days,
            level(point.staff.gap),
            (last - place) % LABEL_EVERY == 0,
        )
        for place, point in enumerate(points)
    ]
    return Chart(marks, [Line(f, level(f)) for f in range(0, top + 1, step)])


def round_step(highest: int) -> int:
    """The least of 1, 2, 5, 10, 20 … that divides the height into four at most."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * 4 >= highest:
                return step * power
        power *= 10
