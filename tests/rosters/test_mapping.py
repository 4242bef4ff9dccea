from rosters.domain.gaps import GapRow, gap_table
from rosters.domain.mapping import CITY_PLACES, map_of
from rosters.domain.quotas import Staff
from tests.factories.divisions import DivisionFactory

from .conftest import TODAY


def test_every_city_has_a_place_of_its_own():
    assert len(CITY_PLACES) == len(set(CITY_PLACES.values())) == 14


def test_tiles_say_what_the_rows_say(napo):
    rows = gap_table(napo.region, on=TODAY).rows

    drawn = map_of(rows)

    assert [tile.row for tile in drawn.tiles] == rows
    assert (drawn.tiles[0].x, drawn.tiles[0].y) == (0, 100)


def test_counties_stand_in_rows_none_on_another(napo):
    for number in range(6):
        DivisionFactory(code=f"45103{number}", name=f"县{number}")

    tiles = map_of(gap_table(napo.city, on=TODAY).rows).tiles

    assert len({(tile.x, tile.y) for tile in tiles}) == 8
    assert [tile.y for tile in tiles] == [0] * 5 + [100] * 3


def shade(division, **staff):
    (tile,) = map_of([GapRow(division, Staff(), Staff(**staff), False)]).tiles
    return tile.shade


def test_the_shade_follows_the_share_that_is_missing(napo):
    assert shade(napo.county) == 0
    assert shade(napo.county, required=4, in_post=4) == 0
    assert shade(napo.county, required=1000, in_post=999, gap=1) == 1
    assert shade(napo.county, required=4, in_post=3, gap=1) == 2
    assert shade(napo.county, required=4, in_post=2, gap=2) == 3
    assert shade(napo.county, required=4, in_post=1, gap=3) == 4


def test_long_names_are_written_in_two_lines():
    def lines(name):
        county = DivisionFactory.build(code="451299", name=name)
        return map_of([GapRow(county, Staff(), Staff(), False)]).tiles[0].lines

    assert lines("那坡县") == ["那坡县"]
    assert lines("环江毛南族自治县") == ["环江毛南", "族自治县"]
    assert lines("都安瑶族自治县") == ["都安瑶族", "自治县"]


def test_nothing_is_drawn_of_nothing():
    assert map_of([]) is None
