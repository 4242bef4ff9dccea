"""Workers that die, and those that go home before the last piece is done."""

from datetime import UTC, datetime, timedelta

import pytest

from certificates.domain.batching import order_batch
from certificates.domain.working import (
    STALE,
    batches_at_rest,
    claim_items,
    work_on_batch,
)
from certificates.models import Paper
from tests.factories.certificates import (
    MarkedAttemptFactory,
    PlainSittingFactory,
    prepared,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)


@pytest.fixture
def batch(napo, county_officer):
    """Two pieces, ordered now."""
    sitting = PlainSittingFactory(division=napo.county, title="那坡县考试")
    for _each in range(2):
        MarkedAttemptFactory(candidate=prepared(napo.village), sitting=sitting)
    return order_batch(sitting, by=county_officer, at=NOW)


def test_another_worker_takes_up_what_a_dead_one_left(batch):
    claim_items(batch, at=NOW, count=20)

    assert claim_items(batch, at=NOW, count=20) == []
    later = NOW + STALE + timedelta(minutes=1)
    assert list(batches_at_rest(at=NOW)) == []
    assert list(batches_at_rest(at=later)) == [batch]
    work_on_batch(batch.pk, at=later)
    assert Paper.objects.count() == 2


def test_what_a_dead_one_left_is_taken_up_soon_after_the_others_are_done(batch):
    claim_items(batch, at=NOW, count=1)  # by one that dies
    at_last = NOW + STALE - timedelta(seconds=30)
    (piece,) = claim_items(batch, at=at_last, count=1)
    batch.items.filter(pk=piece.pk).update(failed_at=at_last, code="broken")

    rests = {
        minutes: list(batches_at_rest(at=NOW + STALE + timedelta(minutes=minutes)))
        for minutes in (0, 1)
    }

    assert rests == {0: [], 1: [batch]}


def test_a_worker_goes_home_where_others_have_the_rest_in_hand(batch):
    claim_items(batch, at=NOW, count=20)

    assert work_on_batch(batch.pk, at=NOW) is False

    batch.refresh_from_db()
    assert batch.is_open
