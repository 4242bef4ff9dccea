from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.models import LogEntry
from exercises.domain.drawing import draw_case
from exercises.domain.judging import mark_items, notice_of, take_step
from exercises.domain.knowing import truth_about
from exercises.domain.running import start_run
from exercises.domain.scoring import score_of
from exercises.enums import Decision
from exercises.errors import MarksIncomplete, NotMarkedYet
from exercises.forms import ITEMS
from exercises.models import Run
from tests.factories.exercises import NOW, RunFactory, seed_with

LATER = NOW + timedelta(minutes=5)
ALL_MET = dict.fromkeys(ITEMS, True)
WHOLE_EXIT = [
    ("verify_household", "township"),
    ("appraise_in_village", "village"),
    ("review_in_township", "township"),
    ("decide_in_county", "county"),
    ("file", "city"),
    ("file", "region"),
]
pytestmark = pytest.mark.django_db


def step(code, level, on="2017-11-20", outcome="passed", days=None):
    return {
        "step": code,
        "level": level,
        "on": on,
        "outcome": outcome,
        "notice": notice_of(date.fromisoformat(on), days),
    }


def take(run, *steps):
    for each in steps:
        run = take_step(run, each, turn=run.turn, at=LATER)
    return run


def whole_exit(first=date(2017, 11, 20)):
    days = [0, 1, 2, 9, 10, 11]  # the notice of the third step runs seven days
    return [
        step(
            code,
            level,
            (first + timedelta(days=day)).isoformat(),
            days=7 if code == "review_in_township" else None,
        )
        for (code, level), day in zip(WHOLE_EXIT, days, strict=True)
    ]


def test_a_run_freezes_its_case_and_its_edition(informant):
    run = start_run(informant, seed=seed_with(), at=NOW)

    assert (run.edition, run.started_at) == ("gx-2017", NOW)
    assert run.facts["code"] == f"X{run.seed}"
    assert LogEntry.objects.filter(action="run.started").count() == 1


def test_starting_the_same_case_twice_goes_on_with_the_first(informant, trainer):
    first = start_run(informant, seed=7, at=NOW)

    assert start_run(informant, seed=7, at=LATER) == first
    assert start_run(trainer, seed=7, at=LATER) != first


def test_the_same_case_again_begins_anew_once_it_was_judged(informant):
    judged = RunFactory(informant, marked=True)

    again = start_run(informant, seed=judged.seed, at=LATER)

    assert again != judged
    assert again.facts == judged.facts


def test_every_mark_and_the_decision_become_lines_with_their_clause(informant):
    run = RunFactory(informant, "area-short")

    run = mark_items(run, marks=ALL_MET, decision=Decision.EXIT, at=NOW)

    assert [line["act"] for line in run.lines] == ["mark"] * 9 + ["decision"]
    wrong = [line for line in run.lines if not line["is_right"]]
    assert [line["code"] for line in wrong] == ["HOUSING", "stay"]
    assert "12.9" in wrong[0]["because"]["zh"]
    assert "12.9" in wrong[0]["because"]["en"]
    assert all(line["citation"].startswith("解读 ") for line in run.lines)


def test_marking_twice_keeps_the_first(informant):
    run = RunFactory(informant, marked=True)

    again = mark_items(
        run, marks=dict.fromkeys(ITEMS, False), decision=Decision.REMOVE, at=LATER
    )

    assert (again.decision, again.marked_at) == (Decision.EXIT, NOW)
    assert LogEntry.objects.filter(action="run.marked").count() == 1


def test_a_missing_mark_is_refused_and_nothing_is_judged(informant):
    run = RunFactory(informant)
    marks = {code: True for code in ITEMS if code != "WATER"}

    with pytest.raises(MarksIncomplete) as caught:
        mark_items(run, marks=marks, decision=Decision.EXIT, at=NOW)

    assert caught.value.code == "marks-incomplete"
    run.refresh_from_db()
    assert (run.is_marked, run.lines) == (False, [])


@pytest.mark.parametrize(
    ("codes", "decision"),
    [
        ((), Decision.EXIT),
        (("water-scarce",), Decision.STAY),
        (("vetoed-before",), Decision.REMOVE),
    ],
)
def test_what_follows_is_what_the_measures_say(codes, decision):
    scenario = draw_case(seed_with(*codes))

    assert truth_about(scenario.facts, scenario.edition).decision == decision


def test_no_step_before_the_judgement(informant):
    run = RunFactory(informant)

    with pytest.raises(NotMarkedYet) as caught:
        take(run, step("verify_household", "township"))

    assert caught.value.code == "not-marked-yet"
    run.refresh_from_db()
    assert run.lines == []


def test_a_perfect_run_scores_100(informant):
    run = take(RunFactory(informant, marked=True), *whole_exit())

    assert (run.is_finished, run.score, run.finished_at) == (True, 100, LATER)
    assert [each["step"] for each in run.steps] == [code for code, _ in WHOLE_EXIT]


@pytest.mark.parametrize("codes", [("water-scarce",), ("vetoed-before",)])
def test_a_household_that_may_not_exit_fails_at_the_first_step(informant, codes):
    run = RunFactory(informant, *codes, marked=True)

    run = take(run, step("verify_household", "township", outcome="failed"))

    assert (run.is_finished, run.score) == (True, 100)


def test_a_run_without_a_right_act_scores_0(informant):
    run = RunFactory(informant)
    truth = truth_about(run.facts, run.edition)
    marks = dict.fromkeys(ITEMS, False)
    run = mark_items(run, marks=marks, decision=Decision.REMOVE, at=NOW)
    first_wrong = [
        each
        for right in whole_exit()
        for each in ({**right, "level": "village", "step": "tell_household"}, right)
    ]

    run = take(run, *first_wrong)

    assert (run.is_finished, run.score) == (True, 0)
    assert score_of([], truth) == 0


def test_each_wrong_mark_costs_its_own_share(informant):
    run = RunFactory(informant)
    marks = {**ALL_MET, "WATER": False}
    run = mark_items(run, marks=marks, decision=Decision.EXIT, at=NOW)

    run = take(run, *whole_exit())

    assert run.score == round(100 * 17 / 18)


def test_a_step_that_was_wrong_at_first_earns_nothing_and_leaves_the_case_as_it_was(
    informant,
):
    run = RunFactory(informant, marked=True)

    run = take(run, step("verify_household", "county"))

    line = run.lines[-1]
    assert (run.steps, line["is_right"], line["station"]) == ([], False, 0)
    assert take(run, *whole_exit()).score == round(100 * 17 / 18)


@pytest.mark.parametrize(
    ("taken", "wrong", "reason"),
    [
        (0, step("appraise_in_village", "village"), "现在应办理"),
        (0, step("verify_household", "county"), "应由乡镇办理"),
        (0, step("verify_household", "township", outcome="failed"), "九项全部达标"),
        (2, step("review_in_township", "township", "2017-11-22"), "没有公示记录"),
        (2, step("review_in_township", "township", "2017-11-22", days=6), "少于7天"),
        (3, step("decide_in_county", "county", "2017-11-27"), "早于上一步"),
        (3, step("decide_in_county", "township", "2017-11-29"), "应由县级办理"),
        (4, step("file", "region", "2017-11-30"), None),
    ],
)
def test_a_wrong_step_is_explained_and_not_taken(informant, taken, wrong, reason):
    run = take(RunFactory(informant, marked=True), *whole_exit()[:taken])

    run = take(run, wrong)

    line = run.lines[-1]
    assert len(run.steps) == taken
    assert line["is_right"] is False
    assert (reason or "设区市") in line["because"]["zh"]
    assert line["citation"].startswith("解读 四(一)2")


def test_passing_a_household_below_the_standard_is_refused_by_the_measures(informant):
    run = RunFactory(informant, "no-power", marked=True)

    run = take(run, step("verify_household", "township"))

    assert run.steps == []
    assert run.lines[-1]["because"]["zh"] == "未达到脱贫摘帽标准"


def test_passing_a_vetoed_household_is_explained_by_the_veto(informant):
    run = RunFactory(informant, "vetoed-before", marked=True)

    run = take(run, step("verify_household", "township"))

    assert run.steps == []
    assert "识别前已有一票否决情形" in run.lines[-1]["because"]["zh"]
    assert run.lines[-1]["citation"].startswith("解读 四(一)3")


def test_a_second_press_of_the_same_form_is_not_judged_again(informant):
    run = RunFactory(informant, marked=True)
    turn = run.turn
    first = take_step(run, whole_exit()[0], turn=turn, at=NOW)

    second = take_step(run, whole_exit()[0], turn=turn, at=LATER)

    assert second.lines == first.lines
    assert LogEntry.objects.filter(action="run.step-judged").count() == 1


def test_a_finished_run_takes_no_more_steps(informant):
    run = take(RunFactory(informant, marked=True), *whole_exit())

    again = take(run, step("file", "region", "2017-12-20"))

    assert (len(again.lines), again.finished_at) == (len(run.lines), LATER)


@pytest.mark.parametrize(
    "fields", [{"score": 100}, {"finished_at": NOW}, {"score": 101, "finished_at": NOW}]
)
def test_the_database_holds_no_score_without_an_end(informant, fields):
    run = RunFactory(informant)

    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**fields)
