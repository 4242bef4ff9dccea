from datetime import date

import measures
from ledger.domain.progress import stations

STEPS = [
    {"step": "verify_household", "level": "township", "on": "2017-11-01"},
    {"step": "appraise_in_village", "level": "village", "on": "2017-11-02"},
    {
        "step": "review_in_township",
        "level": "township",
        "on": "2017-11-03",
        "notice": {"from": "2017-11-03", "to": "2017-11-09"},
    },
]


def drawn(steps, *, procedure="exit", on=None, **case):
    made_up = {
        "procedure": procedure,
        "subject": "household",
        "status": "registered",
        "facts": {"standard_met": True},
        "steps": steps,
        **case,
    }
    return stations(procedure, "household", steps, measures.replay(made_up), on=on)


def test_a_made_up_case_is_drawn_without_the_database():
    assert [stop.state for stop in drawn(STEPS)] == [
        "done",
        "done",
        "done",
        "current",
        "next",
        "next",
    ]


def test_each_station_names_its_step_and_level():
    first = drawn([])[0]

    assert (first.name, first.level_name) == ("入户核验", "乡镇")


def test_the_filing_in_the_region_waits_for_that_of_the_city():
    decided = [
        *STEPS,
        {"step": "decide_in_county", "level": "county", "on": "2017-11-10"},
    ]

    states = {(stop.code, stop.level): stop.state for stop in drawn(decided)}

    assert states["file", "city"] == "current"
    assert states["file", "region"] == "next"


def test_the_days_of_a_notice_are_counted_to_its_end_both_included():
    review = drawn(STEPS, on=date(2017, 11, 8))[2]

    assert (review.notice_to, review.notice_days_left) == (date(2017, 11, 9), 2)


def test_after_the_end_no_day_of_a_notice_is_left():
    assert drawn(STEPS, on=date(2017, 11, 10))[2].notice_days_left == 0


def test_what_comes_after_a_failure_is_not_reached():
    failed = [STEPS[0], {**STEPS[1], "outcome": "failed"}]

    told = [(stop.state, stop.word) for stop in drawn(failed)]

    assert told[:3] == [("done", "通过"), ("closed", "不通过"), ("closed", "未办到")]


def test_a_refused_step_is_still_to_come():
    skipped = [STEPS[0], STEPS[2]]

    assert [stop.state for stop in drawn(skipped)][:3] == ["done", "current", "next"]


def test_an_optional_step_left_out_is_passed_over():
    steps = [
        {"step": "inspect_on_site", "level": "city", "on": "2018-03-01"},
        {"step": "give_feedback", "level": "city", "on": "2018-03-02"},
        {"step": "consolidate", "level": "county", "on": "2018-03-10"},
    ]

    told = drawn(
        steps,
        procedure="roll_back",
        status="exited",
        history=[{"event": "exited", "on": "2017-12-01"}],
        facts={"failed_check_by": "city"},
    )

    assert [(stop.state, stop.word) for stop in told] == [
        ("done", "通过"),
        ("done", "通过"),
        ("closed", "未经过"),
        ("done", "通过"),
    ]


def test_a_rollback_shows_the_level_that_checked():
    told = drawn(
        [],
        procedure="roll_back",
        status="exited",
        history=[{"event": "exited", "on": "2017-12-01"}],
        facts={"failed_check_by": "third_party"},
    )

    assert (told[0].state, told[0].level_name) == ("current", "第三方评估")
