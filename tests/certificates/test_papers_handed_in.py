"""A stranger hands in a PDF: an original, one that was altered, one of a forger's."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from certificates.domain.printing import print_certificate
from certificates.domain.verifying import certificate_of_paper
from certificates.models import Certificate, LookupCount, Paper
from certificates.paper_views import PAPERS_A_MINUTE
from certificates.trust import development
from certificates.trust.errors import AlteredPaper, ForeignPaper, NotSigned
from certificates.trust.screening import refuse_unless_ours
from certificates.trust.signing import sign_pdf
from core.models import LogEntry
from tests.factories.certificates import CertificateFactory

NOW = timezone.now()
ADDRESS = "verify:paper"


@pytest.fixture
def certificate(napo):
    return CertificateFactory(at=napo.village, holder_name="黄美兰")


@pytest.fixture
def original(certificate) -> bytes:
    with print_certificate(certificate, at=NOW).file.open("rb") as file:
        return file.read()


def handed_in(client, content: bytes):
    file = SimpleUploadedFile("paper.pdf", content, "application/pdf")
    return client.post(reverse(ADDRESS), {"file": file})


def words(response) -> str:
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def told():
    rows = LookupCount.objects.values_list("outcome").annotate(Sum("count"))
    return dict(rows.order_by("outcome"))


def unsigned(original: bytes) -> bytes:
    """As the press made it: the signature is appended."""
    return original[: original.index(b"%%EOF\n") + 6]


def by_a_forger(content: bytes, tmp_path, settings) -> bytes:
    """Signed by a key whose certificate bears the same names as ours."""
    folder = tmp_path / "forger"
    development.make_development_authority(folder, password="x", at=NOW)
    settings.AUTHORITY_PKCS12 = folder / "signing.p12"
    settings.AUTHORITY_PASSWORD = "x"
    return sign_pdf(content)


@pytest.fixture
def forged(original, tmp_path, settings) -> bytes:
    ours = settings.AUTHORITY_PKCS12, settings.AUTHORITY_PASSWORD
    content = by_a_forger(unsigned(original), tmp_path, settings)
    settings.AUTHORITY_PKCS12, settings.AUTHORITY_PASSWORD = ours
    return content


def altered(content: bytes) -> bytes:
    """Another name in the words about the file, of the same length."""
    changed = bytearray(content)
    changed[content.index(b"\n%") + 2] ^= 1
    return bytes(changed)


def test_an_original_says_its_state_and_masks_the_name(client, certificate, original):
    response = handed_in(client, original)

    assert response.status_code == 200
    assert "证书有效" in words(response)
    assert "发证机构签名有效" in words(response)
    assert certificate.spaced_number in words(response)
    assert "黄美兰" not in words(response)
    assert told() == {"valid": 1}


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"revoked_on": NOW.date(), "revocation_reason": "冒名"}, "证书已撤销"),
        ({"superseded_on": NOW.date()}, "该证书已换发新证"),
    ],
)
def test_an_original_that_counts_no_more_says_so(
    client, certificate, original, state, said
):
    Certificate.objects.filter(pk=certificate.pk).update(**state)

    assert said in words(handed_in(client, original))


def saved_anew(original: bytes) -> bytes:
    """As a program that writes the whole file anew leaves it."""
    return re.sub(rb"/ByteRange.*?\]", b"", original)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (altered, "altered-paper", "此PDF在发证机构签名之后被改动过"),
        (lambda it: it + b"\n% more", "altered-paper", "被改动过"),
        (lambda it: it[:-1], "altered-paper", "被改动过"),
        (unsigned, "not-signed", "此文件没有可以读出的签名"),
        (saved_anew, "not-signed", "没有可以读出的签名"),
        (lambda _it: b"", "not-signed", "没有可以读出的签名"),
        (lambda _it: b"PK\3\4 docx", "not-signed", "没有可以读出的签名"),
    ],
)
def test_what_is_no_original_is_told_and_nothing_is_written(
    client, original, change, code, said
):
    content = change(original)
    before = Certificate.objects.get(), Paper.objects.get(), LogEntry.objects.count()

    with pytest.raises((AlteredPaper, NotSigned)) as refusal:
        certificate_of_paper(content, at=NOW)
    response = handed_in(client, content)

    assert refusal.value.code == code
    assert response.status_code == 404
    assert "此文件不是证书原件" in words(response)
    assert said in words(response)
    assert told() == {"unknown": 1}
    after = Certificate.objects.get(), Paper.objects.get(), LogEntry.objects.count()
    assert after == before


def test_a_foreign_key_is_told_though_its_certificate_says_the_same(client, forged):
    with pytest.raises(ForeignPaper):
        certificate_of_paper(forged, at=NOW)

    assert "此PDF不是发证机构签名的" in words(handed_in(client, forged))


def test_a_forgers_file_is_not_read_as_a_pdf(forged):
    """Whatever lies in it might unfold to more than any memory."""
    content = b"\0" * 9000 + forged[9000:]

    with pytest.raises(ForeignPaper):
        refuse_unless_ours(content)


def test_our_certificate_beside_a_foreign_signature_is_altered(original, forged):
    """Anyone can take our certificate out of a paper, and nobody our key."""
    ours, theirs = contents_of(original), contents_of(forged)
    content = forged.replace(theirs, ours.ljust(len(theirs), b"0")[: len(theirs)])

    with pytest.raises(AlteredPaper):
        refuse_unless_ours(content)


def contents_of(content: bytes) -> bytes:
    return re.search(rb"/Contents\s*<([0-9A-Fa-f]+)>", content)[1]


@pytest.mark.parametrize(
    "range_",
    [
        b"/ByteRange [0 9999999999 9999999999 1]",
        b"/ByteRange [0 10 5 1]",
        b"/ByteRange [0 0 0 0]",
        b"/ByteRange [0 1 2 3] /ByteRange [0 1 2 3]",
        b"/ByteRange [0 " + b"9" * 5000 + b" 1 1]",
    ],
)
def test_a_made_up_range_is_no_signature(db, range_):
    with pytest.raises(NotSigned):
        refuse_unless_ours(b"%PDF-1.7\n" + range_ + b"<00>" * 20)


def test_a_paper_whose_number_is_not_there_is_unknown(client, original):
    Paper.objects.all().delete()
    Certificate.objects.all().delete()

    response = handed_in(client, original)

    assert response.status_code == 404
    assert "没有这个编号的证书" in words(response)


def test_too_large_a_file_and_none_are_told_at_the_field(client, db, monkeypatch):
    monkeypatch.setattr("certificates.forms.PAPER_MEGABYTES", 0)

    response = handed_in(client, b"%PDF")

    assert "证书不会有这么大" in words(response)
    assert "必需字段" in words(client.post(reverse(ADDRESS)))
    assert told() == {}


def test_many_files_at_once_are_braked(client, db):
    replies = [handed_in(client, b"%PDF") for _n in range(PAPERS_A_MINUTE + 1)]

    assert [each.status_code for each in replies] == [404] * PAPERS_A_MINUTE + [429]
    assert told() == {"braked": 1, "unknown": PAPERS_A_MINUTE}
