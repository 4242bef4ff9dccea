"""Objections to a notice, their review, and what waits for whom meanwhile."""

from datetime import date

import pytest

from accounts.enums import Role
from core.models import LogEntry
from ledger.domain.noticing import raise_objection, settle_objection
from ledger.domain.stepping import take_step
from ledger.errors import (
    AlreadySettled,
    CaseUnreadable,
    NoticeOver,
    NotOfTheOffices,
    NotYourReview,
    ReviewOpen,
    StepRefused,
    TooEarlyAnew,
)
from ledger.models import Case, Notice, Objection, Settlement
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.ledger import (
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


def object_to(notice, by, *, day=5, **more):
    told = {"objector": "村民甲", "reason": "去年买了车", "on": november(day), **more}
    return raise_objection(notice, by=by, **told)


def settle(objection, by, *, outcome="dismissed", day=8):
    reason = "已到车管部门查核"
    return settle_objection(
        objection, outcome=outcome, reason=reason, by=by, on=november(day)
    )


def pass_review(case, by, *, day=10, outcome="passed"):
    return take_step(
        case, "review_in_township", outcome=outcome, by=by, on=november(day)
    )


def told(case):
    """What the case's own columns say of its notice, for lists."""
    case.refresh_from_db()
    return case.notice_until, case.objection_since


# Objections


def test_an_objection_stops_the_clock_and_opens_a_review(case, people, notice):
    object_to(notice, people["village"])

    assert told(case) == (None, november(5))
    with pytest.raises(StepRefused) as refusal:
        pass_review(case, people["township"], day=30)
    assert refusal.value.code == "objection-open"
    assert "由乡镇复核" in str(refusal.value)
    assert case.entries.count() == 2


@pytest.mark.parametrize("level", ["village", "township", "county", "city", "region"])
def test_every_office_above_and_the_village_enter_objections(notice, people, level):
    objection = object_to(notice, people[level])

    assert (objection.by, objection.objector) == (people[level], "村民甲")


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ADMINISTRATOR])
def test_who_keeps_no_register_enters_no_objection(napo, notice, role):
    outsider = UserFactory(role=role, at=napo.region)

    with pytest.raises(NotOfTheOffices) as refusal:
        object_to(notice, outsider)

    assert refusal.value.code == "wrong-level"
    assert not Objection.objects.exists()


def test_another_township_enters_no_objection(notice):
    elsewhere = DivisionFactory(code="451026101", name="百省乡")
    stranger = UserFactory(role=Role.TOWNSHIP_OFFICE, at=elsewhere)

    with pytest.raises(NotOfTheOffices):
        object_to(notice, stranger)

    assert not Objection.objects.exists()


@pytest.mark.parametrize("day", [2, 10])
def test_an_objection_outside_the_notice_is_refused(case, people, notice, day):
    with pytest.raises(StepRefused) as refusal:
        object_to(notice, people["village"], day=day)

    assert refusal.value.code == "dates-out-of-order"
    assert not Objection.objects.exists()
    assert told(case) == (NOTICE_UNTIL, None)


@pytest.mark.parametrize("day", [3, 9])
def test_an_objection_of_the_first_or_the_last_day_counts(notice, people, day):
    assert object_to(notice, people["village"], day=day).raised_on == november(day)


def test_an_objection_sent_twice_is_entered_once(notice, people):
    first = object_to(notice, people["village"], key="77aa")
    second = object_to(notice, people["village"], key="77aa")

    assert second == first
    assert Objection.objects.count() == 1
    assert LogEntry.objects.filter(action="objection.raised").count() == 1


def test_nothing_is_objected_to_a_step_already_taken(case, people, notice):
    pass_review(case, people["township"])

    with pytest.raises(NoticeOver) as refusal:
        object_to(notice, people["village"])

    assert refusal.value.code == "notice-over"
    assert not Objection.objects.exists()


# The review


def test_a_dismissed_objection_puts_the_end_of_the_notice_off(case, people, notice):
    objection = object_to(notice, people["village"], day=5)

    settle(objection, people["township"], day=8)

    assert told(case) == (november(12), None)
    with pytest.raises(StepRefused):
        pass_review(case, people["township"], day=12)
    entry = pass_review(case, people["township"], day=13)
    assert entry.notice == {
        "from": "2017-11-03",
        "to": "2017-11-12",
        "objections": [
            {
                "raised_on": "2017-11-05",
                "settled_on": "2017-11-08",
                "outcome": "dismissed",
            }
        ],
    }


def test_in_the_days_put_off_people_may_still_object(case, people, notice):
    settle(object_to(notice, people["village"], day=5), people["township"], day=8)

    object_to(notice, people["county"], day=12)

    assert told(case) == (None, november(12))


def test_of_two_objections_both_are_reviewed(case, people, notice):
    first = object_to(notice, people["village"], day=5)
    second = object_to(notice, people["county"], day=6)

    settle(first, people["township"], day=7)

    assert told(case) == (None, november(6))
    settle(second, people["township"], day=9)
    assert told(case) == (november(13), None)


def test_an_upheld_objection_lets_the_step_only_fail(case, people, notice):
    settle(object_to(notice, people["village"]), people["township"], outcome="upheld")

    with pytest.raises(StepRefused) as refusal:
        pass_review(case, people["township"], day=30)
    assert refusal.value.code == "evidence-missing"
    assert told(case) == (None, None)
    pass_review(case, people["township"], day=30, outcome="failed")
    case.refresh_from_db()
    assert case.state == "ended"


def test_after_an_upheld_objection_notice_is_given_anew(case, people, notice):
    settle(object_to(notice, people["village"]), people["township"], outcome="upheld")

    anew = give_notice(
        case, by=people["township"], since=november(8), until=november(14)
    )

    entry = pass_review(case, people["township"], day=15)
    assert Notice.objects.count() == 2
    assert (entry.on, entry.notice["objections"]) == (anew.given_on, [])


def test_a_notice_given_anew_does_not_begin_before_the_settlement(case, people, notice):
    settle(object_to(notice, people["village"]), people["township"], outcome="upheld")

    with pytest.raises(TooEarlyAnew) as refusal:
        give_notice(case, by=people["township"], since=november(7), until=november(20))

    assert refusal.value.code == "dates-out-of-order"
    assert Notice.objects.count() == 1


def test_no_notice_is_given_anew_while_a_review_is_open(case, people, notice):
    object_to(notice, people["village"])

    with pytest.raises(ReviewOpen) as refusal:
        give_notice(case, by=people["township"], since=november(9), until=november(20))

    assert refusal.value.code == "objection-open"
    assert Notice.objects.count() == 1


def test_the_notice_before_takes_no_objection_once_it_is_given_anew(
    case, people, notice
):
    give_notice(case, by=people["township"], since=november(4), until=november(10))

    with pytest.raises(NoticeOver):
        object_to(notice, people["village"])

    assert not Objection.objects.exists()


@pytest.mark.parametrize("level", ["village", "county", "city", "region"])
def test_only_the_level_that_gave_notice_settles_objections(notice, people, level):
    objection = object_to(notice, people["village"])

    with pytest.raises(NotYourReview) as refusal:
        settle(objection, people[level])

    assert refusal.value.code == "wrong-level"
    assert "乡镇" in str(refusal.value)
    assert not Settlement.objects.exists()


def test_an_objection_is_not_settled_before_it_was_raised(case, people, notice):
    objection = object_to(notice, people["village"], day=5)

    with pytest.raises(StepRefused) as refusal:
        settle(objection, people["township"], day=4)

    assert refusal.value.code == "dates-out-of-order"
    assert not Settlement.objects.exists()
    assert told(case) == (None, november(5))


def test_an_outcome_that_no_review_has_is_refused(people, notice):
    objection = object_to(notice, people["village"])

    with pytest.raises(CaseUnreadable):
        settle(objection, people["township"], outcome="kept")

    assert not Settlement.objects.exists()


def test_the_same_settlement_twice_is_one(people, notice):
    objection = object_to(notice, people["village"])
    first = settle(objection, people["township"])

    second = settle(objection, people["township"], day=9)

    assert second == first
    assert second.settled_on == november(8)
    assert LogEntry.objects.filter(action="objection.settled").count() == 1


def test_an_objection_is_not_settled_another_way_afterwards(people, notice):
    objection = object_to(notice, people["village"])
    settle(objection, people["township"])

    with pytest.raises(AlreadySettled) as refusal:
        settle(objection, people["township"], outcome="upheld")

    assert refusal.value.code == "already-settled"
    assert Settlement.objects.get().outcome == "dismissed"


def test_once_the_step_has_failed_there_is_nothing_left_to_settle(case, people, notice):
    objection = object_to(notice, people["village"])
    pass_review(case, people["township"], day=6, outcome="failed")

    with pytest.raises(NoticeOver):
        settle(objection, people["township"])

    assert not Settlement.objects.exists()


# What waits


def test_a_case_does_not_wait_while_its_notice_runs_undisputed(case, people, notice):
    waiting = Case.objects.waiting_for

    assert not waiting(people["township"], november(9)).exists()
    assert list(waiting(people["township"], november(10))) == [case]


def test_an_objection_waits_for_those_who_review_it(case, people, notice):
    object_to(notice, people["village"])

    case = Case.objects.waiting_for(people["township"], november(6)).get()
    assert (case.due_name, case.due_since) == ("复核异议", november(5))
    assert not Case.objects.waiting_for(people["village"], november(6)).exists()


def test_what_is_written_of_a_notice_is_never_changed(people, notice):
    objection = object_to(notice, people["village"])
    settlement = settle(objection, people["township"])

    for row in (notice, objection, settlement):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()
        with pytest.raises(TypeError):
            type(row).objects.update(division_code="45")
        with pytest.raises(TypeError):
            type(row).objects.all().delete()
