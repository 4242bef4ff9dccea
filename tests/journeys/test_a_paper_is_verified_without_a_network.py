"""An officer opens the page once in the office and verifies a paper in a village
that no network reaches."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

# One certificate in force and one revoked, made in the running site's own database.
MAKE = """
import json
from django.utils import timezone
from accounts.models import User
from certificates.domain.drawing import qr_code
from certificates.domain.printing import public_address
from certificates.trust.codes import encode_code
from exams.models import Sitting
from tests.factories.certificates import CertificateFactory
on = timezone.localdate()
sitting = Sitting.objects.earliest("pk")
divided = User.objects.exclude(home_division=None).first().home_division
good, bad, old = (
    CertificateFactory(
        at=divided,
        holder__phone=f"1570000000{n}",
        attempt__sitting=sitting,
        **facts,
    )
    for n, facts in enumerate((
        {"holder_name": "黄美兰", "issued_on": on},
        {"issued_on": on, "revoked": True},
        {"expired": True},
    ))
)
print(json.dumps({
    "good": encode_code(good), "revoked": encode_code(bad), "expired": encode_code(old),
    "number": good.spaced_number, "drawn": qr_code(public_address(good)),
}))
"""


@pytest.fixture(scope="module")
def codes(site) -> dict[str, str]:
    return json.loads(site.shell.run(MAKE))


@pytest.fixture
def away(visit, codes):
    """Somebody who opened the page in the office and has no network now."""
    visitor = visit(None)
    visitor.page.goto("/verify/offline/")
    expect(visitor.page.locator("[data-kept]")).to_be_visible()
    visitor.context.set_offline(True)
    with pytest.raises(Exception, match="Failed to fetch"):
        visitor.page.evaluate("fetch('/healthz').then((reply) => reply.status)")
    return visitor


def ask(visitor, text: str, name: str = "") -> str:
    """The verdict on a pasted text, as the page words it."""
    page = visitor.page
    page.fill("#code", text)
    page.fill("#name", name)
    page.click("[data-form] button")
    shown = page.locator("[data-verdict]:visible")
    expect(shown).to_have_count(1)
    return shown.get_attribute("data-verdict")


def altered(code: str) -> str:
    """One letter of the number changed."""
    return code[:9] + ("A" if code[9] != "A" else "B") + code[10:]


def test_a_genuine_paper_is_recognised(away, codes, site):
    away.page.reload()

    assert ask(away, f"{site.url}/verify/{codes['good']}", "黄美兰") == "valid"

    page = away.page
    expect(page.locator("[data-fact=number]")).to_have_text(codes["number"])
    expect(page.locator("[data-fact=level]")).to_have_text("村级")
    expect(page.locator("[data-fact=name]")).to_have_text("姓名与证书一致。")
    until = timezone.localdate().year + 3
    expect(page.locator("[data-fact=expires]")).to_contain_text(f"{until}年")
    expect(page.locator("[data-age]")).to_have_text("撤销名单刚刚更新。")
    away.shoot("verify-offline-360")


def test_what_is_wrong_is_told(away, codes):
    away.page.reload()

    assert ask(away, codes["revoked"]) == "revoked"
    assert ask(away, codes["expired"]) == "expired"
    assert ask(away, altered(codes["good"])) == "altered"
    assert ask(away, "451026202600001K") == "not-a-code"
    assert ask(away, codes["good"], "韦美兰") == "valid"
    expect(away.page.locator("[data-fact=name]")).to_have_text("姓名与证书不符。")


def test_the_address_in_the_qr_code_leads_to_the_kept_page(away, codes):
    away.page.goto(f"/verify/{codes['good']}")

    expect(away.page.locator("[data-verdict=valid]")).to_be_visible()


def test_the_list_says_how_old_it_is(away, codes):
    away.page.clock.set_fixed_time(timezone.now() + timedelta(days=9, hours=1))
    away.page.reload()

    expect(away.page.locator("[data-age]")).to_have_text(
        "撤销名单是 9 天前的，此后撤销的证书要联网才能查出。"
    )
    assert ask(away, codes["good"]) == "valid"


def test_a_list_that_was_altered_on_the_device_is_not_believed(away, codes):
    away.page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            const list = await (await cache.match("/verify/revocations.json")).json();
            const empty = { ...JSON.parse(atob(list.payload)), revoked: [] };
            list.payload = btoa(JSON.stringify(empty));
            await cache.put("/verify/revocations.json", Response.json(list));
          }
        }"""
    )
    away.page.reload()

    expect(away.page.locator("[data-age]")).to_contain_text("被改动过")
    assert ask(away, codes["revoked"]) == "signed"


def test_nothing_else_of_the_site_is_kept(away):
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        away.page.goto("/")


VECTORS = [  # RFC 8032, 7.1, tests 1 to 3
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
        "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
        "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
OWN_ED25519 = """async ([key, message, signature]) => {
  const { isSignedBy } = await import("/static/certificates/ed25519.js");
  const byte = (two) => parseInt(two, 16);
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], byte);
  return isSignedBy(bytes(key), bytes(signature), bytes(message));
}"""


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_an_older_telephone_verifies_by_our_own_arithmetic(
    visit, key, message, signature
):
    page = visit(None).page
    page.goto("/verify/offline/")

    assert page.evaluate(OWN_ED25519, [key, message, signature]) is True
    for place in (0, 40, 64, 100, 127):
        digit = "0" if signature[place] != "0" else "1"
        forged = signature[:place] + digit + signature[place + 1 :]
        assert page.evaluate(OWN_ED25519, [key, message, forged]) is False
    assert page.evaluate(OWN_ED25519, [key, message + "00", signature]) is False


def test_a_browser_without_ed25519_verifies_too(visit, codes):
    visitor = visit(None)
    visitor.context.add_init_script(
        "crypto.subtle.importKey = () => Promise.reject(new DOMException('', "
        "'NotSupportedError'))"
    )
    visitor.page.goto("/verify/offline/")

    assert ask(visitor, codes["good"]) == "valid"
    assert ask(visitor, altered(codes["good"])) == "altered"
    assert ask(visitor, codes["revoked"]) == "revoked"


# What stands before the camera: a paper's code, a little turned, on a table.
CAMERA = """
(drawn) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 480];
  const paper = canvas.getContext("2d");
  const code = new Image();
  code.src = drawn || "";
  setInterval(() => {
    paper.fillStyle = "#8a8178";
    paper.fillRect(0, 0, 640, 480);
    paper.save();
    paper.translate(320, 240);
    paper.rotate(0.2);
    paper.fillStyle = "#fffdf7";
    paper.fillRect(-180, -180, 360, 360);
    if (code.complete && code.naturalWidth) paper.drawImage(code, -150, -150, 300, 300);
    paper.restore();
  }, 50);
  window.streams = [];
  navigator.mediaDevices.getUserMedia = async () => {
    if (!drawn) throw new DOMException("denied", "NotAllowedError");
    const stream = canvas.captureStream(20);
    window.streams.push(stream);
    return stream;
  };
}
"""


def with_camera(visitor, drawn: str | None):
    visitor.page.add_init_script(f"({CAMERA})({json.dumps(drawn)})")
    visitor.page.reload()
    return visitor.page


def test_the_camera_reads_a_paper_and_is_let_go(away, codes):
    """In a browser that knows no codes by itself, as most do not."""
    page = with_camera(away, codes["drawn"])
    assert page.evaluate("'BarcodeDetector' in window") is False

    page.click("[data-camera]")

    expect(page.locator("[data-verdict=valid]")).to_be_visible()
    expect(page.locator("[data-fact=number]")).to_have_text(codes["number"])
    expect(page.locator("[data-video]")).to_be_hidden()
    assert page.evaluate(
        "streams.flatMap((each) => each.getTracks().map((track) => track.readyState))"
    ) == ["ended"]


def test_a_camera_that_is_refused_is_told(away):
    page = with_camera(away, None)

    page.click("[data-camera]")

    expect(page.locator("[data-camera-problem]")).to_have_text(
        "摄像头无法使用，请改为粘贴二维码内容。"
    )
