"""A notice is given before its step is taken, and frozen in it."""

from datetime import date

import pytest

from core.models import LogEntry
from ledger.domain.noticing import publish_notice
from ledger.domain.stepping import take_step
from ledger.errors import CaseUnreadable, NoNotice, StepRefused
from ledger.models import Notice
from tests.factories.ledger import (
    NOTICE_SINCE,
    NOTICE_UNTIL,
    give_notice,
    make_subject,
    open_exit,
    walk,
)


@pytest.fixture
def case(napo, people):
    case = open_exit(make_subject(napo.village))
    walk(case, people, steps=2)
    return case


@pytest.fixture
def notice(case, people):
    return give_notice(case, by=people["township"])


def november(day):
    return date(2017, 11, day)


def pass_review(case, by, *, day=10, outcome="passed"):
    return take_step(
        case, "review_in_township", outcome=outcome, by=by, on=november(day)
    )


def told(case):
    """What the case's own columns say of its notice, for lists."""
    case.refresh_from_db()
    return case.notice_until, case.objection_since


# The notice


def test_a_notice_is_published_for_the_step_that_is_due(case, people):
    notice = give_notice(case, by=people["township"])

    assert (notice.step, notice.level, notice.index) == (
        "review_in_township",
        "township",
        2,
    )
    assert told(case) == (NOTICE_UNTIL, None)
    assert case.next_step == "review_in_township"
    assert LogEntry.objects.filter(action="notice.published").count() == 1


def test_a_notice_sent_twice_is_published_once(case, people):
    first = give_notice(case, by=people["township"], key="9c1e")
    second = give_notice(case, by=people["township"], key="9c1e")

    assert second == first
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": november(8)}, "notice-too-short"),
        ({"until": november(2)}, "dates-out-of-order"),
        ({"on": november(4)}, "dates-out-of-order"),
        ({"on": november(1)}, "dates-out-of-order"),
    ],
)
def test_a_notice_whose_days_are_not_lawful_is_refused(case, people, changes, code):
    with pytest.raises(StepRefused) as refusal:
        give_notice(case, by=people["township"], **changes)

    assert refusal.value.code == code
    assert not Notice.objects.exists()


@pytest.mark.parametrize("level", ["village", "county", "city", "region"])
def test_another_level_gives_no_notice(case, people, level):
    with pytest.raises(StepRefused) as refusal:
        give_notice(case, by=people[level])

    assert refusal.value.code == "wrong-level"
    assert not Notice.objects.exists()


def test_a_step_that_is_not_due_gets_no_notice(napo, people):
    case = open_exit(make_subject(napo.village))

    with pytest.raises(StepRefused) as refusal:
        give_notice(case, by=people["township"])

    assert refusal.value.code == "wrong-step"
    assert not Notice.objects.exists()


def test_a_step_without_notice_gets_none(napo, people):
    case = open_exit(make_subject(napo.village))

    with pytest.raises(NoNotice) as refusal:
        publish_notice(
            case,
            "verify_household",
            on=NOTICE_SINCE,
            since=NOTICE_SINCE,
            until=NOTICE_UNTIL,
            by=people["township"],
        )

    assert refusal.value.code == "no-notice"
    assert not Notice.objects.exists()


def test_a_notice_far_outside_the_calendar_is_refused(case, people):
    with pytest.raises(CaseUnreadable) as refusal:
        give_notice(case, by=people["township"], until=date(2200, 1, 1))

    assert refusal.value.code == "unreadable"
    assert not Notice.objects.exists()


# The step after it


@pytest.mark.parametrize("day", [9, 3])
def test_the_step_waits_until_the_notice_has_run(case, people, notice, day):
    with pytest.raises(StepRefused) as refusal:
        pass_review(case, people["township"], day=day)

    assert refusal.value.code == "notice-too-short"
    assert case.entries.count() == 2


def test_the_step_takes_its_notice_with_it(case, people, notice):
    entry = pass_review(case, people["township"], day=10)

    entry.refresh_from_db()
    assert (entry.on, entry.concluded_on) == (november(3), november(10))
    assert entry.notice == {"from": "2017-11-03", "to": "2017-11-09", "objections": []}
    assert told(case) == (None, None)
    assert (case.moved_on, case.next_step) == (november(10), "decide_in_county")


def test_the_next_step_does_not_come_before_the_conclusion(case, people, notice):
    pass_review(case, people["township"], day=12)

    with pytest.raises(StepRefused) as refusal:
        take_step(
            case,
            "decide_in_county",
            outcome="passed",
            by=people["county"],
            on=november(11),
        )

    assert refusal.value.code == "dates-out-of-order"


def test_the_step_may_fail_while_its_notice_runs(case, people, notice):
    entry = pass_review(case, people["township"], day=5, outcome="failed")

    case.refresh_from_db()
    assert (entry.outcome, case.state, case.notice_until) == ("failed", "ended", None)
