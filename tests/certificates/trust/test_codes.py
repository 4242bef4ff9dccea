from base64 import b32decode, b32encode
from datetime import date

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from certificates.trust import codes
from certificates.trust.authority import authority, hint_of
from certificates.trust.codes import encode_code, read_code
from certificates.trust.development import make_development_authority
from certificates.trust.errors import AlteredCode, ForeignCode, NotACode
from divisions.enums import Level
from tests.certificates.trust.test_authority import NOW, choose
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
ADDRESS = "https://training.example.org/verify/"


@pytest.fixture
def certificate():
    return CertificateFactory(
        holder_name="阿卜杜热合曼·买买提",
        issued_on=date(2026, 3, 2),
        post_level=Level.TOWNSHIP,
    )


def test_a_code_says_what_the_certificate_says(certificate):
    facts = read_code(encode_code(certificate))

    assert facts.number == certificate.number
    assert facts.post_level == Level.TOWNSHIP
    assert (facts.issued_on, facts.expires_on) == (date(2026, 3, 2), date(2029, 3, 2))


def test_a_code_is_the_same_whenever_it_is_asked_for(certificate):
    assert encode_code(certificate) == encode_code(certificate)


@pytest.mark.parametrize("level", Level.values)
def test_every_level_comes_back(certificate, level):
    certificate.post_level = level

    assert read_code(encode_code(certificate)).post_level == level


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("阿卜杜热合曼·买买提", True),
        ("阿卜杜热合曼• 买买提", True),
        ("阿卜杜热合曼．买买提", True),
        ("阿卜杜热合曼买买提", True),
        ("阿卜杜热合曼", False),
        ("黄美兰", False),
        ("", False),
    ],
)
def test_a_code_knows_its_name_however_it_is_spaced(certificate, name, fits):
    assert read_code(encode_code(certificate)).is_of(name) == fits


def test_the_name_itself_is_not_in_the_code(certificate):
    content = codes.bytes_of(encode_code(certificate))
    certificate.number = CertificateFactory().number
    other = codes.bytes_of(encode_code(certificate))

    # The same name gives another hash in another certificate.
    assert content[14:22] != other[14:22]


def test_a_code_is_read_out_of_its_address_in_any_case(certificate):
    code = encode_code(certificate)

    for text in (
        f"{ADDRESS}{code}",
        f"{ADDRESS}{code}/",
        f"  {code[:80]}\n{code[80:]} ",
        f"{ADDRESS}{code}".lower(),
        f"{ADDRESS}{code}".upper(),
    ):
        assert read_code(text).number == certificate.number


@how(
    max_examples=80,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_no_single_letter_can_be_changed(certificate, data):
    code = encode_code(certificate)
    place = data.draw(st.integers(0, codes.LENGTH - 1))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".replace(code[place], "")
    letter = data.draw(st.sampled_from(letters))

    with pytest.raises((AlteredCode, ForeignCode, NotACode)):
        read_code(code[:place] + letter + code[place + 1 :])


@pytest.mark.parametrize("place", range(2, 96), ids=lambda place: f"byte{place}")
def test_facts_and_signature_hang_together(certificate, place):
    content = bytearray(codes.bytes_of(encode_code(certificate)))
    content[place] ^= 1

    with pytest.raises(AlteredCode) as refusal:
        read_code(b32encode(bytes(content)).decode().rstrip("="))

    assert refusal.value.code == "altered-code"


def test_the_spare_bits_of_the_last_letter_make_no_second_spelling(certificate):
    code = encode_code(certificate)
    twin = code[:-1] + chr(ord(code[-1]) + 1)
    assert b32decode(twin + "=" * 6) == b32decode(code + "=" * 6)

    with pytest.raises(AlteredCode):
        read_code(twin)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "K7MPQ2XWZ4",
        "https://training.example.org/verify/451026202600001K/K7MPQ2XWZ4/",
        "A" * 153,
        "A" * 155,
        "1" * 154,  # no letter of base32
        "上" * 154,
        "A" * 154,  # no such format
        "CA" + "A" * 152,  # … nor such a level as 15 would be
    ],
)
def test_what_is_no_code_is_refused(text):
    with pytest.raises((NotACode, ForeignCode)):
        read_code(text)


def test_a_foreign_key_is_refused(certificate):
    hint = hint_of(authority().code_keys[0])
    stranger = next(k for k in endless_keys() if hint_of(k.public_key()) != hint)
    twin = next(k for k in endless_keys() if hint_of(k.public_key()) == hint)

    for key, refusal in ((stranger, ForeignCode), (twin, AlteredCode)):
        content = codes.bytes_of(encode_code(certificate))
        facts = content[:1] + hint_of(key.public_key()) + content[2:32]
        forged = facts + key.sign(codes.PURPOSE + facts)
        with pytest.raises(refusal):
            read_code(b32encode(forged).decode().rstrip("="))


def endless_keys():
    while True:
        yield Ed25519PrivateKey.generate()


def test_a_signature_for_another_purpose_is_none_for_a_code(certificate):
    facts = codes.bytes_of(encode_code(certificate))[:32]
    signature = authority().code_key.sign(facts)

    with pytest.raises(AlteredCode):
        read_code(b32encode(facts + signature).decode().rstrip("="))


def test_a_code_of_a_retired_key_is_still_read(certificate, tmp_path, settings):
    code = encode_code(certificate)
    former = authority().code_keys[0]
    make_development_authority(tmp_path / "new", password="x", at=NOW)
    choose(settings, tmp_path / "new")
    settings.AUTHORITY_RETIRED = ""
    with pytest.raises((ForeignCode, AlteredCode)):
        read_code(code)

    (tmp_path / "new" / "retired" / "codes.pem").write_bytes(
        former.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    settings.AUTHORITY_RETIRED = tmp_path / "new" / "retired"

    assert read_code(code).number == certificate.number


@pytest.mark.parametrize(
    "address", [ADDRESS, "https://fupin-training.agri.gxzf.gov.cn/verify/"]
)
def test_the_qr_code_is_crisp_at_two_centimetres(certificate, address):
    code = segno.make(address + encode_code(certificate), error="m", micro=False)

    assert code.version <= 10
    assert 20 / code.symbol_size(border=4)[0] > 0.3  # millimetres of a module
