"""Pictures of numbers that stand in a table beside them: geometry for SVG."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

LABEL, SCALE, VALUE = 210, 360, 70
ROW, BAR = 26, 14
# In halves of a Chinese character.
LONGEST_LABEL = 28
TICKS = (0, 25, 50, 75, 100)
SIDE, MARGIN = 320, 44


@dataclass(frozen=True)
class Share:
    """A bar: from nothing to ``share``, its interval, and the words at its end."""

    label: str
    share: float
    value: str
    low: float | None = None
    high: float | None = None
    stands_out: bool = False


@dataclass(frozen=True)
class DrawnBar:
    share: Share
    label: str
    y: int
    middle: int
    base: int
    width: int
    low: int | None
    high: int | None
    value_at: int


@dataclass(frozen=True)
class BarPlot:
    width: int
    height: int
    left: int
    foot: int
    bars: list[DrawnBar]
    ticks: list[tuple[int, int]]
    mark: int | None


def bar_plot(shares: Iterable[Share], *, mark: float | None = None) -> BarPlot:
    """Lay out a bar a row, on a scale from 0 to 100 per cent; ``mark`` is a line
    across all of them."""
    bars = [drawn(share, ROW * place) for place, share in enumerate(shares)]
    foot = ROW * len(bars) + 6
    return BarPlot(
        width=LABEL + SCALE + VALUE,
        height=foot + 20,
        left=LABEL,
        foot=foot,
        bars=bars,
        ticks=[(place_of(tick / 100), tick) for tick in TICKS],
        mark=None if mark is None else place_of(mark),
    )


def drawn(share: Share, y: int) -> DrawnBar:
    end = share.high if share.high is not None else share.share
    return DrawnBar(
        share=share,
        label=shortened(share.label),
        y=y + (ROW - BAR) // 2,
        middle=y + ROW // 2,
        base=y + ROW // 2 + 5,
        width=place_of(share.share) - LABEL,
        low=None if share.low is None else place_of(share.low),
        high=None if share.high is None else place_of(share.high),
        value_at=place_of(end) + 6,
    )


def place_of(share: float) -> int:
    return LABEL + round(SCALE * share)


def shortened(label: str) -> str:
    """Cut what would run into the bars; the table has the whole."""
    widths = [1 if east_asian_width(sign) in ("N", "Na", "H") else 2 for sign in label]
    if sum(widths) <= LONGEST_LABEL:
        return label
    fitting = sum(end <= LONGEST_LABEL - 2 for end in accumulate(widths))
    return label[:fitting] + "…"


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    label: str
    stands_out: bool


@dataclass(frozen=True)
class DotPlot:
    side: int
    margin: int
    end: int
    dots: list[Dot]
    across: list[tuple[int, int]]
    up: list[tuple[int, str]]


def dot_plot(points: Iterable[tuple[str, float, float, bool]]) -> DotPlot:
    """Lay out a dot a question: facility across, correlation from -1 to 1 upwards."""
    end = MARGIN + SIDE

    def up(correlation: float) -> int:
        return round(MARGIN / 2 + SIDE * (1 - correlation) / 2)

    return DotPlot(
        side=end + MARGIN // 2,
        margin=MARGIN,
        end=end,
        dots=[
            Dot(MARGIN + round(SIDE * facility), up(correlation), label, stands_out)
            for label, facility, correlation, stands_out in points
        ],
        across=[(MARGIN + round(SIDE * tick / 100), tick) for tick in TICKS],
        up=[(up(tick / 2), f"{tick / 2:.1f}") for tick in range(-2, 3)],
    )
