import threading
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from certificates.domain.batching import (
    cancel_batch,
    order_batch,
    progress_of,
    retry_failed,
)
from certificates.domain.bundling import bundle_batch
from certificates.domain.fonts import cut_kit
from certificates.domain.issuing import issue_certificate
from certificates.domain.printing import pdf_of, print_certificate
from certificates.domain.recalling import words_of as refusal_in_words
from certificates.domain.working import work_on_batch
from certificates.enums import Bundle
from certificates.errors import (
    BatchOver,
    NothingToPrint,
    NotTheSittingsOffice,
)
from certificates.models import Batch, Certificate, NumberSeries, Paper
from certificates.signals import batch_ordered
from core.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    PlainSittingFactory,
    SelectionFactory,
    prepared,
    train,
)
from tests.factories.divisions import DivisionFactory

NOW = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
# User, grants, the batch, its counts, its failures counted and read.
PAGE_QUERIES = 6
# What a few pieces share; and for each whether there is a paper, the paper stored in a
# transaction of its own with its log line, and the piece done.
SHARED_QUERIES, PIECE_QUERIES = 27, 8


@pytest.fixture
def sitting(napo):
    return PlainSittingFactory(division=napo.county, title="那坡县考试")


def passed(sitting, home, **kwargs):
    return MarkedAttemptFactory(candidate=prepared(home, **kwargs), sitting=sitting)


def order(sitting, by):
    return order_batch(sitting, by=by, at=NOW)


def work_off(batch):
    while work_on_batch(batch.pk, at=NOW):
        pass
    batch.refresh_from_db()


def test_a_batch_issues_and_prints_for_everybody_who_passed(
    napo, sitting, county_officer
):
    attempts = [passed(sitting, napo.village) for _each in range(3)]
    MarkedAttemptFactory(sitting=sitting, failed=True)

    batch = order(sitting, county_officer)
    work_off(batch)

    assert batch.finished_at
    assert {c.attempt for c in Certificate.objects.all()} == set(attempts)
    assert Paper.objects.count() == 3
    progress = progress_of(batch)
    assert (progress.total, progress.done, progress.failed) == (3, 3, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_a_piece_takes_the_statements_of_its_paper_alone(
    napo, sitting, county_officer, django_assert_num_queries, count
):
    # The series of the office's numbers has begun.
    before = MarkedAttemptFactory(candidate=prepared(napo.village))
    print_certificate(issue_certificate(before, by=None, on=NOW.date()), at=NOW)
    for _each in range(count):
        passed(sitting, napo.village)
    batch = order(sitting, county_officer)

    with django_assert_num_queries(SHARED_QUERIES + count * PIECE_QUERIES):
        work_on_batch(batch.pk, at=NOW)

    assert batch.items.done().count() == count


def test_a_second_order_makes_nothing_twice(napo, sitting, county_officer):
    passed(sitting, napo.village)
    first = order(sitting, county_officer)
    again = order(sitting, county_officer)
    work_off(first)
    before = list(Paper.objects.values_list("certificate", "sha256"))
    second = order(sitting, county_officer)
    work_off(second)

    assert again == first
    assert second != first
    assert list(Paper.objects.values_list("certificate", "sha256")) == before
    assert NumberSeries.objects.get().last == 1
    assert LogEntry.objects.filter(action="certificate.printed").count() == 1


def test_an_order_stands_though_nobody_can_be_told_of_it(
    napo, sitting, county_officer, django_capture_on_commit_callbacks
):
    def breaks(**kwargs):
        raise OSError("the queue is out of reach")

    passed(sitting, napo.village)
    batch_ordered.connect(breaks)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            batch = order(sitting, county_officer)
    finally:
        batch_ordered.disconnect(breaks)

    assert Batch.objects.get() == batch


def test_what_fails_is_listed_and_tried_again_alone(napo, sitting, county_officer):
    passed(sitting, napo.village)
    unchosen = MarkedAttemptFactory(
        candidate=UserFactory(at=napo.village), sitting=sitting
    )
    passed(sitting, napo.village, real_name="某\U0003105a")
    batch = order(sitting, county_officer)
    work_off(batch)
    codes = list(batch.items.failed().values_list("code", flat=True))
    first_done = batch.items.done().get().done_at

    mended = prepared(napo.village, real_name="甲")
    unchosen.candidate = mended
    unchosen.save()
    retry_failed(batch, by=county_officer, at=NOW)
    work_off(batch)

    assert codes == ["not-earned", "glyph-missing"]
    assert list(batch.items.failed().values_list("code", flat=True)) == [
        "glyph-missing"
    ]
    assert batch.items.done().count() == 2
    assert batch.items.done().order_by("pk").first().done_at == first_done


def test_what_nobody_foresaw_stops_one_and_not_the_others(
    napo, sitting, county_officer, caplog
):
    lost = DivisionFactory(code="459999001001", name="无县村")  # without a county
    person = train(UserFactory(at=lost))
    SelectionFactory(person=person, at=napo.region)
    passed(sitting, napo.village)
    attempt = MarkedAttemptFactory(candidate=person, sitting=sitting)
    passed(sitting, napo.village)

    batch = order(sitting, county_officer)
    work_off(batch)

    failed = batch.items.failed().get()
    assert (failed.attempt, failed.code) == (attempt, "unexpected")
    assert refusal_in_words(failed.refusal).startswith("制作时出了故障。请重试")
    assert batch.items.done().count() == Paper.objects.count() == 2
    assert NumberSeries.objects.get().last == 2
    assert "issued one by one" in caplog.text


def test_a_cancelled_batch_stops_and_keeps_what_is_made(napo, sitting, county_officer):
    for _each in range(2):
        passed(sitting, napo.village)
    batch = order(sitting, county_officer)
    work_on_batch(batch.pk, at=NOW, count=1)
    cancel_batch(batch, by=county_officer, at=NOW)

    assert work_on_batch(batch.pk, at=NOW) is False
    assert Paper.objects.count() == 1
    with pytest.raises(BatchOver):
        retry_failed(batch, by=county_officer, at=NOW)


def test_only_the_offices_of_the_sittings_place_order(
    napo, sitting, trainer, township_officer
):
    passed(sitting, napo.village)

    for stranger in (trainer, township_officer):
        with pytest.raises(NotTheSittingsOffice):
            order(sitting, stranger)
    assert not Batch.objects.exists()


def test_a_sitting_that_nobody_passed_has_nothing_to_print(sitting, county_officer):
    MarkedAttemptFactory(sitting=sitting, failed=True)

    with pytest.raises(NothingToPrint):
        order(sitting, county_officer)
    assert not Batch.objects.exists()


def test_the_archive_holds_every_paper_as_it_is_stored(napo, sitting, county_officer):
    for _each in range(2):
        passed(sitting, napo.village)
    batch = order(sitting, county_officer)
    work_off(batch)

    (made,) = bundle_batch(batch, Bundle.ARCHIVE, at=NOW)
    (again,) = bundle_batch(batch, Bundle.ARCHIVE, at=NOW)

    with made.file.open("rb") as content, ZipFile(content) as packed:
        found = {name: packed.read(name) for name in packed.namelist()}
    hashes = sorted(sha256(content).hexdigest() for content in found.values())
    assert hashes == sorted(Paper.objects.values_list("sha256", flat=True))
    assert again == made


def test_the_sheets_hold_a_page_for_each_certificate(napo, sitting, county_officer):
    names = ["黄美兰", "韦小禾"]
    for name in names:
        passed(sitting, napo.village, real_name=name)
    batch = order(sitting, county_officer)
    work_off(batch)

    (made,) = bundle_batch(batch, Bundle.SHEETS, at=NOW)

    with made.file.open("rb") as content:
        pages = PdfReader(BytesIO(content.read())).pages
    assert len(pages) == 2
    for page, name in zip(pages, names, strict=True):
        assert name in page.extract_text()


def words_of(content: bytes) -> str:
    """As PDFium reads them, which browsers show PDFs with."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        page = document[0]
        return page.get_textpage().get_text_range()


def test_cut_fonts_print_the_same_words(napo):
    certificate = CertificateFactory(at=napo.village, holder_name="黄美兰")
    whole = words_of(pdf_of(certificate))
    kit = cut_kit(frozenset("".join(whole.split())))

    printed = pdf_of(certificate, kit=kit)

    assert words_of(printed) == whole


def test_a_kit_that_lacks_a_character_is_not_used(napo):
    certificate = CertificateFactory(at=napo.village, holder_name="黄美兰")
    kit = cut_kit(frozenset("扶贫"))

    assert "黄美兰" in words_of(pdf_of(certificate, kit=kit))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_failed(
    client, napo, sitting, county_officer, django_assert_num_queries, count
):
    for _each in range(count):
        MarkedAttemptFactory(candidate=UserFactory(at=napo.village), sitting=sitting)
    batch = order(sitting, county_officer)
    work_off(batch)
    client.force_login(county_officer)

    with django_assert_num_queries(PAGE_QUERIES):
        response = client.get(reverse("certificates:batch", args=[batch.pk]))

    assert response.content.count(b'<th scope="row">') == count
    assert b"not-earned" not in response.content  # a word for programs
    assert f"已办完，{count}人未成功" in response.content.decode()
    assert "Refresh" not in response.headers


def test_an_office_orders_watches_and_fetches(
    client, napo, sitting, county_officer, django_capture_on_commit_callbacks
):
    passed(sitting, napo.village)
    client.force_login(county_officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("certificates:order", args=[sitting.pk]))
    batch = Batch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("certificates:bundle", args=[batch.pk]), {"bundle": "archive"}
        )

    assert answer.url == reverse("certificates:batch", args=[batch.pk])
    file = batch.files.get()
    address = reverse("certificates:bundle_file", args=[batch.pk, file.pk])
    assert address in client.get(answer.url).content.decode()
    assert b"".join(client.get(address)).startswith(b"PK")


def test_another_countys_office_sees_no_batch(client, napo, sitting, county_officer):
    passed(sitting, napo.village)
    batch = order(sitting, county_officer)
    client.force_login(UserFactory(role="county_office", at=napo.other_county))

    for name in ("batch", "cancel", "retry", "bundle"):
        address = reverse(f"certificates:{name}", args=[batch.pk])
        way = client.get if name == "batch" else client.post
        assert way(address).status_code == 404
    answer = client.post(reverse("certificates:order", args=[sitting.pk]))
    assert answer.status_code == 404


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_batch_and_make_nothing_twice(napo):
    officer = UserFactory(role="county_office", at=napo.county)
    sitting = PlainSittingFactory(division=napo.county, title="那坡县考试")
    for _each in range(6):
        passed(sitting, napo.village)
    batch = order(sitting, officer)

    def work():
        try:
            while work_on_batch(batch.pk, at=NOW, count=1):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Paper.objects.count() == 6
    assert batch.items.done().count() == 6
    assert LogEntry.objects.filter(action="certificate.printed").count() == 6
    assert NumberSeries.objects.get().last == 6
