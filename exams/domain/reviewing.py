"""Reviewing drafts of questions: a second person makes a version, or says why not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from exams.enums import DraftState
from exams.errors import DraftMoved, DraftOvertaken, NoReason, OwnDraft
from exams.models import Item, ItemDraft

from .drafting import check_draft, in_another_state, locked
from .revising import revise_item


@transaction.atomic
def approve_draft(draft: ItemDraft, *, seen: int, by: User, at: datetime) -> ItemDraft:
    """Make the draft a version by its author, approved by another person.

    Refuses ``OwnDraft``, a draft that is not in review or not the one ``seen``, and
    whatever ``hand_in_draft`` refuses: the bank may have changed meanwhile.
    """
    draft = reviewed_by(draft, seen=seen, by=by)
    Item.objects.select_for_update().filter(code=draft.code).first()
    version = revise_item(draft.code, check_draft(draft), by=draft.author)
    if draft.base_id is None and version.number > 1:
        raise DraftOvertaken(code=draft.code)
    draft.state, draft.version = DraftState.APPROVED, version
    draft.reviewed_by, draft.reviewed_at = by, at
    draft.save(update_fields=["state", "version", "reviewed_by", "reviewed_at"])
    record("draft.approved", draft, by=by, version=version.number)
    return draft


@transaction.atomic
def return_draft(
    draft: ItemDraft, *, reason: str, seen: int, by: User, at: datetime
) -> ItemDraft:
    """Give the draft back to its author, who reads why."""
    draft = reviewed_by(draft, seen=seen, by=by)
    if not (reason := reason.strip()):
        raise NoReason
    draft.state, draft.reason = DraftState.RETURNED, reason
    draft.reviewed_by, draft.reviewed_at = by, at
    draft.save(update_fields=["state", "reason", "reviewed_by", "reviewed_at"])
    record("draft.returned", draft, by=by, number=draft.number, reason=reason)
    return draft


def reviewed_by(draft: ItemDraft, *, seen: int, by: User) -> ItemDraft:
    draft = locked(draft)
    if draft.author_id == by.pk:
        raise OwnDraft
    if not draft.is_in_review:
        raise in_another_state(draft)
    if draft.number != seen:
        raise DraftMoved
    return draft
