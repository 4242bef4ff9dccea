import pytest
from django.db import IntegrityError, transaction

from certificates.models import Certificate
from core.models import LogEntry
from exams.domain.analysis.counting import count_finished
from exams.domain.analysis.recounting import recount_sitting
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import score_now, submit_attempt
from exams.domain.keying import revise_key
from exams.domain.regrading import (
    confirm_regrade,
    dependents_of,
    propose_regrade,
    weigh,
    withdraw_regrade,
)
from exams.errors import (
    KeySuperseded,
    NothingToRegrade,
    RegradeMoved,
    RegradeOver,
    SamePerson,
)
from exams.models import Attempt, Cell, Regrade, ScoreChange
from tests.factories.certificates import CertificateFactory, prepared
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_candidate,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(napo):
    """Its paper is one single choice, B by its key; four points, and all to pass."""
    make_version("single", code="Q-1")
    blueprint = make_blueprint("one", [Cell("policy", "single", 1, 4)])
    return SittingFactory(
        blueprint=blueprint, release=make_release(), division=napo.region
    )


def marked(sitting, option, candidate=None):
    """An attempt handed in with ``option`` chosen, or with nothing."""
    candidate = candidate or make_candidate()
    attempt = AttemptFactory(sitting=sitting, candidate=candidate)
    if option is not None:
        epoch = open_room(attempt, at=NOON).epoch
        shown = attempt.questions[0].order.index(option)
        answers = [Answer(1, [shown], epoch, 1)]
        save_answers(attempt.uuid, answers, by=candidate, at=NOON)
    return submit_attempt(attempt, by=candidate, at=NOON)


def revised(sitting, by, answer=2, **facts):
    version = sitting.release.versions.get()
    facts = {"reason": "印错了答案。", "at": NOON} | facts
    return revise_key(version, answer=[answer], by=by, **facts)


def standing(attempt):
    return Attempt.objects.values_list("score", "passed").get(pk=attempt.pk)


@pytest.fixture
def proposed(sitting, trainer):
    """B passed, C failed, one left it out; by the new key C is right."""
    attempts = [marked(sitting, option) for option in (1, 2, None)]
    revision = revised(sitting, trainer)
    regrade = propose_regrade(revision, sitting=sitting, by=trainer, at=NOON)
    return regrade, attempts


def test_a_dry_run_lists_who_newly_passes_or_fails_and_writes_nothing(proposed):
    regrade, (was_right, was_wrong, _left_out) = proposed

    weighing = weigh(regrade)

    assert [line.attempt for line in weighing.newly_passing] == [was_wrong]
    assert [line.attempt for line in weighing.newly_failing] == [was_right]
    assert (len(weighing.lines), weighing.raised, weighing.lowered) == (3, 1, 1)
    assert standing(was_right) == (4, True)
    assert not ScoreChange.objects.exists()


def test_a_second_person_confirms_and_the_history_is_kept(proposed, region_officer):
    regrade, (was_right, was_wrong, left_out) = proposed

    confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    assert [standing(each) for each in (was_right, was_wrong, left_out)] == [
        (0, False), (4, True), (0, False),
    ]  # fmt: skip
    changes = ScoreChange.objects.values_list("attempt", "before", "after")
    assert list(changes) == [(was_right.pk, 4, 0), (was_wrong.pk, 0, 4)]
    entry = LogEntry.objects.get(action="regrade.confirmed")
    assert entry.detail == {
        "touched": 3, "changed": 2, "newly_passed": 1, "newly_failed": 1,
    }  # fmt: skip


def test_what_is_regraded_is_what_marking_from_nothing_would_give(
    proposed, region_officer
):
    regrade, attempts = proposed

    confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    for attempt in attempts:
        attempt.refresh_from_db()
        assert score_now(attempt) == (attempt.score, attempt.passed)


def test_confirmed_twice_it_is_done_once(proposed, region_officer):
    regrade, _attempts = proposed
    seen = weigh(regrade).mark

    confirm_regrade(regrade, seen=seen, by=region_officer, at=NOON)
    confirm_regrade(regrade, seen=seen, by=region_officer, at=NOON + HOUR)

    assert ScoreChange.objects.count() == 2
    assert Regrade.objects.get().confirmed_at == NOON


def test_who_proposed_does_not_confirm(proposed, trainer):
    regrade, (was_right, *_others) = proposed

    with pytest.raises(SamePerson) as caught:
        confirm_regrade(regrade, seen=weigh(regrade).mark, by=trainer, at=NOON)

    assert caught.value.code == "same-person"
    assert standing(was_right) == (4, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Regrade.objects.update(confirmed_by=trainer, confirmed_at=NOON)


def test_what_is_confirmed_is_what_was_seen(proposed, sitting, region_officer):
    regrade, (was_right, *_others) = proposed
    seen = weigh(regrade).mark
    Attempt.objects.filter(pk=was_right.pk).update(score=3)

    with pytest.raises(RegradeMoved) as caught:
        confirm_regrade(regrade, seen=seen, by=region_officer, at=NOON)

    assert caught.value.code == "regrade-moved"
    assert not ScoreChange.objects.exists()
    assert Regrade.objects.get().is_waiting


def test_a_withdrawn_proposal_is_over(proposed, trainer, region_officer):
    regrade, _attempts = proposed

    withdraw_regrade(regrade, by=trainer, at=NOON)

    with pytest.raises(RegradeOver) as caught:
        confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)
    assert caught.value.code == "regrade-over"


def test_proposed_twice_it_waits_once_and_nothing_is_proposed_for_nobody(
    proposed, sitting, trainer, region_officer
):
    regrade, _attempts = proposed
    revision = regrade.revision

    again = propose_regrade(revision, sitting=sitting, by=trainer, at=NOON)
    confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    assert again == regrade
    with pytest.raises(NothingToRegrade) as caught:
        propose_regrade(revision, sitting=None, by=trainer, at=NOON)
    assert caught.value.code == "nothing-to-regrade"


def test_a_sitting_is_the_scope_unless_it_is_all(sitting, trainer):
    other = SittingFactory(
        blueprint=sitting.blueprint, release=sitting.release, division=sitting.division
    )
    here, there = marked(sitting, 2), marked(other, 2)
    revision = revised(sitting, trainer)

    one = propose_regrade(revision, sitting=sitting, by=trainer, at=NOON)
    all_of_them = propose_regrade(revision, sitting=None, by=trainer, at=NOON)

    assert [line.attempt for line in weigh(one).lines] == [here]
    assert [line.attempt for line in weigh(all_of_them).lines] == [here, there]


def test_who_newly_passes_earns_a_certificate_and_the_others_are_named(
    sitting, napo, trainer, region_officer, django_capture_on_commit_callbacks
):
    was_wrong = marked(sitting, 2, prepared(napo.village))
    was_right = marked(sitting, 1)
    held = CertificateFactory(holder=was_right.candidate, attempt=was_right)
    regrade = propose_regrade(
        revised(sitting, trainer), sitting=sitting, by=trainer, at=NOON
    )

    with django_capture_on_commit_callbacks(execute=True):
        confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    assert Certificate.objects.get(attempt=was_wrong).holder == was_wrong.candidate
    held.refresh_from_db()
    assert held.revoked_on is None
    found = dependents_of([was_right])
    assert [each["url"] for each in found[was_right.pk]] == [held.get_absolute_url()]


def test_the_statistics_follow(
    proposed, sitting, region_officer, django_capture_on_commit_callbacks
):
    regrade, _attempts = proposed
    count_finished(sitting, at=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    assert recount_sitting(sitting, at=NOON).differences == 0
    assert recount_sitting(sitting, at=NOON).attempts == 3


def test_a_newer_key_withdraws_what_waits_by_an_older_one(
    client, proposed, sitting, trainer, region_officer
):
    regrade, attempts = proposed
    newest = revised(sitting, trainer, answer=3, reason="改错了。")
    by_newest = propose_regrade(newest, sitting=sitting, by=trainer, at=NOON)
    confirm_regrade(by_newest, seen=weigh(by_newest).mark, by=region_officer, at=NOON)
    before = [standing(each) for each in attempts]

    with pytest.raises(RegradeOver):
        confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    assert [standing(each) for each in attempts] == before
    entry = LogEntry.objects.get(action="regrade.withdrawn")
    assert entry.detail == {"superseded_by": newest.pk}
    client.force_login(region_officer)
    shown = client.get(page(regrade))
    assert shown.context["weighing"] is None
    assert "已不再执行" in shown.content.decode()


def test_a_superseded_key_is_neither_proposed_nor_confirmed(
    client, proposed, sitting, trainer, region_officer
):
    regrade, (was_right, *_others) = proposed
    former = regrade.revision
    revised(sitting, trainer, answer=3, reason="改错了。")
    # As it was kept before newer keys withdrew what waits.
    Regrade.objects.update(withdrawn_at=None, withdrawn_by=None)

    with pytest.raises(KeySuperseded) as caught:
        confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)
    with pytest.raises(KeySuperseded):
        propose_regrade(former, sitting=None, by=trainer, at=NOON)

    assert caught.value.code == "key-superseded"
    assert standing(was_right) == (4, True)
    assert Regrade.objects.count() == 1
    client.force_login(region_officer)
    assert client.get(page(regrade)).context["weighing"] is None


def test_what_was_confirmed_stays_when_the_key_is_revised_again(
    proposed, sitting, trainer, region_officer
):
    regrade, _attempts = proposed
    confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    revised(sitting, trainer, answer=3, reason="改错了。")

    regrade.refresh_from_db()
    assert (regrade.confirmed_at, regrade.withdrawn_at) == (NOON, None)


def page(regrade, act=""):
    return f"/exams/regrades/{regrade.pk}/{act}"


def test_it_is_proposed_and_confirmed_on_the_pages(
    client, sitting, trainer, region_officer
):
    attempt = marked(sitting, 2)
    version = revised(sitting, trainer).version
    client.force_login(trainer)
    client.post(f"/exams/questions/{version.pk}/key/regrade/", {"sitting": sitting.pk})
    regrade = Regrade.objects.get()
    assert regrade.get_absolute_url() in client.get("/exams/regrades/").content.decode()
    seen = client.get(page(regrade)).context["weighing"].mark

    client.post(page(regrade, "confirm/"), {"seen": seen})
    assert standing(attempt) == (0, False)

    client.force_login(region_officer)
    client.post(page(regrade, "confirm/"), {"seen": seen})
    assert standing(attempt) == (4, True)
    assert attempt.candidate.real_name in client.get(page(regrade)).content.decode()


@pytest.mark.parametrize("who", ["informant", "township_officer"])
def test_strangers_find_no_regrade(request, client, proposed, who):
    regrade, (was_right, *_others) = proposed
    client.force_login(request.getfixturevalue(who))
    seen = weigh(regrade).mark

    assert client.get("/exams/regrades/").status_code == 404
    assert client.get(page(regrade)).status_code == 404
    assert client.post(page(regrade, "confirm/"), {"seen": seen}).status_code == 404
    assert client.post(page(regrade, "withdraw/")).status_code == 404
    assert standing(was_right) == (4, True)


def test_a_county_confirms_nothing_for_a_whole_region(client, proposed, county_officer):
    regrade, (was_right, *_others) = proposed
    client.force_login(county_officer)

    response = client.post(page(regrade, "confirm/"), {"seen": weigh(regrade).mark})

    assert response.status_code == 403
    assert standing(was_right) == (4, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_its_length(
    client, sitting, trainer, region_officer, count, django_assert_num_queries
):
    for _each in range(count):
        marked(sitting, 2)
    revision = revised(sitting, trainer)
    regrade = propose_regrade(revision, sitting=sitting, by=trainer, at=NOON)
    client.force_login(region_officer)

    # user, grants, own running attempts, regrade, attempts, answers,
    # certificates
    with django_assert_num_queries(7):
        response = client.get(page(regrade))

    assert response.context["changed"] == count
