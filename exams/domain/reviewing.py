"""Reviewing drafts of questions: a second person makes a version, or says why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.audit import record
from core.errors import Refused
from core.models import LogEntry
from exams.enums import DraftState
from exams.errors import NoReason
from exams.models import Item, ItemDraft

from .draft_refusals import DraftMoved, DraftOvertaken, OwnDraft
from .drafting import check_draft, in_another_state, locked
from .revising import revise_item

DONE = {
    "draft.begun": pgettext_lazy("draft", "begun"),
    "draft.handed-in": _("handed in for review"),
    "draft.taken-back": _("taken back"),
    "draft.caught-up": _("set beside what the question had become"),
    "draft.redrawn": _("the household of today kept"),
    "draft.returned": pgettext_lazy("draft", "returned"),
    "draft.approved": pgettext_lazy("draft", "approved"),
    "draft.discarded": pgettext_lazy("draft", "discarded"),
}


@dataclass(frozen=True)
class Happening:
    """One thing that was done with a draft."""

    words: str
    by: User
    at: datetime
    reason: str


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


@dataclass(frozen=True)
class Outcome:
    """What became of several drafts; of those refused, why."""

    approved: list[ItemDraft]
    refused: list[tuple[ItemDraft, str]]


@transaction.atomic
def approve_drafts(seen: Mapping[int, int], *, by: User, at: datetime) -> Outcome:
    """Approve several drafts in one transaction; ``seen`` names each with the number
    that was read.

    What ``approve_draft`` refuses stays as it was and is told; the others are approved
    all the same, or none of them if anything else goes wrong.
    """
    outcome = Outcome([], [])
    for draft in ItemDraft.objects.filter(pk__in=seen).order_by("pk"):
        try:
            approved = approve_draft(draft, seen=seen[draft.pk], by=by, at=at)
        except Refused as refusal:
            outcome.refused.append((draft, str(refusal)))
        else:
            outcome.approved.append(approved)
    return outcome


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


def history_of(draft: ItemDraft) -> list[Happening]:
    """Return what was done with the draft, first things first. One query."""
    about = ContentType.objects.get_for_model(ItemDraft)
    entries = LogEntry.objects.filter(subject_type=about, subject_id=str(draft.pk))
    return [
        Happening(DONE[each.action], each.by, each.at, each.detail.get("reason", ""))
        for each in entries.select_related("by").order_by("pk")
        if each.action in DONE
    ]
