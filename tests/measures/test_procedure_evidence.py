"""Notices, objections, dates, meetings and documents: what a step must leave."""

from datetime import date

import pytest

from measures.casework.declared import value_on
from tests.measures.cases import EXIT, EXIT_STEPS, WEEK, notice, refused

# Notices


@pytest.mark.parametrize(
    ("until", "verdict"),
    [("2017-11-11", None), ("2017-11-10", (2, "notice-too-short"))],
)
def test_seven_days_of_notice_are_enough_both_ends_counted(until, verdict):
    given = notice("2017-11-05", until)

    assert refused(EXIT, steps__2__notice=given) == verdict


def test_the_office_may_set_another_number_of_days():
    given = notice("2017-11-05", "2017-11-09")

    assert refused(EXIT, steps__2__notice=given, notice_days=5) is None
    assert refused(EXIT, steps__2__notice=given, notice_days=6) == (
        2,
        "notice-too-short",
    )


def test_a_step_that_gives_notice_does_not_pass_without_one():
    assert refused(EXIT, steps__2__notice=None) == (2, "evidence-missing")


def test_the_county_announcement_has_no_minimum_of_days():
    given = notice("2017-11-12", "2017-11-12")

    assert refused(EXIT, steps__3__notice=given) is None


def test_an_open_objection_stops_the_case():
    given = notice("2017-11-05", "2017-11-30", {"raised_on": "2017-11-06"})

    assert refused(EXIT, steps__2__notice=given) == (2, "objection-open")


@pytest.mark.parametrize(
    ("until", "verdict"),
    [("2017-11-14", None), ("2017-11-13", (2, "notice-too-short"))],
)
def test_the_clock_stands_still_while_an_objection_is_reviewed(until, verdict):
    objection = {"raised_on": "2017-11-06", "settled_on": "2017-11-09"}
    given = notice("2017-11-05", until, objection)

    assert refused(
        EXIT, steps=[*EXIT_STEPS[:2], {**EXIT_STEPS[2], "notice": given}]
    ) == (verdict)


def test_two_objections_at_once_stop_the_clock_once():
    objections = [
        {"raised_on": "2017-11-06", "settled_on": "2017-11-09"},
        {"raised_on": "2017-11-07", "settled_on": "2017-11-08"},
    ]
    given = notice("2017-11-05", "2017-11-14", *objections)

    assert refused(
        EXIT, steps=[*EXIT_STEPS[:2], {**EXIT_STEPS[2], "notice": given}]
    ) is (None)


@pytest.mark.parametrize(
    "given",
    [notice("2017-11-11", "2017-11-05"), notice("2017-11-04", "2017-11-11")],
)
def test_a_notice_neither_ends_before_it_begins_nor_begins_before_its_step(given):
    assert refused(EXIT, steps__2__notice=given) == (2, "dates-out-of-order")


# Dates, meetings, documents


def test_a_step_cannot_come_before_the_one_it_follows():
    assert refused(EXIT, steps__1__on="2017-10-31") == (1, "dates-out-of-order")
    assert refused(EXIT, steps__1__on="2017-11-01") is None


def test_the_decision_cannot_come_before_the_notice_has_run():
    assert refused(EXIT, steps__3__on="2017-11-10") == (3, "dates-out-of-order")
    assert refused(EXIT, steps__3__on="2017-11-11") is None


@pytest.mark.parametrize(
    ("called", "present", "in_favour", "verdict"),
    [
        (30, 20, 11, None),
        (30, 19, 19, (1, "evidence-missing")),
        (30, 20, 10, (1, "evidence-missing")),
    ],
)
def test_two_thirds_attend_an_appraisal_and_more_than_half_of_them_agree(
    called, present, in_favour, verdict
):
    meeting = {"called": called, "present": present, "in_favour": in_favour}

    assert refused(EXIT, steps__1__meeting=meeting) == verdict


def test_where_documents_are_listed_none_of_the_steps_own_may_lack():
    assert refused(EXIT, steps__1__documents=["minutes"]) is None
    assert refused(EXIT, steps__1__documents=[]) == (1, "evidence-missing")
    assert refused(EXIT, steps__0__documents=["verification_form"]) == (
        0,
        "evidence-missing",
    )


def test_a_notice_of_more_than_a_week_is_fine_and_a_week_is_too():
    assert refused(EXIT, steps__2__notice=WEEK) is None
    longer = notice("2017-11-05", "2017-11-12")
    assert refused(EXIT, steps__2__notice=longer) is None


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2016, 6, 30), 5),
        (date(2016, 7, 1), 5),
        (date(2018, 12, 31), 5),
        (date(2019, 1, 1), 7),
        (None, 7),
    ],
)
def test_a_parameter_has_the_value_of_its_day(day, value):
    dated = [
        {"since": date(2016, 7, 1), "value": 5},
        {"since": date(2019, 1, 1), "value": 7},
    ]

    assert value_on(dated, day) == value
