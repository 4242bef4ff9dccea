"""Every procedure: lawful from end to end, and each refusal at its step."""

import pytest

import measures
from tests.measures.cases import (
    EXIT,
    EXIT_STEPS,
    IDENTIFY,
    NATIONAL_COUNTY_EXIT,
    REMOVE,
    RETURN,
    ROLL_BACK,
    VILLAGE_EXIT,
    refused,
    replayed,
    step,
)


@pytest.mark.parametrize(
    ("case", "status"),
    [
        (EXIT, "exited"),
        (RETURN, "returned"),
        (IDENTIFY, "registered"),
        (REMOVE, "removed"),
        (VILLAGE_EXIT, "exited"),
        (NATIONAL_COUNTY_EXIT, "exited"),
        (ROLL_BACK, "rolled_back"),
    ],
)
def test_a_lawful_case_completes_in_its_new_status(case, status):
    answer = measures.replay(case)

    assert answer.refused is None
    assert answer.accepted == len(case["steps"])
    assert answer.state == "completed"
    assert answer.next == ()
    assert answer.status == status


@pytest.mark.parametrize("taken", range(6))
def test_until_its_last_step_an_exit_leaves_the_status_and_names_the_next_step(taken):
    answer = replayed(EXIT, steps=EXIT_STEPS[:taken])

    assert answer.state == "open"
    assert answer.status == "registered"
    assert answer.next == (
        measures.NextStep(
            EXIT_STEPS[taken]["step"], EXIT_STEPS[taken]["level"], optional=False
        ),
    )


def test_key_support_is_proposed_and_planned_by_the_county_and_changes_no_status():
    case = {
        "procedure": "key_support",
        "subject": "household",
        "status": "registered",
        "steps": [step("propose", "county"), step("plan_support", "county")],
    }

    assert measures.replay(case).status == "registered"
    assert measures.replay(case).state == "completed"


def test_a_step_out_of_turn_is_refused_and_the_reason_names_the_step_due():
    answer = replayed(EXIT, steps=EXIT_STEPS[1:])

    assert answer.accepted == 0
    assert answer.refused.code == "wrong-step"
    assert answer.refused.because["zh"] == "现在应办理：入户核验，不是村级评议"
    assert answer.refused.citation == "解读 四(一)2 · 第二章"


@pytest.mark.parametrize("index", range(6))
def test_no_step_may_be_taken_by_another_level(index):
    assert refused(EXIT, **{f"steps__{index}__level": "household"}) == (
        index,
        "wrong-level",
    )


def test_filing_goes_to_the_city_before_the_region():
    filings = [*EXIT_STEPS[:4], EXIT_STEPS[5], EXIT_STEPS[4]]

    assert refused(EXIT, steps=filings) == (4, "wrong-level")


def test_a_failed_step_is_lawful_and_ends_the_case():
    answer = replayed(
        EXIT,
        facts={"standard_met": False},
        steps=[step("verify_household", "township", outcome="failed")],
    )

    assert (answer.accepted, answer.refused) == (1, None)
    assert (answer.state, answer.status, answer.next) == ("ended", "registered", ())


def test_nothing_can_be_done_on_a_case_that_has_ended_or_is_completed():
    failed = [step("verify_household", "township", outcome="failed"), EXIT_STEPS[1]]

    assert refused(EXIT, steps=failed) == (1, "case-ended")
    assert refused(EXIT, steps=[*EXIT_STEPS, EXIT_STEPS[0]]) == (6, "case-ended")


def test_a_household_below_the_standard_does_not_pass_verification():
    assert refused(EXIT, facts={"standard_met": False}) == (0, "standard-not-met")
    assert refused(EXIT, facts={}) == (0, "evidence-missing")
    assert refused(EXIT, facts=None) == (0, "evidence-missing")


@pytest.mark.parametrize("status", ["registered", "returned", "rolled_back"])
def test_a_poor_household_of_any_kind_may_exit(status):
    assert replayed(EXIT, status=status).status == "exited"


@pytest.mark.parametrize("status", ["applicant", "exited", "removed", "dissolved"])
def test_a_household_that_is_not_registered_as_poor_cannot_exit(status):
    assert refused(EXIT, status=status) == (0, "wrong-status")
    assert replayed(EXIT, status=status, steps=[]).next == ()


def test_whether_a_case_can_be_opened_is_told_with_the_reason():
    assert measures.refusal_to_open({**EXIT, "steps": []}) is None
    refusal = measures.refusal_to_open({**EXIT, "status": "removed", "steps": []})

    assert (refusal.index, refusal.code) == (0, "wrong-status")
    assert refusal.citation == "解读 四(一)2 · 第二章"
    assert "错评剔除" in refusal.because["zh"]


def test_a_case_already_read_is_replayed_as_it_is():
    known = measures.read_case(EXIT)

    assert measures.replay(known) == measures.replay(EXIT)
    assert measures.refusal_to_open(known) is None


# Return, rollback, new identification


def test_a_return_needs_an_exit_of_an_earlier_year():
    same_year = [{"event": "exited", "on": "2017-01-02"}]

    assert refused(RETURN, history=same_year) == (0, "not-exited-before")
    last_year = [{"event": "exited", "on": "2016-12-31"}]
    assert refused(RETURN, history=last_year) is None


@pytest.mark.parametrize("status", ["registered", "applicant", "exited"])
def test_who_never_exited_cannot_return(status):
    assert refused(RETURN, history=[], status=status) == (0, "not-exited-before")


def test_who_was_removed_cannot_return_and_may_be_newly_identified():
    assert refused(RETURN, status="removed") == (0, "wrong-status")
    assert replayed(IDENTIFY, status="removed").status == "registered"


def test_an_exit_that_was_rolled_back_is_no_exit_to_return_from():
    history = [
        {"event": "exited", "on": "2015-12-20"},
        {"event": "rolled_back", "on": "2016-05-01"},
    ]

    assert refused(RETURN, history=history, status="rolled_back") == (0, "wrong-status")
    assert refused(RETURN, history=history) == (0, "not-exited-before")


def test_a_return_without_dates_cannot_be_judged():
    assert refused(RETURN, steps__0__on=None) == (0, "evidence-missing")


def test_a_household_that_meets_the_standard_neither_returns_nor_is_identified():
    met = {"standard_met": True, "hardship": True}

    assert refused(RETURN, facts=met) == (1, "standard-met")
    assert refused(IDENTIFY, facts=met) == (1, "standard-met")
    assert refused(RETURN, facts={}) == (1, "evidence-missing")


def test_new_identification_needs_real_hardship_and_a_written_application():
    below = {"standard_met": False, "hardship": False}

    assert refused(IDENTIFY, facts=below) == (1, "evidence-missing")
    assert refused(IDENTIFY, steps=IDENTIFY["steps"][1:]) == (0, "wrong-step")


def test_an_exited_household_returns_and_is_not_newly_identified():
    assert refused(IDENTIFY, status="exited") == (0, "wrong-status")


def test_a_rollback_needs_a_failed_check_and_an_exited_subject():
    assert refused(ROLL_BACK, facts={}) == (0, "no-failed-check")
    assert replayed(ROLL_BACK, facts={}, steps=[]).next == ()
    assert refused(ROLL_BACK, status="registered") == (0, "wrong-status")


def test_the_review_of_a_rollback_is_optional():
    without = [ROLL_BACK["steps"][0], ROLL_BACK["steps"][1], ROLL_BACK["steps"][3]]

    assert replayed(ROLL_BACK, steps=without).status == "rolled_back"
    assert replayed(ROLL_BACK, steps=without[:2]).next == (
        measures.NextStep("request_review", "household", optional=True),
        measures.NextStep("consolidate", "county", optional=False),
    )


@pytest.mark.parametrize("subject", ["household", "village", "county"])
@pytest.mark.parametrize("checker", ["city", "region", "cross_province", "third_party"])
def test_who_checked_inspects_and_the_subjects_own_level_asks_for_review(
    subject, checker
):
    steps = [
        step("inspect_on_site", checker),
        step("give_feedback", checker),
        step("request_review", subject),
        step("consolidate", "county"),
    ]

    answer = replayed(
        ROLL_BACK, subject=subject, facts={"failed_check_by": checker}, steps=steps
    )

    assert answer.status == "rolled_back"


def test_a_review_that_upholds_the_household_ends_the_rollback():
    answer = replayed(
        ROLL_BACK,
        steps=[
            *ROLL_BACK["steps"][:2],
            step("request_review", "household", outcome="failed"),
        ],
    )

    assert (answer.state, answer.status) == ("ended", "exited")


def test_a_rolled_back_household_may_exit_again():
    assert replayed(EXIT, status="rolled_back").status == "exited"


# Removal


def test_removal_needs_a_veto_before_identification():
    assert refused(REMOVE, facts={"vetoed_before_identification": False}) == (
        0,
        "no-veto",
    )
    assert refused(REMOVE, facts={}) == (0, "evidence-missing")


KEPT_FACTS = {
    "vetoed_before_identification": True,
    "standard_met": False,
    "hardship": True,
}


def test_a_vetoed_household_below_the_standard_and_in_hardship_may_be_kept():
    answer = replayed(REMOVE, facts=KEPT_FACTS, steps__5__outcome="kept")

    assert (answer.state, answer.status) == ("completed", "registered")


@pytest.mark.parametrize(
    "wanting",
    [{"standard_met": True}, {"hardship": False}, {"standard_met": None}],
)
def test_keeping_needs_the_failing_criterion_and_the_hardship(wanting):
    facts = {**KEPT_FACTS, **wanting}

    assert refused(REMOVE, facts=facts, steps__5__outcome="kept") == (
        5,
        "evidence-missing",
    )


def test_no_other_decision_can_be_to_keep():
    assert refused(EXIT, steps__3__outcome="kept") == (3, "wrong-step")


# Villages and counties


def test_a_national_county_is_in_pre_exit_until_the_state_has_the_report():
    decided = replayed(NATIONAL_COUNTY_EXIT, steps=NATIONAL_COUNTY_EXIT["steps"][:3])

    assert decided.status == "pre_exit"
    assert decided.next == (
        measures.NextStep("report_to_state", "region", optional=False),
    )


def test_a_county_of_the_region_goes_straight_to_the_announcement():
    steps = [*NATIONAL_COUNTY_EXIT["steps"][:3], NATIONAL_COUNTY_EXIT["steps"][4]]

    answer = replayed(NATIONAL_COUNTY_EXIT, county_class="regional", steps=steps)
    assert (answer.state, answer.status) == ("completed", "exited")
    assert refused(NATIONAL_COUNTY_EXIT, county_class="regional") == (3, "wrong-step")
    assert refused(NATIONAL_COUNTY_EXIT, steps=steps) == (3, "wrong-step")


def test_a_county_whose_class_is_unknown_cannot_be_announced():
    steps = [*NATIONAL_COUNTY_EXIT["steps"][:3], NATIONAL_COUNTY_EXIT["steps"][4]]

    assert refused(NATIONAL_COUNTY_EXIT, county_class=None, steps=steps) == (
        3,
        "evidence-missing",
    )


def test_a_village_whose_county_gives_no_notice_does_not_go_on():
    assert refused(VILLAGE_EXIT, steps__1__notice=None) == (1, "evidence-missing")


def test_a_village_has_no_return():
    with pytest.raises(measures.Unreadable) as refusal:
        replayed(RETURN, subject="village")

    assert refusal.value.path == "procedure"


def test_an_outcome_left_out_means_passed():
    steps = [{**each, "outcome": None} for each in EXIT_STEPS]

    assert replayed(EXIT, steps=steps).status == "exited"
