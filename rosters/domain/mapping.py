"""A map of tiles: one square a division, in its rough place, drawn by ourselves.

Nobody's boundary data: the places of the fourteen cities say only who is north, west
or beside whom. Divisions without a place here stand in rows, in the order of codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rosters.domain.gaps import GapRow

# Column and row of each city 设区市, from 河池 in the north to 北海 on the coast.
CITY_PLACES = {
    "4512": (1, 0),
    "4502": (2, 0),
    "4503": (3, 0),
    "4511": (4, 0),
    "4510": (0, 1),
    "4501": (1, 1),
    "4513": (2, 1),
    "4508": (3, 1),
    "4504": (4, 1),
    "4514": (0, 2),
    "4507": (2, 2),
    "4509": (3, 2),
    "4506": (1, 3),
    "4505": (2, 3),
}
ABREAST = 5
STEP = 100
GAP = 6
LONGEST_LINE = 4
# A shade begins where at least so many percent of what is required are missing.
SHADES = ((75, 4), (50, 3), (25, 2), (0, 1))


@dataclass(frozen=True)
class Tile:
    row: GapRow
    x: int
    y: int

    @property
    def lines(self) -> list[str]:
        """The name in lines short enough for a tile."""
        name = self.row.division.short_name
        if len(name) <= LONGEST_LINE:
            return [name]
        half = max(LONGEST_LINE, -(-len(name) // 2))
        return [name[:half], name[half:]]

    @property
    def shade(self) -> int:
        """0 where nothing is missing or required, up to 4 where most is."""
        staff = self.row.total
        if not staff.gap:
            return 0
        missing = staff.gap * 100 // staff.required
        return next(shade for least, shade in SHADES if missing >= least)


@dataclass(frozen=True)
class TileMap:
    tiles: list[Tile]

    @property
    def width(self) -> int:
        return max(tile.x for tile in self.tiles) + STEP - GAP

    @property
    def height(self) -> int:
        return max(tile.y for tile in self.tiles) + STEP - GAP


def map_of(rows: Sequence[GapRow]) -> TileMap | None:
    """Return the tiles of ``rows``; None where there is nothing to draw."""
    if not rows:
        return None
    by_code = sorted(rows, key=lambda row: row.division.code)
    placed = [row for row in by_code if row.division.code in CITY_PLACES]
    others = [row for row in by_code if row.division.code not in CITY_PLACES]
    places = [CITY_PLACES[row.division.code] for row in placed]
    first = max((y for _x, y in places), default=-1) + 1
    places += [(n % ABREAST, first + n // ABREAST) for n in range(len(others))]
    return TileMap(
        [
            Tile(row, x * STEP, y * STEP)
            for row, (x, y) in zip([*placed, *others], places, strict=True)
        ]
    )
