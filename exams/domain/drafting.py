"""Writing drafts of questions, until they are handed in for review.

A draft keeps what its author typed, so that it may be incomplete or wrong; what it
says as a question is read from that each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from core.audit import record, record_many
from exams.enums import OPEN_DRAFTS, DraftState
from exams.errors import BadQuestion, KeyEdited
from exams.models import Item, ItemDraft, ItemVersion

from .contents import Content, content_of
from .draft_refusals import (
    CodeTaken,
    DraftChangesNothing,
    DraftInAnotherState,
    DraftMoved,
    DraftOpen,
    DraftOvertaken,
    DrawnOtherwise,
    NotTheAuthor,
)
from .keying import all_in_force, in_force
from .kinds import KINDS, asking_for
from .revising import check_content, faults_of_code, is_key_edited

# The fields that an author types, in the order of the form.
TYPED = (
    *("subject", "kind", "stem", "options", "answer", "tolerance", "unit"),
    *("because", "difficulty", "cites", "attested", "edition", "tags"),
)
Said = Mapping[str, object]
# A version and the revision of its key, by their numbers.
Bases = tuple[int | None, int | None]


def as_typed(content: Content) -> dict[str, object]:
    """Return what an author would have typed for ``content``."""
    values = {name: getattr(content, name) for name in TYPED}
    return values | asking_for(content.kind).retyped(content)


def content_typed(said: Said) -> Content:
    """Return what was typed as a question; nonsense stays nonsense, for
    ``faults_of`` to name."""
    values = {name: said[name] for name in TYPED}
    asking = KINDS.get(str(said["kind"]))
    if asking is not None:
        values |= asking.typed(list(said["options"]), str(said["answer"]))
    return Content(**values)


def drawn_for(said: Said) -> dict[str, object] | None:
    """Return the options and the key that are drawn from what was typed, as a version
    would freeze them; None where nothing is drawn."""
    asking = KINDS.get(str(said["kind"]))
    if asking is None or not asking.is_drawn:
        return None
    drawn = asking.typed(list(said["options"]), str(said["answer"]))
    return drawn if drawn["options"] else None


def content_kept(draft: ItemDraft) -> Content:
    """Return what the draft says, with what was drawn when it was last written."""
    return replace(content_typed(draft.said), **(draft.drawn or {}))


def is_drawn_otherwise(draft: ItemDraft) -> bool:
    """Whether the draft keeps what would not be drawn again today."""
    return draft.drawn != drawn_for(draft.said)


def standing_version(code: str) -> ItemVersion | None:
    """Return what the question ``code`` says now, with its key in force."""
    item = Item.objects.select_related("current").filter(code=code).first()
    return in_force(item.current) if item and item.current else None


def is_overtaken(draft: ItemDraft) -> bool:
    """Whether the question or its key has changed since the draft was begun."""
    return bases_of(standing_version(draft.code)) != (draft.base_id, draft.base_key_id)


def bases_of(version: ItemVersion | None) -> Bases:
    if version is None:
        return None, None
    return version.pk, version.revision.pk if version.revision else None


def bases_known(item: Item | None, seen: Bases) -> Bases:
    """Keep of what a form sent what is a version of ``item``, and a key of that."""
    number, key_number = seen
    base = item.versions.filter(pk=number).first() if item else None
    if base is None:
        return None, None
    key = base.key_revisions.filter(pk=key_number).first()
    return base.pk, key.pk if key else None


def check_base(draft: ItemDraft) -> ItemVersion | None:
    """Return what the draft would replace; ``DraftOvertaken`` if that has changed."""
    if is_overtaken(draft):
        raise DraftOvertaken(code=draft.code)
    return standing_version(draft.code)


@transaction.atomic
def begin_draft(
    said: Said,
    *,
    code: str,
    item: Item | None,
    by: User,
    at: datetime,
    seen: Bases | None = None,
) -> ItemDraft:
    """Keep a first draft, of a new question or of a new version of ``item``.

    ``seen`` is what its author read, as ``bases_of`` told it; if the question or its
    key has changed since, the draft is overtaken from the beginning.
    The same again by the same author returns the draft. Raises ``CodeTaken`` for a
    new question or ``BadQuestion`` for its code, ``DraftOpen`` while another draft of
    the question is open.
    """
    code = item.code if item else code.strip()
    base = standing_version(code)
    if item is None:
        if base is not None:
            raise CodeTaken(code=code)
        for fault in faults_of_code(code):
            raise BadQuestion(code=code, fault=fault)
    open_one = ItemDraft.objects.open().filter(code=code).first()
    if open_one and open_one.author_id == by.pk and open_one.said == said:
        return open_one
    base_id, key_id = bases_of(base) if seen is None else bases_known(item, seen)
    draft = ItemDraft(
        code=code,
        base_id=base_id,
        base_key_id=key_id,
        said=dict(said),
        drawn=drawn_for(said),
        author=by,
        begun_at=at,
        saved_at=at,
    )
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        other = ItemDraft.objects.open().for_list().filter(code=code).first()
        if other is None:
            raise
        raise DraftOpen(code=code, author=other.author) from None
    record("draft.begun", draft, by=by)
    return draft


@transaction.atomic
def save_draft(
    draft: ItemDraft, said: Said, *, seen: int, by: User, at: datetime
) -> ItemDraft:
    """Write to a draft that is not in review; ``DraftMoved`` unless its number is the
    one ``seen``. What it says already is not written again; what is drawn from it is
    drawn anew."""
    draft = written_by(draft, by)
    if not draft.can_be_written:
        raise in_another_state(draft)
    drawn = drawn_for(said)
    if draft.said == said and draft.drawn == drawn:
        return draft
    if draft.number != seen:
        raise DraftMoved
    draft.said, draft.drawn, draft.saved_at = dict(said), drawn, at
    draft.number += 1
    draft.save(update_fields=["said", "drawn", "saved_at", "number"])
    return draft


@transaction.atomic
def hand_in_draft(draft: ItemDraft, *, by: User, at: datetime) -> ItemDraft:
    """Ask another person to review the draft; a second time it waits already.

    Raises ``BadQuestion`` with what is missing, ``DrawnOtherwise``,
    ``DraftOvertaken``, ``KeyEdited`` or ``DraftChangesNothing``.
    """
    draft = written_by(draft, by)
    if draft.is_in_review:
        return draft
    if not draft.can_be_written:
        raise in_another_state(draft)
    check_draft(draft)
    draft.state, draft.handed_in_at = DraftState.IN_REVIEW, at
    draft.save(update_fields=["state", "handed_in_at"])
    record("draft.handed-in", draft, by=by, number=draft.number)
    return draft


@transaction.atomic
def hand_in_many(
    saids: Mapping[str, Said], *, by: User, at: datetime
) -> list[ItemDraft]:
    """Hand in a first draft of each code for review, in a few statements.

    The caller has weighed them against the bank as it stands in this transaction.
    Raises ``IntegrityError`` when somebody begins one of them at the same moment.
    """
    items = Item.objects.exclude(current=None).filter(code__in=saids)
    versions = all_in_force(
        item.current for item in items.select_related("current__item")
    )
    standing = {version.item.code: bases_of(version) for version in versions}
    drafts = []
    for code, said in saids.items():
        check_content(code, content_typed(said))
        base_id, key_id = standing.get(code, (None, None))
        drafts.append(
            ItemDraft(
                code=code,
                base_id=base_id,
                base_key_id=key_id,
                said=dict(said),
                drawn=drawn_for(said),
                state=DraftState.IN_REVIEW,
                author=by,
                begun_at=at,
                saved_at=at,
                handed_in_at=at,
            )
        )
    drafts = ItemDraft.objects.bulk_create(drafts, batch_size=500)
    record_many("draft.begun", [(draft, {}) for draft in drafts], by=by)
    told = [(draft, {"number": draft.number}) for draft in drafts]
    record_many("draft.handed-in", told, by=by)
    return drafts


def check_draft(draft: ItemDraft) -> Content:
    """Return what the draft says; refuse what could become no version."""
    content = content_typed(draft.said)
    check_content(draft.code, content)
    if is_drawn_otherwise(draft):
        raise DrawnOtherwise(code=draft.code)
    base = check_base(draft)
    if base is None:
        return content
    if content == content_of(base):
        raise DraftChangesNothing(code=draft.code)
    if is_key_edited(base.item, content):
        raise KeyEdited(code=draft.code)
    return content


@transaction.atomic
def take_back_draft(draft: ItemDraft, *, by: User) -> ItemDraft:
    """Let the author write on before anybody has reviewed it."""
    draft = written_by(draft, by)
    if draft.can_be_written:
        return draft
    if not draft.is_in_review:
        raise in_another_state(draft)
    draft.state = DraftState.WRITTEN
    draft.save(update_fields=["state"])
    record("draft.taken-back", draft, by=by)
    return draft


@transaction.atomic
def catch_up_draft(draft: ItemDraft, *, by: User) -> ItemDraft:
    """Set the draft beside what its question says now; its words stay.

    The author looks at it again before it is handed in again.
    """
    draft = written_by(draft, by)
    if not draft.is_open:
        raise in_another_state(draft)
    if not is_overtaken(draft):
        return draft
    draft.base_id, draft.base_key_id = bases_of(standing_version(draft.code))
    if draft.is_in_review:
        draft.state = DraftState.WRITTEN
    draft.number += 1
    draft.save(update_fields=["base", "base_key", "state", "number"])
    record("draft.caught-up", draft, by=by)
    return draft


@transaction.atomic
def redraw_draft(draft: ItemDraft, *, by: User, at: datetime) -> ItemDraft:
    """Keep what is drawn from the draft's words today.

    Its author looks at it again before it is handed in again.
    """
    draft = written_by(draft, by)
    if not draft.is_open:
        raise in_another_state(draft)
    if not is_drawn_otherwise(draft):
        return draft
    draft.drawn, draft.saved_at = drawn_for(draft.said), at
    if draft.is_in_review:
        draft.state = DraftState.WRITTEN
    draft.number += 1
    draft.save(update_fields=["drawn", "saved_at", "state", "number"])
    record("draft.redrawn", draft, by=by, number=draft.number)
    return draft


@transaction.atomic
def discard_draft(draft: ItemDraft, *, by: User) -> ItemDraft:
    """Close the draft without a version; what was written stays on record."""
    draft = locked(draft)
    if draft.state == DraftState.DISCARDED:
        return draft
    if draft.state not in OPEN_DRAFTS:
        raise in_another_state(draft)
    draft.state = DraftState.DISCARDED
    draft.save(update_fields=["state"])
    record("draft.discarded", draft, by=by)
    return draft


def locked(draft: ItemDraft) -> ItemDraft:
    return ItemDraft.objects.select_for_update().get(pk=draft.pk)


def written_by(draft: ItemDraft, by: User) -> ItemDraft:
    draft = locked(draft)
    if draft.author_id != by.pk:
        raise NotTheAuthor
    return draft


def in_another_state(draft: ItemDraft) -> DraftInAnotherState:
    return DraftInAnotherState(code=draft.code, state=draft.get_state_display())
