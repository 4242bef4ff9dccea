"""Signing with a key that stays in a token; SoftHSM plays the token."""

import multiprocessing
import os
import shutil
import subprocess
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from django.core.management import CommandError, call_command
from django.utils import timezone

from certificates.trust import development
from certificates.trust.authority import authority, read_authority
from certificates.trust.badges import credential_of
from certificates.trust.checking import check_pdf
from certificates.trust.errors import AuthorityMissing
from certificates.trust.signing import sign_pdf
from certificates.trust.token import PINS_REFUSED, TokenKey, read_address
from tests.factories.certificates import CertificateFactory

from .test_signing import plain  # noqa: F401  (a PDF that nobody has signed)

NOW = timezone.now()
PIN = "2468"
DRIVERS = (
    "/usr/lib/softhsm/libsofthsm2.so",
    *map(str, Path("/usr/lib").glob("*/softhsm/libsofthsm2.so")),
)


def write_pem(path: Path, key) -> Path:
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A token with two keys: the authority's, and a stranger's. The driver reads its
    settings once a process."""
    if not shutil.which("softhsm2-util"):
        pytest.fail("softhsm2 is missing: make test installs it")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    development.write_authority(folder, password="x", at=NOW)
    store = (folder / development.STORE).read_bytes()
    key, own, chain = pkcs12.load_key_and_certificates(store, b"x")
    pem = [each.public_bytes(Encoding.PEM) for each in (own, *chain)]
    (folder / "chain.pem").write_bytes(b"".join(pem))
    tool("--init-token", "--free", "--label", "Office", "--so-pin", PIN)
    keys = {"signing": key, "stranger": generate_private_key(SECP256R1())}
    for number, (label, each) in enumerate(keys.items(), start=1):
        path = write_pem(folder / f"{label}.pem", each)
        place = ("--token", "Office", "--label", label, "--id", f"0{number}")
        tool("--import", str(path), *place)
        path.unlink()
    yield folder
    del os.environ["SOFTHSM2_CONF"]


def tool(*arguments: str) -> None:
    subprocess.run(
        ["softhsm2-util", *arguments, "--pin", PIN], check=True, capture_output=True
    )


def address(key: str = "object=signing", token: str = "token=Office") -> str:
    return f"pkcs11:{token};{key}?module-path={driver()}"


def driver() -> str:
    return next((path for path in DRIVERS if Path(path).exists()), DRIVERS[0])


def pull_out() -> None:
    """Every session ends, and nobody is signed in to the token any more."""
    pkcs11.lib(driver()).reinitialize()


@pytest.fixture
def token(office, settings):
    """The settings name the token, and no PKCS#12 file."""
    pull_out()
    read_authority.cache_clear()
    PINS_REFUSED.clear()
    settings.AUTHORITY_PKCS12 = ""
    settings.AUTHORITY_TOKEN = address()
    settings.AUTHORITY_PASSWORD = PIN
    settings.AUTHORITY_CERTIFICATES = str(office / "chain.pem")
    settings.AUTHORITY_ED25519_KEY = office / development.CODE_KEY
    return settings


def test_a_pdf_signed_by_a_token_is_valid_and_ours(token, plain):  # noqa: F811
    check = check_pdf(sign_pdf(plain), at=NOW)

    assert (check.valid, check.intact, check.trusted) == (True, True, True)


@pytest.mark.django_db
def test_a_badge_is_signed_by_the_token_too(token):
    assert credential_of(CertificateFactory()).count(".") == 2


def test_the_command_says_that_the_token_can_be_used(token, capsys):
    token.DEMONSTRATION = False
    call_command("make_authority")
    assert "Found" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"AUTHORITY_TOKEN": "pkcs11:object=signing?module-path=/x.so"}, "token="),
        ({"AUTHORITY_TOKEN": "pkcs11:token=Office;object=signing"}, "module-path="),
        ({"AUTHORITY_TOKEN": address("id=%09")}, "pkcs11:"),
        ({"AUTHORITY_TOKEN": address(token="token=Elsewhere")}, "Elsewhere"),
        ({"AUTHORITY_TOKEN": address("object=stranger")}, "is not that of"),
        ({"AUTHORITY_PASSWORD": "0000"}, "pkcs11:"),
        ({"AUTHORITY_CERTIFICATES": "/none.pem"}, "/none.pem"),
    ],
)
def test_what_is_wrong_with_a_token_is_said(token, changes, word):
    for name, value in changes.items():
        setattr(token, name, value)

    with pytest.raises(AuthorityMissing) as refused:
        authority()

    assert word in refused.value.values["reason"]
    with pytest.raises(CommandError, match="No keys"):
        call_command("make_authority")


def test_a_wrong_pin_is_tried_once(token, monkeypatch):
    token.AUTHORITY_PASSWORD = "0000"
    tried = []
    monkeypatch.setattr(TokenKey, "key", lambda key: tried.append(key) or wrong())

    for _time in range(3):
        with pytest.raises(AuthorityMissing):
            authority()

    assert len(tried) == 1


def wrong():
    raise pkcs11.exceptions.PinIncorrect


def test_a_key_is_found_by_its_number(token):
    token.AUTHORITY_TOKEN = address("id=%01")
    assert authority().key.sign(b"content")


def test_a_token_pulled_out_is_a_refusal_and_put_back_it_signs(token, plain):  # noqa: F811
    sign_pdf(plain)
    pull_out()

    with pytest.raises(AuthorityMissing):
        sign_pdf(plain)

    assert check_pdf(sign_pdf(plain), at=NOW).valid


def test_a_forked_worker_opens_the_token_for_itself(token):
    key = authority().key
    forking = multiprocessing.get_context("fork")
    receiver, sender = forking.Pipe(duplex=False)

    child = forking.Process(target=lambda: sender.send(key.sign(b"content")))
    child.start()

    assert receiver.poll(20)
    key.public_key().verify(receiver.recv(), b"content", ECDSA(SHA256()))
    child.join()
    assert child.exitcode == 0
    assert key.sign(b"content")


def test_an_address_is_read_as_it_is_written():
    read = read_address("pkcs11:token=A%20B;serial=12;id=%01?module-path=/lib%2Fp.so")

    assert read.module == "/lib/p.so"
    assert read.token == {"token_label": "A B", "token_serial": b"12"}
    assert read.key == {"id": b"\x01"}
