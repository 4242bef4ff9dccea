"""Drafts of questions: written by one person, made a version by another."""

import pytest
from django.db import IntegrityError, transaction

from core.models import LogEntry
from exams.domain.contents import content_of
from exams.domain.draft_refusals import (
    CodeTaken,
    DraftChangesNothing,
    DraftInAnotherState,
    DraftMoved,
    DraftOpen,
    DraftOvertaken,
    NotTheAuthor,
    OwnDraft,
)
from exams.domain.drafting import (
    as_typed,
    begin_draft,
    catch_up_draft,
    content_typed,
    discard_draft,
    hand_in_draft,
    save_draft,
    take_back_draft,
)
from exams.domain.keying import revise_key
from exams.domain.loading import CONTENT, questions_in
from exams.domain.releasing import keep_starter_release, sign_release
from exams.domain.reviewing import approve_draft, history_of, return_draft
from exams.enums import DraftState
from exams.errors import BadQuestion, EmptyRelease, KeyEdited, NoReason
from exams.models import Item, ItemDraft, ItemVersion
from tests.factories.exams import ANSWERS, HOUR, NEWER, NOON, content, make_version

pytestmark = pytest.mark.django_db
LATER = NOON + HOUR


def said(kind="single", **changes):
    return as_typed(content(kind)) | {"stem": "改过的题？"} | changes


def begun(by, item=None, code="NEW-1", **changes):
    return begin_draft(said(**changes), code=code, item=item, by=by, at=NOON)


def in_review(by, item=None, **changes):
    return hand_in_draft(begun(by, item, **changes), by=by, at=NOON)


@pytest.mark.parametrize("kind", [*ANSWERS, *NEWER])
def test_what_is_typed_again_says_the_same(kind):
    assert content_typed(as_typed(content(kind))) == content(kind)


def test_a_draft_may_be_incomplete_and_nothing_of_it_can_be_asked(trainer):
    draft = begun(trainer, stem="", answer="", because="", difficulty=None)

    assert draft.state == DraftState.WRITTEN
    assert not Item.objects.exists()
    with pytest.raises(EmptyRelease):
        sign_release("starter", by=trainer, at=NOON)


def test_beginning_twice_returns_the_draft(trainer):
    draft = begun(trainer)

    assert begun(trainer) == draft
    assert ItemDraft.objects.count() == 1
    assert LogEntry.objects.filter(action="draft.begun").count() == 1


def test_a_question_has_one_draft_at_a_time(trainer, administrator):
    item = make_version(code="NEW-1").item
    begun(trainer, item)

    with pytest.raises(DraftOpen) as refusal:
        begun(administrator, item, stem="另一个稿？")

    assert refusal.value.code == "draft-open"
    assert str(trainer) in str(refusal.value)
    assert ItemDraft.objects.count() == 1


def test_the_database_holds_one_open_draft_of_a_question(trainer, administrator):
    draft = begun(trainer)
    other = ItemDraft(
        code=draft.code, said={}, author=administrator, begun_at=NOON, saved_at=NOON
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_a_new_question_does_not_take_a_code_of_the_bank(trainer):
    make_version(code="NEW-1")

    with pytest.raises(CodeTaken):
        begun(trainer)

    assert not ItemDraft.objects.exists()


def test_only_its_author_writes_and_not_over_what_was_written_since(
    trainer, administrator
):
    draft = begun(trainer)

    with pytest.raises(NotTheAuthor):
        save_draft(draft, said(stem="别的？"), seen=1, by=administrator, at=LATER)
    save_draft(draft, said(stem="别的？"), seen=1, by=trainer, at=LATER)
    save_draft(draft, said(stem="别的？"), seen=1, by=trainer, at=LATER)
    with pytest.raises(DraftMoved):
        save_draft(draft, said(stem="旧窗口？"), seen=1, by=trainer, at=LATER)

    draft.refresh_from_db()
    assert (draft.stem, draft.number) == ("别的？", 2)


def test_what_is_incomplete_is_not_handed_in(trainer):
    draft = begun(trainer, answer="")

    with pytest.raises(BadQuestion):
        hand_in_draft(draft, by=trainer, at=NOON)

    draft.refresh_from_db()
    assert (draft.state, draft.handed_in_at) == (DraftState.WRITTEN, None)


def test_texts_that_no_version_can_hold_are_not_handed_in(trainer):
    draft = begun(trainer, because="长" * 20_001)

    with pytest.raises(BadQuestion) as refusal:
        hand_in_draft(draft, by=trainer, at=NOON)

    assert "过长" in refusal.value.values["fault"]


@pytest.mark.parametrize("code", ["", "NEW 1", "NEW/1", "N" * 61])
def test_a_code_that_no_address_can_hold_is_refused(trainer, code):
    with pytest.raises(BadQuestion):
        begun(trainer, code=code)

    assert not ItemDraft.objects.exists()


def test_what_changes_nothing_is_not_handed_in(trainer):
    version = make_version(code="NEW-1")
    draft = begun(trainer, version.item, stem=version.stem)

    with pytest.raises(DraftChangesNothing):
        hand_in_draft(draft, by=trainer, at=NOON)


def test_a_released_key_is_not_changed_by_a_draft(trainer):
    version = make_version(code="NEW-1")
    keep_starter_release("starter", at=NOON)
    draft = begun(trainer, version.item, stem=version.stem, answer="C")

    with pytest.raises(KeyEdited):
        hand_in_draft(draft, by=trainer, at=NOON)


def test_handing_in_twice_waits_once_and_is_not_written_to(trainer):
    draft = in_review(trainer)

    assert hand_in_draft(draft, by=trainer, at=LATER).handed_in_at == NOON
    assert LogEntry.objects.filter(action="draft.handed-in").count() == 1
    with pytest.raises(DraftInAnotherState):
        save_draft(draft, said(stem="别的？"), seen=1, by=trainer, at=LATER)


def test_a_second_person_makes_it_a_version(trainer, administrator):
    item = make_version(code="NEW-1").item
    draft = in_review(trainer, item)

    approved = approve_draft(draft, seen=1, by=administrator, at=LATER)

    item.refresh_from_db()
    assert (item.current.number, item.current.stem) == (2, "改过的题？")
    assert (item.current.made_by, approved.version) == (trainer, item.current)
    assert (approved.reviewed_by, approved.reviewed_at) == (administrator, LATER)
    entry = LogEntry.objects.get(action="draft.approved")
    assert (entry.by, entry.detail) == (administrator, {"version": 2})


def test_nobody_reviews_a_draft_of_their_own(administrator):
    draft = in_review(administrator)

    with pytest.raises(OwnDraft):
        approve_draft(draft, seen=1, by=administrator, at=LATER)
    with pytest.raises(OwnDraft):
        return_draft(draft, reason="不行。", seen=1, by=administrator, at=LATER)

    assert not Item.objects.exists()
    draft.refresh_from_db()
    assert draft.is_in_review


def test_the_database_refuses_a_review_by_the_author(trainer):
    draft = in_review(trainer)
    draft.reviewed_by, draft.reviewed_at = trainer, LATER

    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_the_database_knows_no_approval_without_a_version(trainer, administrator):
    draft = in_review(trainer)
    draft.state = DraftState.APPROVED
    draft.reviewed_by, draft.reviewed_at = administrator, LATER

    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_approving_twice_is_refused(trainer, administrator):
    draft = in_review(trainer)
    approve_draft(draft, seen=1, by=administrator, at=LATER)

    with pytest.raises(DraftInAnotherState) as refusal:
        approve_draft(draft, seen=1, by=administrator, at=LATER)

    assert refusal.value.code == "draft-in-another-state"
    assert ItemVersion.objects.count() == 1


def test_a_returned_draft_says_why_and_is_not_approved(trainer, administrator):
    draft = in_review(trainer)

    return_draft(draft, reason=" 题干不清。 ", seen=1, by=administrator, at=LATER)

    with pytest.raises(DraftInAnotherState):
        approve_draft(draft, seen=1, by=administrator, at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == (DraftState.RETURNED, "题干不清。")
    assert not Item.objects.exists()


def test_a_draft_is_not_returned_without_a_reason(trainer, administrator):
    draft = in_review(trainer)

    with pytest.raises(NoReason):
        return_draft(draft, reason=" ", seen=1, by=administrator, at=LATER)

    draft.refresh_from_db()
    assert draft.is_in_review


def test_a_returned_draft_is_mended_and_approved(trainer, administrator):
    draft = in_review(trainer)
    return_draft(draft, reason="题干不清。", seen=1, by=administrator, at=LATER)

    draft = save_draft(draft, said(stem="清楚的题？"), seen=1, by=trainer, at=LATER)
    hand_in_draft(draft, by=trainer, at=LATER)
    with pytest.raises(DraftMoved):  # what was seen before it was mended
        approve_draft(draft, seen=1, by=administrator, at=LATER)
    approve_draft(draft, seen=2, by=administrator, at=LATER)

    assert Item.objects.get().current.stem == "清楚的题？"


def test_everything_done_with_a_draft_is_told_in_order(trainer, administrator):
    draft = in_review(trainer)
    return_draft(draft, reason="题干不清。", seen=1, by=administrator, at=LATER)
    hand_in_draft(draft, by=trainer, at=LATER)
    approve_draft(draft, seen=1, by=administrator, at=LATER)

    told = [(each.words, each.by, each.reason) for each in history_of(draft)]

    assert told == [
        ("开始撰写", trainer, ""),
        ("提交审核", trainer, ""),
        ("退回", administrator, "题干不清。"),
        ("提交审核", trainer, ""),
        ("批准", administrator, ""),
    ]


def test_taken_back_it_is_written_and_not_approved(trainer, administrator):
    draft = in_review(trainer)

    take_back_draft(draft, by=trainer)

    with pytest.raises(DraftInAnotherState):
        approve_draft(draft, seen=1, by=administrator, at=LATER)
    assert take_back_draft(draft, by=trainer).can_be_written


def test_a_draft_whose_base_was_overtaken_is_not_approved(trainer, administrator):
    item = make_version(code="NEW-1").item
    draft = in_review(trainer, item)
    other = make_version(code="NEW-1", stem="文件的新题？")

    with pytest.raises(DraftOvertaken):
        approve_draft(draft, seen=1, by=administrator, at=LATER)

    item.refresh_from_db()
    assert item.current == other
    draft.refresh_from_db()
    assert draft.is_in_review


def test_a_key_revised_meanwhile_overtakes_a_draft(trainer, administrator):
    version = make_version(code="NEW-1")
    draft = in_review(trainer, version.item)
    revise_key(version, answer=[2], reason="原答案有误。", by=administrator, at=NOON)

    with pytest.raises(DraftOvertaken):
        approve_draft(draft, seen=1, by=administrator, at=LATER)

    assert ItemVersion.objects.count() == 1


def test_a_new_question_is_overtaken_by_one_of_its_code(trainer, administrator):
    draft = in_review(trainer)
    make_version(code="NEW-1")

    with pytest.raises(DraftOvertaken):
        approve_draft(draft, seen=1, by=administrator, at=LATER)


def test_an_overtaken_draft_is_set_beside_what_stands_now(trainer, administrator):
    item = make_version(code="NEW-1").item
    draft = in_review(trainer, item)
    other = make_version(code="NEW-1", stem="文件的新题？")

    caught = catch_up_draft(draft, by=trainer)

    assert (caught.base, caught.state) == (other, DraftState.WRITTEN)
    hand_in_draft(caught, by=trainer, at=LATER)
    approve_draft(caught, seen=caught.number, by=administrator, at=LATER)
    item.refresh_from_db()
    assert (item.current.number, item.current.stem) == (3, "改过的题？")


def test_a_discarded_draft_makes_room_for_another(trainer, administrator):
    draft = in_review(trainer)
    discard_draft(draft, by=administrator)
    discard_draft(draft, by=administrator)

    other = begun(administrator, stem="另一个稿？")

    assert other.is_open
    with pytest.raises(DraftInAnotherState):
        approve_draft(draft, seen=1, by=administrator, at=LATER)
    assert LogEntry.objects.filter(action="draft.discarded").count() == 1


def test_an_approved_draft_is_not_discarded(trainer, administrator):
    draft = in_review(trainer)
    approve_draft(draft, seen=1, by=administrator, at=LATER)

    with pytest.raises(DraftInAnotherState):
        discard_draft(draft, by=trainer)


def test_going_back_to_what_a_version_said_makes_that_version_current(
    trainer, administrator
):
    first = make_version(code="NEW-1")
    make_version(code="NEW-1", stem="改坏的题？")
    draft = in_review(trainer, first.item, stem=first.stem)

    approved = approve_draft(draft, seen=1, by=administrator, at=LATER)

    assert approved.version == first
    assert ItemVersion.objects.count() == 2


def test_a_version_read_again_is_what_was_written(trainer, administrator):
    draft = in_review(trainer, kind="case")

    approved = approve_draft(draft, seen=1, by=administrator, at=LATER)

    assert as_typed(content_of(approved.version)) == draft.said


def test_every_question_of_the_files_can_be_drafted_as_it_is():
    said = [(code, each, as_typed(each)) for code, each in questions_in(CONTENT)]

    assert len(said) > 100
    assert [code for code, each, typed in said if content_typed(typed) != each] == []
