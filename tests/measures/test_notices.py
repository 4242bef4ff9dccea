"""Objections to a notice: their review, their outcome, and the clock."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import measures
from measures.answering import answer
from tests.measures.cases import EXIT, REMOVE, VILLAGE_EXIT, notice, refused, replayed

SINCE, UNTIL = "2017-11-05", "2017-11-11"
LATE = {"steps__3__on": "2019-12-30", "steps__4__on": None, "steps__5__on": None}


def objection(raised_on, settled_on=None, outcome=None):
    return {"raised_on": raised_on, "settled_on": settled_on, "outcome": outcome}


def verdict(*objections, until=UNTIL, **changes):
    given = notice(SINCE, until, *objections)
    return refused(EXIT, steps__2__notice=given, **{**LATE, **changes})


# When an objection counts


@pytest.mark.parametrize(
    ("raised_on", "code"),
    [
        ("2017-11-04", "dates-out-of-order"),
        ("2017-11-05", "objection-open"),
        ("2017-11-11", "objection-open"),
        ("2017-11-12", "dates-out-of-order"),
    ],
)
def test_an_objection_is_raised_on_a_day_of_the_notice(raised_on, code):
    assert verdict(objection(raised_on)) == (2, code)


def test_an_objection_of_the_last_day_takes_no_day_from_the_notice():
    assert verdict(objection("2017-11-11", "2017-11-20", "dismissed")) is None


def test_an_objection_of_the_first_day_stops_all_the_days_after_it():
    stopped = objection("2017-11-05", "2017-11-10", "dismissed")

    assert verdict(stopped, until="2017-11-16") is None
    assert verdict(stopped, until="2017-11-15") == (2, "notice-too-short")


@pytest.mark.parametrize(
    ("settled_on", "expected"),
    [("2017-11-05", (2, "dates-out-of-order")), ("2017-11-06", None)],
)
def test_an_objection_is_not_settled_before_it_is_raised(settled_on, expected):
    assert verdict(objection("2017-11-06", settled_on, "dismissed")) == expected


def test_no_step_follows_before_the_objection_is_settled():
    settled = objection("2017-11-11", "2017-11-20", "dismissed")

    assert verdict(settled, steps__3__on="2017-11-19") == (3, "dates-out-of-order")
    assert verdict(settled, steps__3__on="2017-11-20") is None


# The review


@pytest.mark.parametrize(
    ("case", "index", "level", "step"),
    [
        (EXIT, 2, "township", "review_in_township"),
        (REMOVE, 3, "village", "notice_in_village"),
        (VILLAGE_EXIT, 1, "county", "review_in_county"),
    ],
)
def test_the_level_that_gave_the_notice_reviews_the_objection(case, index, level, step):
    since = case["steps"][index]["notice"]["from"]
    raised = {f"steps__{index}__notice__objections": [objection(since)]}

    answer = replayed(case, **raised)

    assert answer.refused.code == "objection-open"
    assert answer.reviews == (measures.Review(step, level, date.fromisoformat(since)),)


def test_every_open_objection_has_a_review_of_its_own():
    given = notice(
        SINCE,
        UNTIL,
        objection("2017-11-06", "2017-11-08", "upheld"),
        objection("2017-11-07"),
        objection("2017-11-09"),
    )

    reviews = replayed(EXIT, steps__2__notice=given).reviews

    assert [review.since for review in reviews] == [
        date(2017, 11, 7),
        date(2017, 11, 9),
    ]


def test_the_answer_tells_of_reviews_only_when_one_is_open():
    open_one = {"notice": notice(SINCE, UNTIL, objection("2017-11-06"))}
    steps = [*EXIT["steps"][:2], {**EXIT["steps"][2], **open_one}]

    told = answer("procedure", {**EXIT, "steps": steps}, "en")

    assert told["reviews"] == [
        {"step": "review_in_township", "level": "township", "since": "2017-11-06"}
    ]
    assert "reviews" not in answer("procedure", EXIT, "en")


def test_an_open_review_is_explained_with_its_level_and_its_day():
    given = notice(SINCE, UNTIL, objection("2017-11-06"))
    replay = replayed(EXIT, steps__2__notice=given)

    assert measures.explain(replay).splitlines()[-2:] == [
        "异议尚未处理：公示期间2017年11月6日提出的异议尚未复核处理，由乡镇复核。"
        "（解读 四(一)2 · 第二章）",
        "异议复核：乡镇，自2017年11月6日起",
    ]
    assert measures.explain(replay, "en").endswith(
        "review of an objection: township, since 2017-11-06"
    )


# Its outcome


def test_an_objection_settled_without_a_word_was_dismissed():
    assert verdict(objection("2017-11-11", "2017-11-12")) is None


def test_an_outcome_without_a_day_settles_nothing():
    assert verdict(objection("2017-11-06", outcome="dismissed")) == (
        2,
        "objection-open",
    )


def test_after_an_upheld_objection_the_step_can_only_fail():
    upheld = objection("2017-11-06", "2017-11-09", "upheld")
    given = notice(SINCE, "2017-11-30", upheld)
    failed = {**EXIT["steps"][2], "notice": given, "outcome": "failed"}

    assert verdict(upheld, until="2017-11-30") == (2, "evidence-missing")
    assert replayed(EXIT, steps=[*EXIT["steps"][:2], failed]).state == "ended"


def test_a_step_is_concluded_after_its_notice_and_its_reviews():
    settled = objection("2017-11-11", "2017-11-20", "dismissed")

    def concluded(on, *objections):
        return verdict(*objections, steps__2__concluded_on=on)

    assert concluded("2017-11-11") == (2, "notice-too-short")
    assert concluded("2017-11-12") is None
    assert concluded("2017-11-19", settled) == (2, "dates-out-of-order")
    assert concluded("2017-11-20", settled) is None


def test_a_step_is_concluded_after_it_began_and_before_the_next():
    assert refused(EXIT, steps__0__concluded_on="2017-10-31") == (
        0,
        "dates-out-of-order",
    )
    assert refused(EXIT, steps__0__concluded_on="2017-11-04") == (
        1,
        "dates-out-of-order",
    )
    assert refused(EXIT, steps__0__concluded_on="2017-11-03") is None


# The clock, against a model that walks day by day

FIRST = date(2017, 11, 5)


def day(offset):
    return FIRST + timedelta(days=offset)


def modelled(days, objections, on):
    """Days left and last day, told by walking through the days one at a time."""
    left, today, last, left_on = days, FIRST, None, None
    for _each in range(40):
        if today == on:
            left_on = left
        standing = any(
            raised < today and (settled is None or today <= settled)
            for raised, settled in objections
        )
        if left and not standing:
            left -= 1
            last = today if left == 0 else None
        today += timedelta(days=1)
    unsettled = any(settled is None for _raised, settled in objections)
    return left_on, None if unsettled else last


SPANS = [
    (day(start), day(start + length) if length is not None else None)
    for start in (0, 3, 6, 8)
    for length in (0, 1, 4, None)
]


@pytest.mark.parametrize("pair", [(), *product(SPANS, [None]), *product(SPANS, SPANS)])
def test_the_clock_is_that_of_a_model_walking_day_by_day(pair):
    spans = [span for span in pair if span]
    given = {
        "from": day(0),
        "to": day(6),
        "objections": [{"raised_on": a, "settled_on": b} for a, b in spans],
    }

    for offset in (0, 1, 3, 4, 6, 7, 11, 19):
        clock = measures.notice_clock(given, day(offset))
        assert (clock.left, clock.ends_on) == modelled(7, spans, day(offset))
        unsettled = [raised for raised, settled in spans if settled is None]
        assert clock.stopped_since == min(unsettled, default=None)


@given(
    days=st.integers(7, 30),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=4),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_notice_that_ran_to_its_put_off_end_is_long_enough(days, spans):
    published = {"from": day(0), "to": day(days - 1)}
    objections = []
    for start, length in sorted(spans):
        ends_on = measures.notice_clock({**published, "objections": objections}, day(0))
        if day(start) <= ends_on.ends_on:
            objections.append(
                {"raised_on": day(start), "settled_on": day(start + length)}
            )
    clock = measures.notice_clock({**published, "objections": objections}, day(300))
    as_it_ran = {"from": day(0), "to": clock.ends_on, "objections": objections}

    assert clock.has_run
    assert refused(EXIT, steps__2__notice=as_it_ran, **LATE) is None


def test_before_it_begins_all_days_of_a_notice_are_left():
    clock = measures.notice_clock({"from": day(0), "to": day(6)}, day(-3))

    assert (clock.days, clock.left, clock.has_run) == (7, 7, False)


def test_a_notice_has_run_when_its_last_day_is_over():
    given = {"from": day(0), "to": day(6)}

    assert [measures.notice_clock(given, day(n)).left for n in (5, 6, 7)] == [2, 1, 0]
    assert [measures.notice_clock(given, day(n)).has_run for n in (6, 7)] == [
        False,
        True,
    ]


def test_a_notice_falls_with_an_upheld_objection_and_never_has_run():
    upheld = {"raised_on": day(1), "settled_on": day(2), "outcome": "upheld"}
    given = {"from": day(0), "to": day(6), "objections": [upheld]}

    clock = measures.notice_clock(given, day(60))

    assert (clock.fallen, clock.left, clock.has_run) == (True, 0, False)


def test_a_notice_that_ends_before_it_begins_has_no_day():
    clock = measures.notice_clock({"from": day(1), "to": day(0)}, day(5))

    assert (clock.days, clock.left, clock.ends_on) == (0, 0, None)
