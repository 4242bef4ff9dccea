"""What becomes of each question of a file, weighed against the bank as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

import measures
from core.workbooks.signs import REPLACEMENT
from exams.domain.contents import Content
from exams.domain.revising import faults_of, faults_of_code, texts_of
from exams.models import Item, ItemVersion

from .drafts import Draft, Terms, complete


class Fate(TextChoices):
    NEW = "new", gettext_lazy("new")
    REVISED = "revised", gettext_lazy("new version")
    DRAFT = "draft", pgettext_lazy("fate", "draft")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass(frozen=True)
class Verdict:
    """``version`` is the number the content has or will have under ``code``."""

    draft: Draft
    fate: Fate
    code: str = ""
    content: Content | None = None
    version: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def remarks(self) -> list[str]:
        return [*self.reasons, *self.draft.notes]

    @property
    def is_written(self) -> bool:
        return self.fate in (Fate.NEW, Fate.REVISED, Fate.DRAFT)


@dataclass(frozen=True)
class Bank:
    """The bank's codes, hashes and stems, read once for a whole file."""

    versions: dict[str, dict[str, int]]
    current: dict[str, int]
    stems: dict[str, str]

    @classmethod
    def as_it_stands(cls) -> Bank:
        versions: dict[str, dict[str, int]] = {}
        rows = ItemVersion.objects.order_by().values_list(
            "item__code", "content_hash", "number"
        )
        for code, content_hash, number in rows:
            versions.setdefault(code, {})[content_hash] = number
        current = Item.objects.order_by("-code").values_list(
            "code", "current__number", "current__stem"
        )
        numbers, stems = {}, {}
        for code, number, stem in current:
            numbers[code] = number or 0
            stems[stem or ""] = code
        return cls(versions, numbers, stems)


def weigh(drafts: Iterable[Draft], terms: Terms) -> list[Verdict]:
    """Return a verdict for each draft. Two queries, whatever their number."""
    bank = Bank.as_it_stands()
    editions = {edition.code for edition in measures.editions()}
    taken: dict[str, str] = {}
    verdicts = []
    for draft in drafts:
        content = complete(draft, terms)
        code = code_for(draft, content, terms, bank)
        faults = [*draft.faults, *(faults_of(content) if not draft.faults else ())]
        faults += misfits(code, content, editions, known=code in bank.current)
        if code in taken and not faults:
            faults.append(
                _("its code %(code)s is used already at %(place)s")
                % {"code": code, "place": taken[code]}
            )
        if faults:
            reasons = tuple(dict.fromkeys(faults))
            verdicts.append(Verdict(draft, Fate.REFUSED, draft.code, reasons=reasons))
            continue
        taken[code] = draft.place
        verdicts.append(accepted(draft, code, content, bank))
    return verdicts


def accepted(draft: Draft, code: str, content: Content, bank: Bank) -> Verdict:
    known = bank.versions.get(code, {})
    if not known:
        verdict = Verdict(draft, Fate.NEW, code, content, 1)
        return with_twin(verdict, bank)
    number = known.get(content.hash)
    if number is None:
        return Verdict(draft, Fate.REVISED, code, content, len(known) + 1)
    if number == bank.current.get(code):
        return Verdict(draft, Fate.UNCHANGED, code, content, number)
    reason = _("goes back to what version %(number)s said") % {"number": number}
    return Verdict(draft, Fate.REVISED, code, content, number, (reason,))


def with_twin(verdict: Verdict, bank: Bank) -> Verdict:
    twin = bank.stems.get(verdict.content.stem)
    if twin is None:
        return verdict
    reason = _("%(code)s asks the same in the same words") % {"code": twin}
    return replace(verdict, reasons=(reason,))


def code_for(draft: Draft, content: Content, terms: Terms, bank: Bank) -> str:
    """Return the question's code: its own, or that of the one it must be.

    Without a code it is known by its name, then by its words; a new one is named after
    its words, so the same file gives the same codes again.
    """
    if draft.code:
        return draft.code
    for name in draft.names:
        if name in bank.current:
            return name
    if content.stem in bank.stems and content.stem:
        return bank.stems[content.stem]
    return f"{terms.prefix}-{sha256(content.stem.encode()).hexdigest()[:10]}"


def misfits(
    code: str, content: Content, editions: set[str], *, known: bool
) -> Iterator[str]:
    """Say what a file can get wrong and a form cannot."""
    if not known:
        yield from faults_of_code(code)
    if content.edition not in editions:
        yield _("the edition of the rules “%(edition)s” is unknown") % {
            "edition": content.edition
        }
    if any(REPLACEMENT in text for text in texts_of(content)):
        yield _("signs were lost when the file was saved; save it as UTF-8")
