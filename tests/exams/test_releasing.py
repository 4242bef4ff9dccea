"""What a release holds and leaves out, and questions taken out of use."""

import pytest
from django.utils import timezone

from accounts.domain.granting import sync_admin_access
from core.models import LogEntry
from exams.domain.authoring import open_bank_to_trainers
from exams.domain.planning import STARTER
from exams.domain.releasing import (
    current_versions,
    keep_starter_release,
    sign_release,
    sorted_by,
)
from exams.domain.retiring import restore_item, retire_item
from exams.enums import LeftOut
from exams.errors import EmptyRelease, NoReason, ReleaseMoved, StaleQuestions
from exams.models import Grounding, Item, Release
from tests.factories.exams import HOUR, NOON, make_version

pytestmark = pytest.mark.django_db
BANK = "/admin/questions/"
RELEASES = "/exams/releases/"


@pytest.fixture
def author(trainer, client):
    open_bank_to_trainers()
    sync_admin_access(trainer, on=timezone.localdate())
    client.force_login(trainer)
    return trainer


@pytest.fixture
def bank(author):
    """One question that stands, and one left out for each reason."""
    stands = make_version(code="STANDS")
    make_version(code="NEXT-EDITION", edition="gx-2018")
    stale = make_version(code="STALE")
    Grounding.objects.filter(version=stale).update(mark="as it read then")
    retired = make_version(code="RETIRED").item
    retire_item(retired, reason="两种读法都说得通。", by=author, at=NOON)
    return stands


def contents():
    return sorted_by("gx-2017", list(current_versions()))


def test_a_release_takes_one_edition_and_names_what_it_leaves_out(bank, trainer):
    found = contents()

    release = sign_release(
        "line", edition="gx-2017", seen=found.mark, by=trainer, at=NOON
    )

    assert {str(each.item): why for each, why in found.left_out} == {
        "RETIRED": LeftOut.RETIRED,
        "NEXT-EDITION": LeftOut.OTHER_EDITION,
        "STALE": LeftOut.STALE,
    }
    assert (release.versions.get(), release.edition_code) == (bank, "gx-2017")
    entry = LogEntry.objects.get(action="release.signed")
    assert entry.detail == {"questions": 1, "left_out": 3}


def test_nobody_leaves_out_a_stale_question_unseen(bank, trainer):
    with pytest.raises(StaleQuestions):
        sign_release("line", edition="gx-2017", by=trainer, at=NOON)

    assert not Release.objects.exists()


def test_what_is_signed_is_what_was_seen(bank, trainer):
    seen = contents().mark
    retire_item(bank.item, reason="也不对。", by=trainer, at=NOON)

    with pytest.raises(ReleaseMoved) as caught:
        sign_release("line", edition="gx-2017", seen=seen, by=trainer, at=NOON)

    assert caught.value.code == "release-moved"
    assert not Release.objects.exists()


def test_one_question_of_another_edition_holds_nothing_back(trainer):
    make_version(code="ONE")
    first = sign_release("line", by=trainer, at=NOON)
    make_version(code="TWO", edition="gx-2018")
    three = make_version(code="THREE", stem="第三题？")

    second = sign_release("line", by=trainer, at=NOON)

    assert (first.number, second.number, second.edition_code) == (1, 2, "gx-2017")
    assert three in second.versions.all()
    assert second.versions.count() == 2


def test_a_bank_of_retired_questions_is_not_released(trainer):
    retire_item(make_version().item, reason="过时。", by=trainer, at=NOON)

    with pytest.raises(EmptyRelease):
        sign_release("line", by=trainer, at=NOON)


def test_retiring_says_why_once_and_can_be_undone(trainer):
    item = make_version(code="ONE").item
    with pytest.raises(NoReason):
        retire_item(item, reason=" ", by=trainer, at=NOON)
    assert not Item.objects.retired().exists()

    retire_item(item, reason="过时。", by=trainer, at=NOON)
    again = retire_item(item, reason="另一条。", by=trainer, at=NOON + HOUR)
    assert (again.retired_because, again.retired_at) == ("过时。", NOON)

    restore_item(item, by=trainer)
    restore_item(item, by=trainer)
    assert not Item.objects.retired().exists()
    logged = LogEntry.objects.filter(action__startswith="item.re").order_by("pk")
    assert [entry.action for entry in logged if "revised" not in entry.action] == [
        "item.retired",
        "item.restored",
    ]


def test_what_is_announced_keeps_a_retired_question(trainer):
    version = make_version(code="ONE")
    release = sign_release("line", by=trainer, at=NOON)

    retire_item(version.item, reason="过时。", by=trainer, at=NOON)

    assert release.versions.get() == version


def test_the_site_itself_signs_nothing_after_a_person_retired_a_question(trainer):
    version = make_version(code="ONE")
    make_version(code="TWO")
    first = keep_starter_release("line", at=NOON)

    retire_item(version.item, reason="过时。", by=trainer, at=NOON)

    assert keep_starter_release("line", at=NOON) == first


def test_the_page_shows_what_is_left_out_and_asks(client, bank):
    page = client.get(RELEASES)
    for word in ("RETIRED", "NEXT-EDITION", "STALE", "两种读法都说得通。"):
        assert word in page.content.decode()
    asked = page.context["form"].initial

    client.post(RELEASES, asked)
    assert not Release.objects.exists()

    client.post(RELEASES, asked | {"agreed": "on"})
    assert Release.objects.get(line=STARTER).versions.get() == bank


def test_the_page_offers_each_edition(client, bank):
    page = client.get(RELEASES, {"edition": "gx-2018"})

    assert [str(each.item) for each in page.context["contents"].versions] == [
        "NEXT-EDITION"
    ]
    assert client.get(RELEASES, {"edition": "gx-1999"}).status_code == 200


def row_of(page, code) -> str:
    rows = page.content.decode().split("<tr")
    return next(row for row in rows if f">{code}<" in row or f"{code}\n" in row)


def test_a_question_is_retired_and_restored_on_its_page(client, author):
    item = make_version(code="ONE").item
    address = f"/exams/items/{item.pk}"

    client.post(f"{address}/retire/", {"reason": ""})
    assert not Item.objects.retired().exists()

    client.post(f"{address}/retire/", {"reason": "印错了。"})
    assert Item.objects.retired().get().retired_by == author
    assert "印错了。" in client.get(f"{BANK}inspect/{item.pk}/").content.decode()
    listed = client.get(BANK, {"standing": "retired"})
    assert [each.code for each in listed.context["object_list"]] == ["ONE"]
    assert "已停用" in row_of(listed, "ONE")

    client.post(f"{address}/restore/")
    assert not Item.objects.retired().exists()


@pytest.mark.parametrize("who", ["informant", "county_officer"])
@pytest.mark.parametrize("act", ["retire", "restore"])
def test_others_retire_nothing(request, client, bank, who, act):
    client.force_login(request.getfixturevalue(who))
    address = f"/exams/items/{Item.objects.get(code='STANDS').pk}/{act}/"

    assert client.post(address, {"reason": "不喜欢。"}).status_code == 403
    assert Item.objects.retired().count() == 1
