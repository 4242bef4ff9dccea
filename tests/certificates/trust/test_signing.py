import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.timestamps import DummyTimeStamper
from pypdf import PdfReader
from weasyprint import HTML

from certificates.domain.fonts import colours
from certificates.domain.pressing import VARIANT
from certificates.trust import development
from certificates.trust.authority import authority
from certificates.trust.checking import NOTHING, check_pdf
from certificates.trust.errors import AuthorityMissing, TimestampMissing
from certificates.trust.signing import AuthoritySigner, sign_pdf, signer_of, timestamper

NOW = timezone.now()
SIGNER = "signing_certificate_v2"


@pytest.fixture(scope="module")
def plain() -> bytes:
    page = HTML(string='<html lang="en"><title>Paper</title><p>Words')
    return page.write_pdf(color_profiles=colours(), **VARIANT)


@pytest.fixture(scope="module")
def signed(plain) -> bytes:
    return sign_pdf(plain)


def test_a_signed_pdf_is_valid_intact_and_ours(signed):
    check = check_pdf(signed, at=NOW)

    assert (check.valid, check.intact, check.trusted) == (True, True, True)
    assert check.covers_whole_file
    assert "演示签发证书" in check.signer
    assert abs((check.signed_at - timezone.now()).total_seconds()) < 600


def test_signing_appends_and_changes_nothing_before(plain, signed):
    assert signed.startswith(plain)


def test_the_signature_is_pades_and_allows_no_change(signed):
    field = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    references = field.sig_object["/Reference"]

    assert field.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert references[0]["/TransformMethod"] == "/DocMDP"
    assert references[0]["/TransformParams"]["/P"] == 1
    digest = field.signer_info["digest_algorithm"]["algorithm"].native
    assert digest == "sha256"


def test_the_signature_names_its_certificate_and_no_time_of_its_own(signed):
    field = PdfFileReader(BytesIO(signed)).embedded_signatures[0]

    attributes = {
        attribute["type"].native: attribute["values"][0].dump()
        for attribute in field.signer_info["signed_attrs"]
    }

    assert set(attributes) == {"content_type", "message_digest", SIGNER}
    # PAdES wants this one, and forbids the time that other signatures carry here.
    assert attributes[SIGNER] == as_signing_certificate_v2(field.signer_cert).dump()


def test_the_signature_shows_nothing_on_the_page(signed):
    widget = PdfReader(BytesIO(signed)).pages[0]["/Annots"][0].get_object()

    assert widget["/Subtype"] == "/Widget"
    # Without extent: the only widget that the archive's format allows to have no
    # appearance. Print, and neither hidden nor invisible.
    assert list(widget["/Rect"]) == [0, 0, 0, 0]
    assert widget["/F"] & 0b100111 == 0b100


def test_the_archive_format_declared_before_is_still_declared(plain, signed):
    before, after = PdfReader(BytesIO(plain)), PdfReader(BytesIO(signed))

    assert after.trailer["/Root"]["/Metadata"].get_data() == (
        before.trailer["/Root"]["/Metadata"].get_data()
    )
    assert b"pdfaid:conformance" in after.trailer["/Root"]["/Metadata"].get_data()
    assert dict(after.metadata) == dict(before.metadata)


def parts_signed(content: bytes) -> list[int]:
    first, length, second, rest = (
        PdfFileReader(BytesIO(content)).embedded_signatures[0].byte_range
    )
    assert first == 0
    assert second + rest == len(content)
    return [*range(length), *range(second, second + rest)]


@how(max_examples=60, deadline=None, database=None)
@given(st.data())
def test_one_flipped_bit_breaks_it(signed, data):
    place = data.draw(st.sampled_from(parts_signed(signed)))
    altered = bytearray(signed)
    altered[place] ^= 1 << data.draw(st.integers(0, 7))

    assert not check_pdf(bytes(altered), at=NOW).valid


def test_a_changed_byte_is_not_intact_whoever_signed(signed):
    altered = bytearray(signed)
    altered[signed.index(b"\n%") + 2] ^= 1  # in the comment that begins the file

    check = check_pdf(bytes(altered), at=NOW)

    assert (check.valid, check.intact, check.trusted) == (False, False, False)
    assert "演示签发证书" in check.signer


def test_a_foreign_key_is_not_trusted_though_its_certificate_says_the_same(
    plain, tmp_path, settings
):
    development.make_development_authority(tmp_path / "a", password="x", at=NOW)
    ours = settings.AUTHORITY_PKCS12
    settings.AUTHORITY_PKCS12 = tmp_path / "a" / "signing.p12"
    settings.AUTHORITY_PASSWORD, own_password = "x", settings.AUTHORITY_PASSWORD
    forged = sign_pdf(plain)
    settings.AUTHORITY_PKCS12, settings.AUTHORITY_PASSWORD = ours, own_password

    check = check_pdf(forged, at=NOW)

    assert check.intact
    assert (check.valid, check.trusted) == (False, False)
    assert "演示签发证书" in check.signer


def test_what_is_appended_later_makes_it_invalid(signed):
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    output = BytesIO()
    writer.write(output)

    check = check_pdf(output.getvalue(), at=NOW)

    assert not check.valid
    assert not check.covers_whole_file
    assert not check_pdf(signed + b"\n% more", at=NOW).valid


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\0" * 999, b"PK\3\4 docx"])
def test_of_what_is_no_signed_pdf_nothing_is_said(plain, content):
    assert check_pdf(content, at=NOW) == NOTHING
    assert check_pdf(plain, at=NOW) == NOTHING


def test_a_key_that_does_not_fit_its_certificate_is_noticed(plain, signed):
    """The certificate is public: anyone can put it beside a key of their own."""
    by = authority()
    forger = AuthoritySigner(by)
    forger.key = ec.generate_private_key(ec.SECP256R1())
    kept = signer_of(by).key
    signer_of(by).key = forger.key
    try:
        forged = sign_pdf(plain)
    finally:
        signer_of(by).key = kept

    check = check_pdf(forged, at=NOW)

    assert (check.valid, check.intact) == (False, False)
    assert check_pdf(signed, at=NOW).valid


def test_a_retired_root_is_still_believed(plain, tmp_path, settings):
    signed = sign_pdf(plain)
    former = settings.AUTHORITY_PKCS12.parent / "root.pem"
    development.make_development_authority(tmp_path / "a", password="x", at=NOW)
    (tmp_path / "a" / "retired" / "2026.pem").write_bytes(former.read_bytes())
    settings.AUTHORITY_PKCS12 = tmp_path / "a" / "signing.p12"
    settings.AUTHORITY_PASSWORD = "x"
    settings.AUTHORITY_RETIRED = ""
    assert not check_pdf(signed, at=NOW).valid

    settings.AUTHORITY_RETIRED = tmp_path / "a" / "retired"

    assert check_pdf(signed, at=NOW).valid


def test_nothing_is_signed_with_an_expired_certificate(plain, tmp_path, settings):
    long_ago = timezone.make_aware(timezone.datetime(2000, 1, 1))
    development.make_development_authority(tmp_path / "a", password="x", at=long_ago)
    settings.AUTHORITY_PKCS12 = tmp_path / "a" / "signing.p12"
    settings.AUTHORITY_PASSWORD = "x"

    with pytest.raises(AuthorityMissing) as refusal:
        sign_pdf(plain)

    assert refusal.value.code == "authority-missing"
    assert "2009" in refusal.value.values["reason"]


def stamping_certificate(key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "clock")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = development.begun(name, name, key.public_key(), days=9, at=NOW)
    return builder.add_extension(usage, critical=True).sign(key, SHA256())


@pytest.fixture
def timestamp_server():
    """A real server on a port of its own, which stamps with a key of its own."""
    key = generate_private_key(65537, 2048)
    stamper = DummyTimeStamper(
        tsa_cert=translate_pyca_cryptography_cert_to_asn1(stamping_certificate(key)),
        tsa_key=translate_pyca_cryptography_key_to_asn1(key),
    )

    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            reply = stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args):
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Stamps)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_configured_server_stamps_the_time(plain, timestamp_server, settings):
    settings.TIMESTAMP_URL = timestamp_server

    stamped = sign_pdf(plain)

    field = PdfFileReader(BytesIO(stamped)).embedded_signatures[0]
    unsigned = {a["type"].native for a in field.signer_info["unsigned_attrs"]}
    assert unsigned == {"signature_time_stamp_token"}
    assert check_pdf(stamped, at=NOW).valid


def test_a_silent_time_stamp_server_is_a_refusal(plain, settings):
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/"

    with pytest.raises(TimestampMissing) as refusal:
        sign_pdf(plain)

    assert refusal.value.code == "timestamp-missing"
    assert timestamper("") is None
