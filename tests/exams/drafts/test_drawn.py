"""A ledger task is approved with the household that its reviewer saw."""

from copy import deepcopy

import pytest

from exams.domain.draft_refusals import DrawnOtherwise, NotTheAuthor
from exams.domain.drafting import (
    as_typed,
    begin_draft,
    content_kept,
    content_typed,
    hand_in_draft,
    is_drawn_otherwise,
    redraw_draft,
    save_draft,
)
from exams.domain.kinds.ledger_task import LEAST_SEED, drawn
from exams.domain.previewing import household_in
from exams.domain.reviewing import approve_draft, history_of
from exams.enums import DraftState
from exams.models import Item, ItemDraft
from tests.factories.exams import HOUR, NOON, content, make_draft

pytestmark = pytest.mark.django_db
LATER = NOON + HOUR
OLD_NAME = "旧户主"


def ledger_draft(by, *, code="NEW-1", seed=str(LEAST_SEED), handed_in=False):
    asked = {"kind": "ledger", "options": [seed], "answer": ""}
    said = as_typed(content()) | asked
    draft = begin_draft(said, code=code, item=None, by=by, at=NOON)
    return hand_in_draft(draft, by=by, at=NOON) if handed_in else draft


def as_drawn_before(draft):
    """As if another generator had drawn the household when the draft was written."""
    former = deepcopy(draft.drawn)
    head = next(
        each
        for each in former["options"][0]["facts"]["members"]
        if each["relation"] == "head"
    )
    head["name"] = OLD_NAME
    ItemDraft.objects.filter(pk=draft.pk).update(drawn=former)
    draft.refresh_from_db()
    return draft


def test_a_draft_keeps_the_household_that_its_version_freezes(trainer, administrator):
    draft = ledger_draft(trainer, handed_in=True)
    draft.refresh_from_db()

    approve_draft(draft, seen=1, by=administrator, at=LATER)

    version = Item.objects.get().current
    assert draft.drawn == drawn(LEAST_SEED)
    assert version.options == draft.drawn["options"]
    assert version.answer == draft.drawn["answer"]


def test_nothing_is_drawn_for_other_kinds_or_without_a_number(trainer):
    assert make_draft(trainer, code="A-1").drawn is None
    assert ledger_draft(trainer, code="A-2", seed="7").drawn is None


def test_another_household_than_the_one_seen_is_not_approved(trainer, administrator):
    draft = as_drawn_before(ledger_draft(trainer, handed_in=True))

    with pytest.raises(DrawnOtherwise) as refusal:
        approve_draft(draft, seen=1, by=administrator, at=LATER)

    assert refusal.value.code == "drawn-otherwise"
    assert not Item.objects.exists()
    draft.refresh_from_db()
    assert draft.is_in_review


def test_a_draft_from_before_households_were_kept_is_not_approved(
    trainer, administrator
):
    draft = ledger_draft(trainer, handed_in=True)
    ItemDraft.objects.update(drawn=None)

    with pytest.raises(DrawnOtherwise):
        approve_draft(draft, seen=1, by=administrator, at=LATER)


def test_what_is_read_is_what_is_kept(trainer):
    draft = as_drawn_before(ledger_draft(trainer))

    kept, today = content_kept(draft), content_typed(draft.said)

    assert household_in(kept).card.title == OLD_NAME
    assert household_in(today).card.title != OLD_NAME
    assert len(household_in(kept).key) == 10


def test_its_author_keeps_the_household_of_today_and_hands_it_in_again(
    trainer, administrator
):
    draft = as_drawn_before(ledger_draft(trainer, handed_in=True))

    draft = redraw_draft(draft, by=trainer, at=LATER)

    assert (draft.state, draft.number) == (DraftState.WRITTEN, 2)
    assert not is_drawn_otherwise(draft)
    hand_in_draft(draft, by=trainer, at=LATER)
    approve_draft(draft, seen=2, by=administrator, at=LATER)
    assert Item.objects.exists()
    assert "改存现在的农户" in [each.words for each in history_of(draft)]


def test_keeping_it_twice_is_once(trainer):
    draft = as_drawn_before(ledger_draft(trainer))

    redraw_draft(draft, by=trainer, at=LATER)

    assert redraw_draft(draft, by=trainer, at=LATER).number == 2


def test_saving_the_same_words_draws_again(trainer):
    draft = as_drawn_before(ledger_draft(trainer))

    draft = save_draft(draft, draft.said, seen=1, by=trainer, at=LATER)

    assert not is_drawn_otherwise(draft)
    assert draft.number == 2


def test_only_its_author_keeps_another_household(trainer, administrator):
    draft = as_drawn_before(ledger_draft(trainer))

    with pytest.raises(NotTheAuthor):
        redraw_draft(draft, by=administrator, at=LATER)

    draft.refresh_from_db()
    assert is_drawn_otherwise(draft)


def test_the_reviewer_reads_the_card_and_what_is_right_about_it(
    client, author, colleague
):
    draft = ledger_draft(colleague, handed_in=True)
    household = household_in(content_kept(draft))

    page = client.get(draft.get_absolute_url()).content.decode()

    assert household.card.title in page
    assert "批准后随版本固定的农户" in page
    assert "这个编号现在生成的农户" not in page
    for asked, right in household.key:
        assert f'<th scope="row">{asked}</th><td>{right}</td>' in page


def test_refused_both_households_are_shown(client, author, colleague):
    draft = as_drawn_before(ledger_draft(colleague, handed_in=True))

    page = client.post(
        f"/exams/drafts/{draft.pk}/approve/", {"seen": "1"}, follow=True
    ).content.decode()

    assert "现在生成的农户与草稿所存的不同" in page
    assert OLD_NAME in page
    assert household_in(content_typed(draft.said)).card.title in page
    assert "redraw/" not in page  # that is its author's
    client.force_login(colleague)
    mine = client.get(draft.get_absolute_url()).content.decode()
    assert f"/exams/drafts/{draft.pk}/redraw/" in mine
    client.post(f"/exams/drafts/{draft.pk}/redraw/")
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (DraftState.WRITTEN, 2)
