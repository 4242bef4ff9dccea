"""Ordering a bundle: made in the background, piece by piece, by whichever worker."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from certificates.domain import bundling, fetching
from certificates.domain.batching import order_batch
from certificates.domain.fetching import (
    STALE,
    bundles_at_rest,
    claim_order,
    order_bundle,
    work_on_bundle,
)
from certificates.domain.recalling import kept, words_of
from certificates.domain.working import work_on_batch
from certificates.enums import Bundle
from certificates.errors import BatchOpen, GlyphMissing, NotTheSittingsOffice
from certificates.models import BundleOrder, Certificate
from core.models import LogEntry
from tests.factories.certificates import (
    MarkedAttemptFactory,
    PlainSittingFactory,
    prepared,
)

NOW = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
LATER = NOW + STALE + timedelta(minutes=1)


@pytest.fixture
def open_batch(napo, county_officer):
    sitting = PlainSittingFactory(division=napo.county, title="那坡县考试")
    for name in ("黄美兰", "韦小禾"):
        person = prepared(napo.village, real_name=name)
        MarkedAttemptFactory(candidate=person, sitting=sitting)
    return order_batch(sitting, by=county_officer, at=NOW)


@pytest.fixture
def batch(open_batch, monkeypatch):
    """Printed; its sheets are in two parts."""
    monkeypatch.setattr(bundling, "SHEETS_A_PART", 1)
    while work_on_batch(open_batch.pk, at=NOW):
        pass
    open_batch.refresh_from_db()
    return open_batch


@pytest.fixture
def order(batch, county_officer):
    return order_bundle(batch, Bundle.WHOLE, by=county_officer, at=NOW)


def state(order):
    order.refresh_from_db()
    refusal = order.refusal
    words = refusal and words_of(refusal)
    return order.made, order.total, order.finished_at, words


def test_a_whole_is_made_part_by_part_and_then_bound(batch, order):
    seen = [state(order)]
    while work_on_bundle(order.pk, at=NOW):
        seen.append(state(order))

    assert seen == [(0, 3, None, None), (1, 3, None, None), (2, 3, None, None)]
    assert state(order) == (3, 3, NOW, None)
    assert list(batch.files.values_list("bundle", "count")) == [
        (Bundle.SHEETS, 1),
        (Bundle.SHEETS, 1),
        (Bundle.WHOLE, 2),
    ]


def test_ordered_twice_while_it_is_made_is_once(batch, order, county_officer):
    again = order_bundle(batch, Bundle.WHOLE, by=county_officer, at=NOW)

    assert again == order
    assert LogEntry.objects.filter(action="bundle.ordered").count() == 1


def test_a_piece_is_in_one_hand_and_a_dead_one_lets_it_go(batch, order):
    work_on_bundle(order.pk, at=NOW)
    claim_order(order.pk, at=NOW)

    assert work_on_bundle(order.pk, at=NOW) is False
    assert list(bundles_at_rest(at=NOW)) == []
    assert list(bundles_at_rest(at=LATER)) == [order]
    assert work_on_bundle(order.pk, at=LATER) is True
    assert state(order) == (2, 3, None, None)
    assert batch.files.get(part=1).made_at == NOW


def test_what_broke_is_said_in_the_readers_words_and_told_in_the_log(
    order, monkeypatch, caplog
):
    def breaks(*_args, **_options):
        raise OSError("No space left on device")

    monkeypatch.setattr(fetching, "make_piece", breaks)

    assert work_on_bundle(order.pk, at=NOW) is False
    _made, _total, finished_at, reason = state(order)
    assert finished_at == NOW
    assert reason.startswith("制作时出了故障。请重新制作")
    assert "space" not in reason
    assert "No space left on device" in caplog.text


def test_what_cannot_be_made_ends_the_order_and_says_why(batch, order, county_officer):
    Certificate.objects.filter(holder_name="韦小禾").update(holder_name="某\U0003105a")
    while work_on_bundle(order.pk, at=NOW):
        pass

    made, total, finished_at, reason = state(order)
    assert (made, total, finished_at) == (1, 3, NOW)
    assert "U+3105A" in reason
    assert list(bundles_at_rest(at=LATER)) == []
    assert order_bundle(batch, Bundle.WHOLE, by=county_officer, at=LATER) != order


def test_an_open_batch_and_a_stranger_order_nothing(
    open_batch, county_officer, township_officer
):
    for by, refusal in (
        (county_officer, BatchOpen),
        (township_officer, NotTheSittingsOffice),
    ):
        with pytest.raises(refusal):
            order_bundle(open_batch, Bundle.WHOLE, by=by, at=NOW)
    assert not BundleOrder.objects.exists()


def test_the_page_shows_how_far_it_is_and_looks_again(
    client, batch, order, county_officer
):
    client.force_login(county_officer)
    page = reverse("certificates:batch", args=[batch.pk])
    work_on_bundle(order.pk, at=NOW)

    running = client.get(page)
    while work_on_bundle(order.pk, at=NOW):
        pass
    done = client.get(page)

    assert '<progress class="progress__bar" value="1" max="3">' in running.text
    assert "Refresh" in running.headers
    assert "Refresh" not in done.headers
    made = batch.files.get(bundle=Bundle.WHOLE)
    assert reverse("certificates:bundle_file", args=[batch.pk, made.pk]) in done.text


def test_the_page_says_what_was_not_made(client, batch, order, county_officer):
    with override("en"):  # as a worker may speak it
        refusal = kept(GlyphMissing(characters="某"))
    BundleOrder.objects.update(finished_at=NOW, refusal=refusal)
    client.force_login(county_officer)

    page = client.get(reverse("certificates:batch", args=[batch.pk])).text

    assert "未生成：打印版（全部合为一个文件）。证书暂时无法打印：" in page
    assert "字库里没有这些字：某" in page
