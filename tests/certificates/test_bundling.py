"""What a batch is fetched as: whom its files hold after a retry or a loss."""

from datetime import UTC, datetime
from hashlib import sha256
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from certificates.domain import bundling
from certificates.domain.batching import order_batch, retry_failed
from certificates.domain.bundling import bundle_batch
from certificates.domain.working import work_on_batch
from certificates.enums import Bundle
from certificates.errors import SheetsAmiss
from certificates.models import Certificate, Paper
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    MarkedAttemptFactory,
    PlainSittingFactory,
    prepared,
)
from tests.factories.divisions import DivisionFactory

NOW = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)


def work_off(batch):
    while work_on_batch(batch.pk, at=NOW):
        pass
    batch.refresh_from_db()


def passed(sitting, home, name):
    person = prepared(home, real_name=name)
    return MarkedAttemptFactory(candidate=person, sitting=sitting)


def printed(batch, names):
    """Of each part of the sheets, whose they are."""
    found = []
    for made in bundle_batch(batch, Bundle.SHEETS, at=NOW):
        with made.file.open("rb") as content:
            pages = [
                "".join(p.extract_text().split()) for p in PdfReader(content).pages
            ]
        found.append([name for page in pages for name in names if name in page])
    return found


def packed(batch):
    (made,) = bundle_batch(batch, Bundle.ARCHIVE, at=NOW)
    with made.file.open("rb") as content, ZipFile(content) as archive:
        return made, {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def batch(napo, county_officer):
    """Of two certificates, 黄美兰's and 韦小禾's, both printed."""
    sitting = PlainSittingFactory(division=napo.county, title="那坡县考试")
    for name in ("黄美兰", "韦小禾"):
        passed(sitting, napo.village, name)
    batch = order_batch(sitting, by=county_officer, at=NOW)
    work_off(batch)
    return batch


def lose_paper(name):
    paper = Paper.objects.get(certificate__holder_name=name)
    paper.file.storage.delete(paper.file.name)


def test_after_a_retry_the_parts_hold_everybody_once(napo, region_officer, monkeypatch):
    monkeypatch.setattr(bundling, "SHEETS_A_PART", 2)
    names = ["凌云甲", "凌云乙", "凌云丙", "那坡丁"]
    sitting = PlainSittingFactory(division=napo.region, title="全区考试")
    elsewhere = DivisionFactory(code="451027100201", name="凌云村")
    for name in names[:3]:
        passed(sitting, elsewhere, name)
    person = UserFactory(at=napo.village, real_name="那坡丁")
    late = MarkedAttemptFactory(candidate=person, sitting=sitting)
    batch = order_batch(sitting, by=region_officer, at=NOW)
    work_off(batch)
    before = printed(batch, names)

    late.candidate = prepared(napo.village, real_name="那坡丁")
    late.save()
    retry_failed(batch, by=region_officer, at=NOW)
    work_off(batch)

    assert before == [["凌云甲", "凌云乙"], ["凌云丙"]]
    # The numbers of 那坡 come before those of 凌云.
    assert printed(batch, names) == [["那坡丁", "凌云甲"], ["凌云乙", "凌云丙"]]


def test_a_lost_paper_is_printed_anew_into_the_archive(batch):
    lose_paper("黄美兰")

    made, found = packed(batch)

    hashes = sorted(sha256(content).hexdigest() for content in found.values())
    assert hashes == sorted(Paper.objects.values_list("sha256", flat=True))
    assert made.count == len(found) == 2


def test_the_archive_names_whose_paper_cannot_be_made(batch):
    lose_paper("黄美兰")
    broken = Certificate.objects.get(holder_name="黄美兰")
    Certificate.objects.filter(pk=broken.pk).update(holder_name="黄\U0003105a")

    made, found = packed(batch)
    words = found.pop("缺少的证书.txt").decode()

    assert made.count == len(found) == 1
    assert [line.split("\t")[:2] for line in words.splitlines()] == [
        [broken.number, "黄\U0003105a"]
    ]
    Certificate.objects.filter(pk=broken.pk).update(holder_name="黄美兰")
    assert packed(batch)[0].count == 2


def whole_of(batch, names):
    (made,) = bundle_batch(batch, Bundle.WHOLE, at=NOW)
    with made.file.open("rb") as content:
        pages = ["".join(p.extract_text().split()) for p in PdfReader(content).pages]
    return made, [name for page in pages for name in names if name in page]


def test_the_whole_holds_everybody_once_and_is_made_once(batch, monkeypatch):
    monkeypatch.setattr(bundling, "SHEETS_A_PART", 1)
    names = ["黄美兰", "韦小禾"]

    made, held = whole_of(batch, names)
    again, _held = whole_of(batch, names)

    assert held == names
    assert (made.count, made.part) == (2, 1)
    assert (again.pk, again.made_at, again.file) == (made.pk, made.made_at, made.file)
    assert batch.files.filter(bundle=Bundle.SHEETS).count() == 2


def test_after_a_retry_the_whole_is_bound_anew(napo, county_officer, monkeypatch):
    monkeypatch.setattr(bundling, "SHEETS_A_PART", 2)
    names = ["黄美兰", "韦小禾", "覃石山"]
    sitting = PlainSittingFactory(division=napo.county, title="那坡县考试")
    for name in names[:2]:
        passed(sitting, napo.village, name)
    person = UserFactory(at=napo.village, real_name=names[2])
    late = MarkedAttemptFactory(candidate=person, sitting=sitting)
    batch = order_batch(sitting, by=county_officer, at=NOW)
    work_off(batch)
    before = whole_of(batch, names)[1]

    late.candidate = prepared(napo.village, real_name=names[2])
    late.save()
    retry_failed(batch, by=county_officer, at=NOW)
    work_off(batch)

    assert before == names[:2]
    assert whole_of(batch, names)[1] == names


def test_a_part_that_is_lost_is_made_anew_for_the_whole(batch):
    (part,) = bundle_batch(batch, Bundle.SHEETS, at=NOW)
    part.file.storage.delete(part.file.name)

    assert whole_of(batch, ["黄美兰", "韦小禾"])[1] == ["黄美兰", "韦小禾"]


def test_nobody_is_left_out_by_a_sheet_too_many(batch, monkeypatch):
    monkeypatch.setattr(bundling, "bind", lambda parts, target: 3)

    with pytest.raises(SheetsAmiss):
        whole_of(batch, [])
    assert not batch.files.filter(bundle=Bundle.WHOLE).exists()
