import stat
import threading
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)
from django.core.management import CommandError, call_command
from django.utils import timezone

from certificates.trust import development
from certificates.trust.authority import authority, hint_of
from certificates.trust.development import make_development_authority
from certificates.trust.errors import AuthorityMissing

NOW = timezone.now()


def choose(settings, folder, password="x") -> None:
    settings.AUTHORITY_PKCS12 = folder / "signing.p12"
    settings.AUTHORITY_PASSWORD = password
    settings.AUTHORITY_ED25519_KEY = folder / "codes.pem"
    settings.AUTHORITY_RETIRED = folder / "retired"


@pytest.fixture
def fresh(tmp_path, settings):
    """The settings name an authority that nobody has made yet."""
    folder = tmp_path / "authority"
    choose(settings, folder)
    return folder


def test_make_authority_makes_keys_that_only_we_can_read(fresh):
    said = StringIO()

    call_command("make_authority", stdout=said)

    files = {path.name: path for path in fresh.iterdir()}
    assert set(files) == {"signing.p12", "codes.pem", "root.pem", "retired"}
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o700
    assert {
        stat.S_IMODE(path.stat().st_mode) for path in files.values() if path.is_file()
    } == {0o600}
    assert "Made" in said.getvalue()
    assert "development authority" in said.getvalue()


def test_make_authority_twice_keeps_the_first(fresh):
    call_command("make_authority", stdout=StringIO())
    before = {p.name: p.read_bytes() for p in fresh.iterdir() if p.is_file()}
    said = StringIO()

    call_command("make_authority", stdout=said)

    assert {p.name: p.read_bytes() for p in fresh.iterdir() if p.is_file()} == before
    assert "Found" in said.getvalue()


def test_of_several_makers_at_once_one_wins_and_nothing_is_left_over(tmp_path):
    gate, made = threading.Barrier(4), []

    def make():
        gate.wait()
        made.append(make_development_authority(tmp_path / "a", password="x", at=NOW))

    threads = [threading.Thread(target=make) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [False, False, False, True]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_authority_is_read_with_its_chain_and_name(fresh):
    call_command("make_authority", stdout=StringIO())

    found = authority()

    assert found.name == "扶贫信息员培训演示平台（演示签发机构）"
    assert isinstance(found.key.curve, ec.SECP256R1)
    assert found.roots == found.chain
    found.certificate.verify_directly_issued_by(found.roots[0])
    assert found.code_keys == (found.code_key.public_key(),)
    assert authority() is found


def test_in_production_nothing_is_made(fresh, settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError) as failure:
        call_command("make_authority", stdout=StringIO())

    assert "signing.p12 cannot be read" in str(failure.value)
    assert not fresh.exists()


def test_in_production_the_command_looks_at_the_keys(fresh, settings):
    make_development_authority(fresh, password="x", at=NOW)
    settings.DEMONSTRATION = False
    said = StringIO()

    call_command("make_authority", stdout=said)

    assert said.getvalue().startswith("Found")
    assert "development" not in said.getvalue()


def store_without_certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    sealed = BestAvailableEncryption(b"x")
    return pkcs12.serialize_key_and_certificates(b"", key, None, None, sealed)


def pem(key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda f: (f / "signing.p12").unlink(), "signing.p12 cannot be read"),
        (lambda f: (f / "signing.p12").write_bytes(b"no"), "no PKCS#12 file"),
        (
            lambda f: (f / "signing.p12").write_bytes(store_without_certificate()),
            "lacks the key or its certificate",
        ),
        (lambda f: (f / "codes.pem").unlink(), "codes.pem cannot be read"),
        (lambda f: (f / "codes.pem").write_bytes(b"no"), "no unencrypted private key"),
        (
            lambda f: (f / "codes.pem").write_bytes(
                pem(ec.generate_private_key(ec.SECP256R1()))
            ),
            "not one of Ed25519",
        ),
        (
            lambda f: (f / "retired" / "a.pem").write_bytes(b"no"),
            "neither a certificate nor a public key",
        ),
        (
            lambda f: (f / "retired" / "a.pem").write_bytes(
                rsa.generate_private_key(65537, 2048)
                .public_key()
                .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            ),
            "not one of Ed25519",
        ),
    ],
)
def test_what_is_wrong_with_the_keys_is_said_with_the_file(fresh, spoil, reason):
    make_development_authority(fresh, password="x", at=NOW)
    spoil(fresh)

    with pytest.raises(AuthorityMissing) as refusal:
        authority()

    assert refusal.value.code == "authority-missing"
    assert str(fresh) not in str(refusal.value)
    assert reason in refusal.value.values["reason"]


def test_a_wrong_password_is_said(fresh, settings):
    make_development_authority(fresh, password="x", at=NOW)
    settings.AUTHORITY_PASSWORD = "y"

    with pytest.raises(AuthorityMissing) as refusal:
        authority()

    assert "the password is wrong" in refusal.value.values["reason"]


@pytest.mark.parametrize("key", [ec.SECP384R1(), "rsa"])
def test_a_key_of_another_kind_is_refused(fresh, key):
    fresh.mkdir()
    made = (
        rsa.generate_private_key(65537, 2048)
        if key == "rsa"
        else ec.generate_private_key(key)
    )
    name = development.named("other")
    certificate = development.begun(name, name, made.public_key(), days=9, at=NOW).sign(
        made, SHA256()
    )
    store = pkcs12.serialize_key_and_certificates(
        b"", made, certificate, None, BestAvailableEncryption(b"x")
    )
    (fresh / "signing.p12").write_bytes(store)

    with pytest.raises(AuthorityMissing) as refusal:
        authority()

    assert "not one of EC P-256" in refusal.value.values["reason"]


def test_a_retired_key_comes_after_the_one_in_use(fresh, tmp_path, settings):
    make_development_authority(fresh, password="x", at=NOW)
    former = authority().code_keys[0]
    make_development_authority(tmp_path / "new", password="x", at=NOW)
    (tmp_path / "new" / "retired" / "codes-2026.pem").write_bytes(
        former.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )

    choose(settings, tmp_path / "new")

    assert authority().code_keys[1:] == (former,)
    assert len(hint_of(former)) == 1
