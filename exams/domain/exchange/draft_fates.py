"""What becomes of each question of a file that is handed in for review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from exams.domain.contents import Content, content_of
from exams.domain.draft_refusals import DraftOpen
from exams.domain.drafting import as_typed, content_typed
from exams.domain.keying import all_in_force
from exams.domain.revising import differs_in_key
from exams.errors import KeyEdited
from exams.models import Item, ItemDraft, ItemVersion

from .fates import Fate, Verdict


@dataclass(frozen=True)
class Desk:
    """What the drafts of a file meet: those that are open, what the questions say by
    their keys in force, and as papers were drawn with them."""

    open: dict[str, ItemDraft]
    standing: dict[str, Content]
    released: dict[str, Content]

    @classmethod
    def of(cls, codes: Sequence[str]) -> Desk:
        drafts = ItemDraft.objects.open().for_list().filter(code__in=codes)
        current = Item.objects.filter(code__in=codes).values("current")
        versions = list(
            ItemVersion.objects.filter(pk__in=current).select_related("item")
        )
        released = ItemVersion.objects.filter(
            pk__in=[each.pk for each in versions], releases__isnull=False
        )
        drawn = set(released.values_list("pk", flat=True))
        return cls(
            open={draft.code: draft for draft in drafts},
            standing={
                each.item.code: content_of(each) for each in all_in_force(versions)
            },
            released={
                each.item.code: content_of(each)
                for each in versions
                if each.pk in drawn
            },
        )


def weigh_drafts(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return what becomes of the same questions as drafts. Four queries, whatever
    their number."""
    desk = Desk.of([each.code for each in verdicts if each.is_written])
    return [weighed(each, desk) if each.is_written else each for each in verdicts]


def weighed(verdict: Verdict, desk: Desk) -> Verdict:
    code, content = verdict.code, verdict.content
    said = as_typed(content)
    if code in desk.open:
        return beside(verdict, said, desk.open[code])
    if content == desk.standing.get(code):
        return replace(verdict, fate=Fate.UNCHANGED)
    if code in desk.released and differs_in_key(desk.released[code], content):
        return refused(verdict, str(KeyEdited(code=code)))
    if content_typed(said) != content:
        reason = _(
            "a draft cannot hold it as the file has it; take the file in as versions"
        )
        return refused(verdict, reason)
    return replace(verdict, fate=Fate.DRAFT)


def beside(verdict: Verdict, said: dict, draft: ItemDraft) -> Verdict:
    """Return the fate of a question of which a draft is open."""
    if draft.said != said:
        return refused(verdict, str(DraftOpen(code=draft.code, author=draft.author)))
    reason = _("a draft by %(author)s says this already") % {"author": draft.author}
    return replace(verdict, fate=Fate.UNCHANGED, reasons=(reason,))


def refused(verdict: Verdict, reason: str) -> Verdict:
    return replace(verdict, fate=Fate.REFUSED, reasons=(reason,))
