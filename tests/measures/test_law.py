"""Editions in force, their income lines, and the lines an office lays over them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

import measures
from measures import IncomeLine
from measures.standards import of_year


def test_the_editions_follow_each_other_without_gap_or_overlap():
    editions = measures.editions()

    assert [edition.code for edition in editions] == [
        "gx-2016",
        "gx-2017",
        "gx-2018",
        "gx-2020",
        "gx-2021",
    ]
    for earlier, later in pairwise(editions):
        assert earlier.until + timedelta(days=1) == later.since
    assert editions[-1].until is None


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2016, 7, 1), "gx-2016"),
        (date(2017, 4, 30), "gx-2016"),
        (date(2017, 5, 1), "gx-2017"),
        (date(2017, 12, 31), "gx-2017"),
        (date(2018, 1, 1), "gx-2018"),
        (date(2020, 3, 20), "gx-2020"),
        (date(2026, 1, 1), "gx-2021"),
    ],
)
def test_a_day_has_its_edition(day, code):
    assert measures.in_force(day).code == code


def test_an_unknown_edition_is_refused_with_the_known_ones():
    with pytest.raises(measures.Unreadable) as refusal:
        measures.edition("gx-2019")

    assert "gx-2017" in refusal.value.message["en"]


@pytest.mark.parametrize(
    ("year", "yuan"),
    [
        (2014, 2800),
        (2015, 2855),
        (2016, 2952),
        (2017, 2952),
        (2019, 3218),
        (2020, 4000),
    ],
)
def test_the_exit_line_is_the_national_one_of_the_year(year, yuan):
    assert measures.edition("gx-2017").exit_line(year).amount == yuan


def test_lines_that_were_only_remembered_say_so():
    edition = measures.edition("gx-2017")

    assert edition.exit_line(2016).attested == "public"
    assert edition.exit_line(2017).attested == "assumed"


def test_the_regions_own_exit_line_goes_before_the_national_one():
    own = IncomeLine(2017, "exit", 3300, "assumed", scope="gx")
    nation = IncomeLine(2017, "exit", 3000, "assumed")
    edition = measures.edition("gx-2017").with_lines(nation, own)

    assert edition.exit_line(2017).amount == 3300
    assert edition.exit_line(2016).amount == 2952


def test_a_line_of_another_region_is_not_used():
    other = IncomeLine(2017, "exit", 9000, "assumed", scope="gz")

    assert measures.edition("gx-2017").with_lines(other).exit_line(2017).amount == 2952


def test_a_monitoring_line_is_never_an_exit_line():
    edition = measures.edition("gx-2021")

    assert edition.exit_line(2021) is None
    assert edition.income_line(2021, ["monitor"]).amount == 6000


def test_the_wrong_years_the_interpretation_prints_are_kept_beside_the_right_ones():
    numbers = {d.number: d.printed for d in measures.edition("gx-2017").documents}

    assert numbers["厅发〔2015〕28号"] == "厅发〔2017〕28号"
    assert numbers["桂扶领发〔2017〕8号"] is None


@pytest.mark.parametrize(
    ("year", "value"), [(2015, 20), (2017, 20), (2018, 20), (2020, 50), (2024, 50)]
)
def test_a_value_by_years_holds_until_the_next_is_stated(year, value):
    assert of_year({"2020": 50, "2017": 20}, year) == value


def test_a_village_and_a_county_are_judged_by_the_edition_of_their_day():
    for read, check in (
        (measures.read_village, measures.check_village),
        (measures.read_county, measures.check_county),
    ):
        assert check(read({"on": "2016-09-01"})).edition == "gx-2016"
        assert check(read({"on": "2016-09-01", "edition": "gx-2018"})).edition == (
            "gx-2018"
        )
        assert check(read({"on": "2016-09-01"}), "gx-2017").edition == "gx-2017"
