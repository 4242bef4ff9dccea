"""What we sign, checked by programs that know nothing of how we made it: OpenSSL, and
arithmetic on the bytes alone."""

import re
import shutil
import subprocess
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto.cms import ContentInfo
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from weasyprint import HTML

from certificates.domain.fonts import colours
from certificates.domain.pressing import VARIANT
from certificates.trust.authority import authority
from certificates.trust.signing import sign_pdf

RANGE = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+) *\]")
OPENSSL = shutil.which("openssl")
with_openssl = pytest.mark.skipif(not OPENSSL, reason="OpenSSL is not installed")
CLOCK = """
[req]
distinguished_name = name
x509_extensions = uses
prompt = no
[name]
CN = clock
[uses]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = clock
[clock]
serial = serial
signer_cert = clock.pem
signer_key = clock.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@pytest.fixture(scope="module")
def plain() -> bytes:
    page = HTML(string='<html lang="en"><title>Paper</title><p>Words')
    return page.write_pdf(color_profiles=colours(), **VARIANT)


def cut(content: bytes) -> tuple[bytes, bytes]:
    """What a PDF's signature was made over, and the signature."""
    end, start, rest = map(int, RANGE.search(content).groups())
    packed = bytes.fromhex(content[end + 1 : start - 1].decode())
    signature = ContentInfo.load(packed).dump()  # what fills its place is left out
    return content[:end] + content[start : start + rest], signature


def run(*words, folder) -> str:
    """What OpenSSL says, whether it agrees or not."""
    done = subprocess.run(
        [OPENSSL, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return f"{done.stdout}{done.stderr}"


def test_the_signature_of_a_pdf_holds_by_arithmetic_alone(plain):
    signed, signature = cut(sign_pdf(plain))

    said = ContentInfo.load(signature)["content"]
    (info,) = said["signer_infos"]
    attributes = {each["type"].native: each["values"] for each in info["signed_attrs"]}
    signer, root = authority().certificate, authority().roots[0]
    assert attributes["message_digest"][0].native == sha256(signed).digest()
    assert signer.public_bytes(Encoding.DER) in {
        each.chosen.dump() for each in said["certificates"]
    }
    signer.public_key().verify(
        info["signature"].native, info["signed_attrs"].untag().dump(), ECDSA(SHA256())
    )
    signer.verify_directly_issued_by(root)
    uses = signer.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (uses.digital_signature, uses.content_commitment) == (True, True)


@with_openssl
def test_openssl_accepts_a_pdf_and_not_an_altered_one(plain, tmp_path):
    signed, signature = cut(sign_pdf(plain))
    root = authority().roots[0].public_bytes(Encoding.PEM)
    for name, content in (
        ("root.pem", root),
        ("whole", signed),
        ("altered", signed.replace(b"endobj", b"endodj", 1)),
        ("signature", signature),
    ):
        (tmp_path / name).write_bytes(content)

    said = [
        run(
            *("cms", "-verify", "-binary", "-inform", "DER", "-in", "signature"),
            *("-content", content, "-CAfile", "root.pem", "-purpose", "any"),
            *("-out", "out"),
            folder=tmp_path,
        )
        for content in ("whole", "altered")
    ]

    assert "CMS Verification successful" in said[0]
    assert "CMS Verification failure" in said[1]


@pytest.fixture
def clock(tmp_path):
    """A time stamp server whose stamps OpenSSL makes; its address."""
    (tmp_path / "clock.cnf").write_text(CLOCK)
    (tmp_path / "serial").write_text("01")
    own = ("-config", "clock.cnf")
    keys = ("-newkey", "rsa:2048", "-nodes", "-keyout", "clock.key")
    run("req", "-x509", *keys, "-out", "clock.pem", *own, folder=tmp_path)

    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            (tmp_path / "query").write_bytes(asked)
            files = ("-queryfile", "query", "-out", "reply")
            run("ts", "-reply", *files, *own, folder=tmp_path)
            reply = (tmp_path / "reply").read_bytes()
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


@with_openssl
def test_openssl_accepts_the_time_stamp_for_this_signature_and_no_other(
    plain, clock, settings, tmp_path
):
    settings.TIMESTAMP_URL = clock

    _signed, signature = cut(sign_pdf(plain))

    (info,) = ContentInfo.load(signature)["content"]["signer_infos"]
    (stamp,) = info["unsigned_attrs"]
    (tmp_path / "stamp").write_bytes(stamp["values"][0].dump())
    said = [
        run(
            *("ts", "-verify", "-token_in", "-in", "stamp", "-digest", digest),
            *("-CAfile", "clock.pem"),
            folder=tmp_path,
        )
        for digest in (sha256(info["signature"].native).hexdigest(), "0" * 64)
    ]
    assert "Verification: OK" in said[0]
    assert "Verification: FAILED" in said[1]
