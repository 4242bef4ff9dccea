import re

import pytest
from django.utils import timezone

from accounts.enums import Role
from certificates.domain.issuing import issue_certificate, issue_earned
from certificates.errors import NotEarned
from certificates.models import Certificate
from exams.domain.publishing import publish_due, publish_results
from exams.domain.showing import questions_explained
from exams.domain.starting import start_attempt
from exams.errors import KeysHeld, ResultsHeld, ResultsTooEarly
from exams.models import Attempt, Sitting
from tests.factories.certificates import prepared
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    make_candidate,
)

pytestmark = pytest.mark.django_db
AFTER = NOON + 5 * HOUR


@pytest.fixture
def informant(napo):
    """Chosen and trained: only the exam is missing."""
    return prepared(napo.village, role=Role.INFORMANT)


def passed(results_shown, candidate, **facts):
    sitting = SittingFactory(results_shown=results_shown, keys_shown="at-once", **facts)
    began = sitting.opens_at
    return AttemptFactory(
        sitting=sitting, candidate=candidate, started_at=began, right=True
    )


def test_held_results_earn_nothing_and_show_no_key(
    informant, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        attempt = passed("by-office", informant)

    assert (attempt.passed, attempt.sitting.has_results_out) == (True, False)
    assert issue_earned(by=None) == []
    with pytest.raises(NotEarned):
        issue_certificate(attempt, by=None, on=NOON.date())
    with pytest.raises(KeysHeld):
        questions_explained(attempt, at=AFTER)
    assert not Certificate.objects.exists()


def test_a_held_result_is_not_told_by_a_second_start(informant):
    attempt = passed("by-office", informant, attempts_allowed=2)

    with pytest.raises(ResultsHeld) as caught:
        start_attempt(attempt.sitting, by=informant, at=NOON + HOUR)

    assert caught.value.code == "results-held"


def test_an_office_lets_results_out_once(
    informant, county_officer, django_capture_on_commit_callbacks
):
    attempt = passed("by-office", informant)

    with django_capture_on_commit_callbacks(execute=True):
        publish_results(attempt.sitting, by=county_officer, at=AFTER)
        publish_results(attempt.sitting, by=county_officer, at=AFTER + HOUR)

    assert Sitting.objects.get().results_out_at == AFTER
    assert Certificate.objects.get().attempt == attempt


@pytest.mark.parametrize("running", [True, False])
def test_results_wait_for_the_last_candidate(informant, county_officer, napo, running):
    attempt = passed("by-office", informant)
    if running:
        AttemptFactory(sitting=attempt.sitting, candidate=make_candidate())
    at = AFTER if running else NOON + HOUR

    with pytest.raises(ResultsTooEarly) as caught:
        publish_results(attempt.sitting, by=county_officer, at=at)

    assert caught.value.code == "results-too-early"
    assert Sitting.objects.get().results_out_at is None


def test_what_waits_for_the_end_comes_out_by_itself(informant):
    attempt = passed("after-close", informant)

    assert publish_due(at=NOON + HOUR) == 0
    assert publish_due(at=AFTER) == 1
    assert publish_due(at=AFTER) == 0
    assert Sitting.objects.get(pk=attempt.sitting_id).has_results_out


def test_the_pages_tell_nothing_before_it_is_out(client, informant, county_officer):
    attempt = passed("by-office", informant, opens_at=timezone.now() - 6 * HOUR)
    client.force_login(informant)

    for address in ("/exams/", attempt.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "成绩尚未公布" in page
        assert "合格</" not in page
        # Of what can be read: an address or the time may hold the figure of the score.
        said = re.sub(r"<[^>]*>", " ", page.split("<main")[1].split("</main>")[0])
        assert not re.search(r"(?<![\d:第年月])17(?![\d:年月日])", said)

    client.force_login(county_officer)
    client.post(f"/exams/sittings/{attempt.sitting_id}/publish/")
    client.force_login(informant)
    assert "成绩尚未公布" not in client.get(attempt.get_absolute_url()).content.decode()


def test_only_who_holds_a_sitting_publishes(client, informant, napo, township_officer):
    attempt = passed("by-office", informant, division=napo.region)
    address = f"/exams/sittings/{attempt.sitting_id}/publish/"

    client.force_login(township_officer)
    assert client.post(address).status_code == 403
    client.force_login(informant)
    assert client.post(address).status_code == 403

    assert Attempt.objects.get().sitting.results_out_at is None
