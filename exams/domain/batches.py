"""Drafts that wait for a reviewer, several of which came in by one file.

A file's drafts are handed in by one person at one instant (``drafting.hand_in_many``);
that is how they are known again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from accounts.models import User
from exams.enums import NESTED
from exams.models import ItemDraft

from .contents import Content, content_of
from .differing import Difference, differences_between
from .drafting import as_typed, content_kept
from .linting import advice_on, contents_of_bank, twins_of
from .previewing import (
    SHUFFLE,
    Household,
    faults_of_asking,
    household_in,
    preview_question,
    version_saying,
)
from .showing import ExplainedQuestion

# What most kinds have no use for is not told of them. No other field can say it.
NO_TOLERANCE = "0"


@dataclass(frozen=True)
class Batch:
    """So many drafts that one person handed in at one instant."""

    author: User
    at: datetime
    count: int


@dataclass(frozen=True)
class ToReview:
    """A draft with all that its reviewer reads; ``asked`` as a candidate meets it,
    where its own words are a notation."""

    draft: ItemDraft
    differences: list[Difference]
    advice: list[str]
    twins: list[str]
    household: Household | None
    asked: ExplainedQuestion | None


def batches_for(user: User) -> list[Batch]:
    """Return those of others that wait, two drafts or more each; the oldest first.
    Two queries."""
    found = (
        ItemDraft.objects.waiting_for(user)
        .order_by("handed_in_at", "author")
        .values_list("author", "handed_in_at")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
    )
    rows = list(found)
    people = User.objects.in_bulk({author for author, _at, _count in rows})
    return [Batch(people[author], at, count) for author, at, count in rows]


def waiting_drafts(
    user: User, *, author: int | None = None, at: datetime | None = None
) -> QuerySet[ItemDraft]:
    """Return the drafts that ``user`` may review, of one batch if one is named."""
    drafts = ItemDraft.objects.waiting_for(user).for_list()
    if author is not None and at is not None:
        drafts = drafts.filter(author=author, handed_in_at=at)
    return drafts.select_related("base__item", "base_key").order_by(
        "handed_in_at", "code"
    )


def to_review(drafts: Iterable[ItemDraft]) -> list[ToReview]:
    """Return each draft beside what it would replace and what the bank nearly asks
    already. One query, however many they are."""
    bank = contents_of_bank()
    return [beside_bank(draft, bank) for draft in drafts]


def beside_bank(draft: ItemDraft, bank: Mapping[str, Content]) -> ToReview:
    content = content_kept(draft)
    others = {code: said for code, said in bank.items() if code != draft.code}
    return ToReview(
        draft,
        told_differences(draft),
        advice_on(content),
        twins_of(content, others),
        household_in(content),
        as_asked(content) if content.kind in NESTED else None,
    )


def as_asked(content: Content) -> ExplainedQuestion | None:
    """Return what a preview shows first; None while the question is not whole."""
    version = version_saying(content)
    if faults_of_asking(version):
        return None
    return preview_question(version, shuffle=SHUFFLE)


def told_differences(draft: ItemDraft) -> list[Difference]:
    """What a draft says, beside what it would replace, without what is of no use."""
    base = draft.base.keyed(draft.base_key) if draft.base else None
    former = as_typed(content_of(base)) if base else None
    return [
        each
        for each in differences_between(former, draft.said)
        if each.is_changed or each.after != NO_TOLERANCE
    ]
