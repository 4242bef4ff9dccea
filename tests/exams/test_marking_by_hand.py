"""Short answers: two markers on their own, a third when they differ."""

from decimal import Decimal
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from core.models import LogEntry
from exams.domain.analysis.counting import count_finished
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import submit_attempt
from exams.domain.keying import revise_key
from exams.domain.marking_by_hand import mark_script, settled
from exams.domain.regrading import propose_regrade, weigh
from exams.domain.showing import questions_explained
from exams.domain.starting import start_attempt
from exams.enums import KeyRule
from exams.errors import BeingMarked, NotAMark, OwnScript, ScriptSettled
from exams.models import Cell, CohortItem, Script, ScriptMark
from exams.signals import attempt_passed
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    HOUR,
    SittingFactory,
    make_blueprint,
    make_release,
    make_version,
    right_value,
)

pytestmark = pytest.mark.django_db
WORDS = "先告诉农户，再评议。"
LIST = "/exams/marking/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sitting(napo, now):
    make_version("single")
    make_version("short", stem="错评剔除为什么先告知？")
    cells = [Cell("policy", "single", 1, 4), Cell("policy", "short", 1, 8)]
    return SittingFactory(
        opens_at=now - HOUR,
        blueprint=make_blueprint("short", cells),
        release=make_release(),
        attempts_allowed=3,
    )


@pytest.fixture
def markers(napo):
    return [UserFactory(role=Role.COUNTY_OFFICE, at=napo.county) for _ in range(4)]


def hand_in(sitting, candidate, now, *, words=WORDS):
    attempt = start_attempt(sitting, by=candidate, at=now)
    epoch = open_room(attempt, at=now).epoch
    chosen, short = attempt.questions
    answers = [
        Answer(chosen.no, right_value(chosen), epoch, 1),
        Answer(short.no, words, epoch, 2),
    ]
    save_answers(attempt.uuid, answers, by=candidate, at=now)
    return submit_attempt(attempt, by=candidate, at=now)


@pytest.fixture
def attempt(sitting, informant, now):
    return hand_in(sitting, informant, now)


@pytest.fixture
def script(attempt):
    return attempt.scripts.get()


def mark(script, points, by):
    return mark_script(script, points=Decimal(points), by=by, at=timezone.now())


# ---- the rule -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "counts"),
    [
        ([], None),
        (["8"], None),
        (["8", "6"], "7"),
        (["8", "5.99"], None),
        (["8", "2", "5"], "5"),
        (["8", "2", "8"], "8"),
        (["3.33", "3.34"], "3.33"),
    ],
)
def test_two_who_agree_settle_it_else_the_middle_of_three(points, counts):
    found = settled([Decimal(each) for each in points], 8)

    assert found == (Decimal(counts) if counts else None)


POINTS = st.decimals(0, 8, places=2)


@given(st.lists(POINTS, min_size=3, max_size=3))
def test_who_marks_first_makes_no_difference_to_the_middle(points):
    found = {settled(each, 8) for each in permutations(points)}

    assert found == {sorted(points)[1]}


@given(POINTS, POINTS, POINTS)
def test_a_higher_third_mark_never_earns_less(one, other, third):
    assert settled([one, other, min(third + 1, Decimal(8))], 8) >= settled(
        [one, other, third], 8
    )


# ---- the attempt --------------------------------------------------------------------


def test_an_attempt_with_a_short_answer_waits_and_has_no_score(attempt, script):
    assert (attempt.state, attempt.score, attempt.passed) == ("submitted", None, None)
    assert (script.text, script.out_of, script.points) == (WORDS, 8, None)


def test_a_short_answer_left_out_waits_for_nobody(sitting, informant, now):
    attempt = hand_in(sitting, informant, now, words="  ")

    assert (attempt.state, attempt.score) == ("marked", 4)
    assert Script.objects.count() == 0


def test_handing_in_twice_lays_one_script_out(attempt, informant, now):
    submit_attempt(attempt, by=informant, at=now)

    assert attempt.scripts.count() == 1


def test_two_agreeing_marks_finish_the_attempt_and_tell_it_once(
    attempt, script, markers, django_capture_on_commit_callbacks
):
    heard = []

    def hear(sender, *, attempt, **kwargs):
        heard.append(attempt.pk)

    attempt_passed.connect(hear)
    mark(script, "6", markers[0])
    attempt.refresh_from_db()
    waiting = attempt.state
    with django_capture_on_commit_callbacks(execute=True):
        mark(script, "5", markers[1])
    attempt_passed.disconnect(hear)

    attempt.refresh_from_db()
    assert waiting == "submitted"
    assert (attempt.state, attempt.score, attempt.passed) == ("marked", 9.5, True)
    assert heard == [attempt.pk]


def test_two_who_differ_need_a_third(attempt, script, markers):
    mark(script, "8", markers[0])
    assert mark(script, "1", markers[1]).points is None

    assert mark(script, "3", markers[2]).points == 3
    attempt.refresh_from_db()
    assert attempt.score == 7


def test_the_same_marker_again_changes_nothing(script, markers):
    mark(script, "8", markers[0])
    logged = LogEntry.objects.count()

    mark(script, "2", markers[0])

    assert [each.points for each in ScriptMark.objects.all()] == [8]
    assert LogEntry.objects.count() == logged
    with pytest.raises(IntegrityError), transaction.atomic():
        ScriptMark.objects.create(
            script=script, marker=markers[0], points=1, at=timezone.now()
        )


def test_nobody_marks_an_answer_of_their_own(script, informant):
    with pytest.raises(OwnScript):
        mark(script, "8", informant)

    assert ScriptMark.objects.count() == 0


def test_what_is_settled_takes_no_further_mark(script, markers):
    mark(script, "8", markers[0])
    mark(script, "8", markers[1])

    with pytest.raises(ScriptSettled):
        mark(script, "0", markers[2])

    assert ScriptMark.objects.count() == 2


@pytest.mark.parametrize("points", ["-0.5", "8.01", "3.333", "NaN", "Infinity"])
def test_what_is_no_mark_is_refused(script, markers, points):
    with pytest.raises(NotAMark):
        mark(script, points, markers[0])

    assert ScriptMark.objects.count() == 0


def test_nobody_starts_again_while_the_last_go_is_being_marked(
    attempt, sitting, informant, now
):
    with pytest.raises(BeingMarked):
        start_attempt(sitting, by=informant, at=now)

    with pytest.raises(BeingMarked):
        questions_explained(attempt, at=now + 9 * HOUR)


def test_the_result_and_the_statistics_hold_what_people_gave(
    attempt, script, markers, sitting, now
):
    mark(script, "6", markers[0])
    mark(script, "6", markers[1])
    attempt.refresh_from_db()
    count_finished(sitting, at=now)

    _choice, short = questions_explained(attempt, at=now + 9 * HOUR)
    sums = CohortItem.objects.filter(version=script.version, cohort="45").get()

    assert (short.earned, short.verdict, short.given) == (6, "partly", WORDS)
    assert short.right == script.version.answer
    assert sums.joint == {"1000,1200,600,800": 1}


# ---- the pages ----------------------------------------------------------------------


def page_of(script):
    return reverse("exams:script", args=[script.pk])


def test_a_marker_reads_the_answer_and_no_name(client, script, markers, informant):
    client.force_login(markers[0])

    listed = client.get(LIST).content.decode()
    page = client.get(page_of(script)).content.decode()

    assert page_of(script) in listed
    assert WORDS in page
    assert script.version.answer in page
    assert informant.real_name not in listed + page


def test_a_mark_given_on_the_page_is_kept_and_leaves_the_queue(client, script, markers):
    client.force_login(markers[0])

    response = client.post(page_of(script), {"points": "6.5", "remark": "缺评议"})

    assert response.url == LIST
    kept = ScriptMark.objects.get()
    assert (kept.points, kept.remark, kept.marker) == (
        Decimal("6.5"),
        "缺评议",
        markers[0],
    )
    assert page_of(script) not in client.get(LIST).content.decode()
    assert client.get(page_of(script)).url == LIST


@pytest.mark.parametrize("points", ["", "9", "-1", "六", "1.234"])
def test_a_faulty_mark_is_told_and_not_kept(client, script, markers, points):
    client.force_login(markers[0])

    response = client.post(page_of(script), {"points": points})

    assert response.status_code == 200
    assert ScriptMark.objects.count() == 0


def test_strangers_do_not_find_it(client, script, napo, informant):
    elsewhere = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)
    client.force_login(elsewhere)
    far = client.get(page_of(script)).status_code
    client.force_login(informant)

    assert far == 404
    assert client.get(LIST).status_code == 404
    assert client.get(page_of(script)).status_code == 404


def test_an_officer_who_sits_now_marks_nothing(client, script, sitting, napo, now):
    officer = UserFactory(role=Role.COUNTY_OFFICE, at=napo.county)
    start_attempt(sitting, by=officer, at=now)
    client.force_login(officer)

    assert client.get(page_of(script)).status_code == 403


@pytest.mark.parametrize("people", [1, 3])
def test_the_queue_costs_the_same_however_long(
    client, sitting, markers, now, django_assert_num_queries, napo, people
):
    for _ in range(people):
        hand_in(sitting, UserFactory(role=Role.INFORMANT, at=napo.village), now)
    client.force_login(markers[0])
    client.get(LIST)

    with django_assert_num_queries(5):
        page = client.get(LIST).content.decode()

    assert page.count("/exams/marking/") >= people


def test_the_candidate_is_told_that_it_is_being_marked(client, attempt, informant):
    client.force_login(informant)

    result = client.get(reverse("exams:result", args=[attempt.uuid])).content.decode()
    listed = client.get("/exams/").content.decode()

    assert "评卷中" in result
    assert WORDS not in result
    assert "评卷中" in listed


def test_a_key_that_gives_all_points_to_everybody_passes_over_the_marks(
    attempt, script, markers, trainer, now
):
    mark(script, 3, markers[0])
    mark(script, 3, markers[1])
    guide = script.version.answer
    facts = {"rule": KeyRule.ALL, "reason": "题意不清。", "at": now}
    revision = revise_key(script.version, answer=guide, by=trainer, **facts)
    regrade = propose_regrade(revision, sitting=None, by=trainer, at=now)

    (line,) = weigh(regrade).lines

    assert (line.before, line.after) == (Decimal(7), Decimal(12))
