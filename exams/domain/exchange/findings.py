"""What is found out about a question while it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exams.enums import Kind, Subject

from .columns import choice_words, folded
from .drafts import Draft
from .kinds import media_fault
from .wording import Wording

# Feedback that only praises explains nothing.
PRAISE = frozenset(
    [
        "对",
        "对了",
        "正确",
        "答对了",
        "回答正确",
        "你答对了",
        "您的答案正确",
        "很好",
        "right",
        "correct",
        "good",
    ]
)
MOST_NAMED = 5
# Kinds that earn points for a part of the answer.
PARTLY = frozenset({Kind.MULTIPLE, Kind.ORDERING, Kind.MATCHING, Kind.CASE})


@dataclass(kw_only=True)
class Findings:
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def leave(self, what: str) -> None:
        self.note(not_kept(what))

    def kept(self, wording: Wording, *, counts: bool = True) -> str:
        """Return the words, noting what they lost.

        What ``counts`` is asked or chosen, so it must be whole; feedback need not be.
        """
        if wording.shows_media:
            if counts:
                self.faults.append(media_fault())
            else:
                self.leave(_("a picture in the feedback"))
        for lost in wording.lost if counts else ():
            self.leave(lost)
        return wording.text

    def explanation(self, general: str, right: str, others: Iterable[str]) -> str:
        """Return the general feedback, else what the right answer says of itself."""
        if any(others) or (general and right):
            self.leave(_("feedback on single options"))
        return general or ("" if right.strip("。！!. ").lower() in PRAISE else right)


def not_kept(what: str) -> str:
    return _("not kept: %(lost)s") % {"lost": what}


class Categories:
    """What a file's categories say: one named as a subject is that subject."""

    def __init__(self) -> None:
        self.subjects = choice_words(Subject)
        self.unknown: dict[str, None] = {}

    def sorted(self, fields: Mapping, category: str) -> Mapping:
        """Return a question's fields with the subject of its category."""
        if "subject" in fields:
            return fields
        subject = self.subjects.get(folded(category.rpartition("/")[2]))
        if subject:
            return fields | {"subject": subject}
        self.unknown[category] = None
        return fields

    @property
    def left(self) -> tuple[str, ...]:
        """Say once for a file which categories its questions lay in."""
        named = list(filter(None, self.unknown))
        if not named:
            return ()
        shown = "; ".join(named[:MOST_NAMED]) + (" …" if named[MOST_NAMED:] else "")
        return (not_kept(_("the categories %(names)s") % {"names": shown}),)


def marking_note(drafts: Iterable[Draft]) -> tuple[str, ...]:
    """Say once for a file that its shares of points are not taken over."""
    if not any(draft.fields.get("kind") in PARTLY for draft in drafts):
        return ()
    text = _(
        "points for part of an answer follow this platform's rules, not the file's "
        "shares: some of the right options without a wrong one earn half, a wrong one "
        "earns nothing; pairs and orders are counted pair by pair"
    )
    return (text,)
