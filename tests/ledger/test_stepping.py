from datetime import date

import pytest
from django.utils import translation

from accounts.enums import Role
from core.models import LogEntry
from ledger.domain.reading import events_of, status_before, status_of, statuses_of
from ledger.domain.stepping import take_step
from ledger.errors import CaseUnreadable, NotYourPlace, StepRefused
from ledger.models import Entry
from ledger.signals import case_closed, entry_written
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.ledger import EXIT_DAYS, make_subject, open_exit, walk


@pytest.fixture
def case(napo):
    return open_exit(make_subject(napo.village))


def steps_of(case):
    return list(case.entries.order_by("index").values_list("step", "level"))


def test_six_entries_lead_from_registered_to_exited(case, people):
    walk(case, people)

    standing = status_of("household", case.subject_id)
    case.refresh_from_db()
    assert standing.status == "exited"
    assert (case.state, case.next_step) == ("completed", "")
    assert steps_of(case)[-2:] == [("file", "city"), ("file", "region")]


def test_the_status_stays_until_the_last_entry(case, people):
    walk(case, people, steps=5)

    assert status_of("household", case.subject_id).status == "registered"


def test_only_the_entry_that_changes_the_status_is_an_event(case, people):
    walk(case, people)

    assert events_of("household", case.subject_id) == [
        {"event": "identified", "on": "2015-12-20"},
        {"event": "exited", "on": EXIT_DAYS[-1].isoformat()},
    ]


def test_a_closed_case_replays_with_the_status_before_it(case, people):
    walk(case, people)
    case.refresh_from_db()

    assert status_before(case) == "registered"


def test_statuses_of_many_cost_two_queries(napo, django_assert_num_queries):
    subjects = [make_subject(napo.village) for _each in range(3)]

    with django_assert_num_queries(2):
        found = statuses_of("household", *[subject.pk for subject in subjects])

    assert {standing.status for standing in found.values()} == {"registered"}
    assert len(found) == 3


def test_a_step_of_another_level_is_refused_and_nothing_written(
    case, county_officer, people
):
    with pytest.raises(StepRefused) as refusal:
        take_step(
            case,
            "verify_household",
            outcome="passed",
            by=county_officer,
            on=EXIT_DAYS[0],
        )

    assert refusal.value.code == "wrong-level"
    assert str(refusal.value) == "入户核验应由乡镇办理，不是县级"
    assert not case.entries.exists()
    assert not LogEntry.objects.filter(action="step.taken").exists()


def test_the_reason_is_told_in_the_readers_language(case, county_officer):
    with translation.override("en"), pytest.raises(StepRefused) as refusal:
        take_step(
            case,
            "verify_household",
            outcome="passed",
            by=county_officer,
            on=EXIT_DAYS[0],
        )

    with translation.override("en"):
        assert str(refusal.value) == (
            "verify the household is for: township; not for: county"
        )


def test_the_office_of_another_township_is_refused_and_nothing_written(case, napo):
    elsewhere = DivisionFactory(code="451026101", name="百省乡")
    stranger = UserFactory(role=Role.TOWNSHIP_OFFICE, at=elsewhere)

    with pytest.raises(StepRefused) as refusal:
        take_step(
            case, "verify_household", outcome="passed", by=stranger, on=EXIT_DAYS[0]
        )

    assert refusal.value.code == "wrong-level"
    assert not case.entries.exists()


def test_the_right_level_of_another_place_is_refused(case, napo, people, monkeypatch):
    """Should ever a level be claimed, the place is looked at once more."""
    elsewhere = DivisionFactory(code="451026101", name="百省乡")
    stranger = UserFactory(role=Role.TOWNSHIP_OFFICE, at=elsewhere)
    monkeypatch.setattr(
        "ledger.domain.stepping.own_level", lambda _user, _code: "township"
    )

    with pytest.raises(NotYourPlace) as refusal:
        take_step(
            case, "verify_household", outcome="passed", by=stranger, on=EXIT_DAYS[0]
        )

    assert refusal.value.code == "wrong-place"
    assert "乡镇" in str(refusal.value)
    assert not case.entries.exists()


def test_a_step_is_not_skipped(case, people):
    with pytest.raises(StepRefused) as refusal:
        take_step(
            case,
            "decide_in_county",
            outcome="passed",
            by=people["county"],
            on=EXIT_DAYS[0],
        )

    assert refusal.value.code == "wrong-step"
    assert str(refusal.value) == "现在应办理：入户核验，不是县级审定公告"
    assert not case.entries.exists()


def test_a_household_below_the_standard_cannot_pass_the_verification(napo, people):
    case = open_exit(make_subject(napo.village), standard_met=False)

    with pytest.raises(StepRefused) as refusal:
        walk(case, people, steps=1)

    assert refusal.value.code == "standard-not-met"
    assert not case.entries.exists()


def test_a_step_that_gives_notice_does_not_pass_without_one(case, people):
    walk(case, people, steps=2)

    with pytest.raises(StepRefused) as refusal:
        take_step(
            case,
            "review_in_township",
            outcome="passed",
            by=people["township"],
            on=EXIT_DAYS[2],
        )

    assert refusal.value.code == "evidence-missing"
    assert str(refusal.value) == "没有公示记录"
    assert case.entries.count() == 2


def test_the_decision_waits_until_the_notice_has_ended(case, people):
    walk(case, people, steps=3)

    with pytest.raises(StepRefused) as refusal:
        take_step(
            case,
            "decide_in_county",
            outcome="passed",
            by=people["county"],
            on=date(2017, 11, 8),
        )

    assert refusal.value.code == "dates-out-of-order"
    assert case.entries.count() == 3


def test_a_meeting_that_cannot_be_read_is_refused_with_its_place(case, people):
    walk(case, people, steps=1)

    with pytest.raises(CaseUnreadable) as refusal:
        take_step(
            case,
            "appraise_in_village",
            outcome="passed",
            by=people["village"],
            on=EXIT_DAYS[1],
            meeting={"called": 0, "present": 1, "in_favour": 1},
        )

    assert "steps[1].meeting.called" in str(refusal.value)
    assert case.entries.count() == 1


def test_a_failed_step_is_lawful_and_ends_the_case(case, people):
    entry = take_step(
        case,
        "verify_household",
        outcome="failed",
        by=people["township"],
        on=EXIT_DAYS[0],
        note="住房未达标",
    )

    case.refresh_from_db()
    assert (entry.outcome, case.state) == ("failed", "ended")
    assert status_of("household", case.subject_id).status == "registered"


def test_nothing_is_taken_in_a_case_that_has_ended(case, people):
    take_step(
        case,
        "verify_household",
        outcome="failed",
        by=people["township"],
        on=EXIT_DAYS[0],
    )

    with pytest.raises(StepRefused) as refusal:
        walk(case, people, steps=1)

    assert refusal.value.code == "case-ended"
    assert case.entries.count() == 1


def test_the_same_key_twice_is_one_entry(case, people):
    sending = {"outcome": "passed", "by": people["township"], "on": EXIT_DAYS[0]}

    first = take_step(case, "verify_household", key="3f2a", **sending)
    second = take_step(case, "verify_household", key="3f2a", **sending)

    assert second == first
    assert case.entries.count() == 1


def test_the_same_step_at_the_same_index_is_one_entry(case, people):
    sending = {"outcome": "passed", "by": people["township"], "on": EXIT_DAYS[0]}

    first = take_step(case, "verify_household", index=0, **sending)
    second = take_step(case, "verify_household", index=0, **sending)

    assert second == first
    assert LogEntry.objects.filter(action="step.taken").count() == 1


def test_another_key_for_a_step_already_taken_is_refused(case, people):
    sending = {"outcome": "passed", "by": people["township"], "on": EXIT_DAYS[0]}
    take_step(case, "verify_household", key="one", **sending)

    with pytest.raises(StepRefused) as refusal:
        take_step(case, "verify_household", key="two", **sending)

    assert refusal.value.code == "wrong-step"
    assert case.entries.count() == 1


def test_entries_are_never_changed_nor_deleted(case, people):
    [entry] = walk(case, people, steps=1)

    for attempt in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(TypeError):
            attempt()
    with pytest.raises(TypeError):
        Entry.objects.update(outcome="failed")
    assert Entry.objects.get(pk=entry.pk).outcome == "passed"


def test_those_above_hear_of_every_entry_and_of_the_end(
    case, people, django_capture_on_commit_callbacks
):
    heard, closed = [], []

    def on_entry(sender, entry, **_more):
        heard.append(entry.step)

    def on_close(sender, case, **_more):
        closed.append(case.pk)

    entry_written.connect(on_entry)
    case_closed.connect(on_close)

    with django_capture_on_commit_callbacks(execute=True):
        walk(case, people)

    entry_written.disconnect(on_entry)
    case_closed.disconnect(on_close)
    assert (len(heard), closed) == (6, [case.pk])
