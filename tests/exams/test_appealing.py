from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.domain.appealing import appeals_end, decide_appeal, make_appeal
from exams.domain.keying import revise_key
from exams.domain.publishing import publish_results
from exams.domain.regrading import confirm_regrade, propose_regrade, weigh
from exams.errors import (
    AppealTooLate,
    KeysHeld,
    NoReason,
    NoSuchQuestion,
    NotYours,
    StillOpen,
)
from exams.models import Appeal, Attempt
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
)

pytestmark = pytest.mark.django_db
LATER = NOON + 5 * HOUR


@pytest.fixture
def failed(informant):
    return AttemptFactory(candidate=informant, right=False)


def appeal_to(attempt, number=2, reason="解读四（一）2写的是乙。", by=None, at=LATER):
    by = by or attempt.candidate
    return make_appeal(attempt, number, reason=reason, by=by, at=at)


def test_a_candidate_appeals_once_to_a_question(failed):
    appeal = appeal_to(failed)

    again = appeal_to(failed, reason="另一个理由。")

    assert again == appeal
    assert Appeal.objects.get().reason == "解读四（一）2写的是乙。"
    assert appeal.version_id == failed.questions[1].version
    assert appeal.division_code == failed.division_code


def test_no_appeal_while_the_keys_are_held(failed):
    with pytest.raises(KeysHeld):
        appeal_to(failed, at=NOON + HOUR)

    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"number": 99}, NoSuchQuestion),
        ({"reason": "  "}, NoReason),
        ({"at": LATER + timedelta(days=30)}, AppealTooLate),
    ],
)
def test_a_faulty_appeal_is_refused(failed, facts, refusal):
    with pytest.raises(refusal) as caught:
        appeal_to(failed, **facts)

    assert caught.value.code == refusal.code
    assert not Appeal.objects.exists()


def test_nobody_appeals_for_another_or_before_the_end(failed, napo):
    running = AttemptFactory(sitting=failed.sitting, candidate=make_candidate())

    with pytest.raises(NotYours):
        appeal_to(failed, by=running.candidate)
    with pytest.raises(StillOpen):
        appeal_to(running)

    assert not Appeal.objects.exists()


def test_the_time_runs_from_the_end_of_the_sitting(failed):
    assert appeals_end(failed) == failed.sitting.closes_at + timedelta(days=15)


def test_an_appeal_is_decided_once_with_a_reason(failed, county_officer):
    appeal = appeal_to(failed)
    facts = {"by": county_officer, "at": LATER}

    with pytest.raises(NoReason):
        decide_appeal(appeal, decision="dismissed", words=" ", **facts)
    decide_appeal(appeal, decision="upheld", words="确实是乙。", **facts)
    decide_appeal(appeal, decision="dismissed", words="改主意了。", **facts)

    decided = Appeal.objects.get()
    assert (decided.decision, decided.words) == ("upheld", "确实是乙。")
    assert (decided.decided_by, decided.decided_at) == (county_officer, LATER)
    assert Attempt.objects.get().score == failed.score


def test_nobody_decides_their_own(failed):
    appeal = appeal_to(failed)

    facts = {"by": failed.candidate, "at": LATER}

    with pytest.raises(NotYours):
        decide_appeal(appeal, decision="upheld", words="对。", **facts)

    assert Appeal.objects.get().is_waiting


@pytest.fixture
def recent(informant):
    """A failed attempt of a sitting that has just closed."""
    from tests.factories.exams import SittingFactory  # noqa: PLC0415

    began = timezone.now() - 6 * HOUR
    sitting = SittingFactory(opens_at=began)
    return AttemptFactory(
        sitting=sitting, candidate=informant, started_at=began, right=False
    )


def making(attempt, number=1):
    return reverse("exams:appeal_make", args=[attempt.uuid, number])


def test_it_goes_from_the_result_to_the_queue_and_back(
    client, recent, informant, county_officer
):
    client.force_login(informant)
    assert making(recent) in client.get(recent.get_absolute_url()).content.decode()

    client.post(making(recent), {"reason": "书上写的是甲。"})

    appeal = Appeal.objects.get()
    assert making(recent) not in client.get(recent.get_absolute_url()).content.decode()
    client.force_login(county_officer)
    assert list(client.get("/exams/appeals/").context["page"]) == [appeal]
    client.post(
        appeal.get_absolute_url(), {"decision": "dismissed", "words": "以解读为准。"}
    )
    assert list(client.get("/exams/appeals/").context["page"]) == []
    client.force_login(informant)
    assert "以解读为准。" in client.get(recent.get_absolute_url()).content.decode()


def test_an_appeal_without_a_reason_is_told_so(client, recent, informant):
    client.force_login(informant)

    response = client.post(making(recent), {"reason": ""})

    assert response.context["form"].errors
    assert not Appeal.objects.exists()


def test_strangers_see_and_decide_no_appeal(
    client, recent, napo, township_officer, informant
):
    from accounts.enums import Role  # noqa: PLC0415
    from tests.factories.accounts import UserFactory  # noqa: PLC0415

    appeal = appeal_to(recent, at=timezone.now())
    elsewhere = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)
    decision = {"decision": "upheld", "words": "对。"}

    for stranger in (elsewhere, township_officer, informant):
        client.force_login(stranger)
        assert client.get(appeal.get_absolute_url()).status_code == 404
        assert client.post(appeal.get_absolute_url(), decision).status_code == 404
    client.force_login(make_candidate())
    assert client.post(making(recent, 2), {"reason": "对。"}).status_code == 404
    assert Appeal.objects.get().is_waiting


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_whatever_its_length(
    client, recent, county_officer, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        appeal_to(recent, number, at=timezone.now())
    client.force_login(county_officer)

    # user, grants, own running attempts, count, appeals
    with django_assert_num_queries(5):
        response = client.get("/exams/appeals/")

    assert len(response.context["page"]) == count


def test_the_time_for_appeals_runs_from_when_results_are_out(informant, region_officer):
    sitting = SittingFactory(results_shown="by-office")
    attempt = AttemptFactory(sitting=sitting, candidate=informant, right=False)
    out = sitting.closes_at + timedelta(days=16)
    publish_results(sitting, by=region_officer, at=out)
    attempt = Attempt.objects.get(pk=attempt.pk)

    assert appeals_end(attempt) == out + timedelta(days=15)
    assert appeal_to(attempt, at=out + HOUR).attempt == attempt


def test_the_time_for_appeals_runs_from_when_the_keys_are_out(failed):
    alike = {"blueprint": failed.sitting.blueprint, "release": failed.sitting.release}
    soon = failed.sitting.closes_at + timedelta(days=20)
    second = SittingFactory(opens_at=soon, **alike)
    SittingFactory(opens_at=soon + timedelta(days=90), **alike)

    assert appeals_end(failed) == second.closes_at + timedelta(days=15)


def test_a_regrade_opens_the_time_for_appeals_anew(failed, trainer, region_officer):
    version = failed.questions[0].version
    version = failed.sitting.release.versions.get(pk=version)
    at = failed.sitting.closes_at + timedelta(days=30)
    revision = revise_key(
        version, answer=version.answer, rule="all", reason="题目有误", by=trainer, at=at
    )
    regrade = propose_regrade(revision, sitting=None, by=trainer, at=at)
    seen = weigh(regrade).mark
    confirm_regrade(regrade, seen=seen, by=region_officer, at=at)

    assert appeals_end(Attempt.objects.get()) == at + timedelta(days=15)
