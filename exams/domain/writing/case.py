"""A case: the fields of several questions, one below the other.

In a draft its questions stand in the notation of ``kinds.case_lines``, a line for each
thing. What no line can hold of a question stays beside it as a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from exams.domain.contents import JUDGEMENTS
from exams.domain.draft_refusals import CannotBeKept
from exams.domain.kinds import case_lines
from exams.domain.kinds.case import LEAST, MOST
from exams.domain.kinds.case_lines import ACCEPTED, ASKED, CHOICES, OTHER, RIGHT
from exams.enums import Kind

from .choices import ticks
from .laying import Fields, Laid, Row, Typed, first, lines_of, named

# In the order in which an author is offered them.
KINDS_OF_PARTS = (*CHOICES, Kind.NUMERIC, Kind.BLANK, Kind.ORDERING)
# The kind of a question whose author has chosen none: it is kept, and is a fault.
UNSET = "-"
Said = list[tuple[str, str]]


class CaseFields(Fields):
    form = "exams/writing/case.html"

    def __init__(self, fields: Mapping[str, Fields]) -> None:
        self.fields = {kind: fields[kind] for kind in KINDS_OF_PARTS}

    def laid_out(self, typed, prefix=""):
        asked = case_lines.asked_in(typed.options)
        parts = [
            self.part_laid(f"{prefix}part-{at}-", *each)
            for at, each in enumerate(asked)
        ]
        return self.widened(self.laid(prefix, parts=tuple(parts)))

    def part_laid(self, prefix: str, kind: str, stem: str, said: Said) -> Laid:
        """Return one question with the fields of its kind, filled with its lines."""
        notes = []
        if kind not in self.fields:
            if kind not in ("", UNSET):
                words = _("It was of the kind “%(kind)s”, which a case cannot hold.")
                notes.append(words % {"kind": kind})
            part = Laid(kind="", prefix=prefix, text=words_of(said))
        elif kind in CHOICES:
            part = self.choices_laid(kind, prefix, said)
        else:
            part = self.fields[kind].laid_out(typed_in(kind, said), prefix)
        if kind in self.fields:
            part = named(part, kind)
        return replace(part, stem=stem, notes=(*part.notes, *notes))

    def choices_laid(self, kind: str, prefix: str, said: Said) -> Laid:
        rows = [Row(words, sign == RIGHT) for sign, words in said]
        fields = self.fields[kind]
        if kind == Kind.JUDGE:
            words = [row.text for row in rows]
            if len(rows) != len(JUDGEMENTS) or set(words) == set(JUDGEMENTS):
                right = {row.text for row in rows if row.is_right}
                rows = [Row(word, word in right) for word in JUDGEMENTS]
            return fields.laid(prefix, rows=tuple(rows))
        return fields.widened(fields.laid(prefix, rows=tuple(rows)))

    def posted(self, texts, prefix=""):
        parts = []
        for at in sorted(ticks(texts(f"{prefix}part"))):
            if at < MOST:
                parts.append(self.part_posted(texts, f"{prefix}part-{at}-"))
        return self.laid(prefix, parts=tuple(parts))

    def part_posted(self, texts, prefix: str) -> Laid:
        shown, chosen = (first(texts(f"{prefix}{name}")) for name in ("shown", "kind"))
        if shown in self.fields:
            part = replace(self.fields[shown].posted(texts, prefix), kind=shown)
        else:
            part = Laid(kind="", prefix=prefix, text=first(texts(f"{prefix}text")))
        return replace(
            part,
            chosen=chosen if chosen in self.fields else "",
            stem=first(texts(f"{prefix}stem")),
            is_dropped=bool(texts(f"{prefix}drop")),
        )

    def gathered(self, laid):
        lines: list[str] = []
        for part in laid.parts:
            said = list(self.said_of(part))
            if part.is_dropped or not (part.stem or part.chosen or said):
                continue
            lines.append(f"{ASKED} {part.chosen or UNSET} {part.stem}".rstrip())
            lines += [f"{sign} {words}".rstrip() for sign, words in said]
        return Typed(options=tuple(lines))

    def said_of(self, part: Laid) -> Iterable[tuple[str, str]]:
        """Yield the lines of a question, whatever its fields were."""
        if part.kind == Kind.JUDGE and not any(row.is_right for row in part.rows):
            return  # its words are given; nothing has been typed
        if part.kind in CHOICES:
            for row in part.rows:
                if not row.is_empty:
                    yield (RIGHT if row.is_right else OTHER), row.text
        elif part.kind == Kind.NUMERIC:
            if words := number_words(part):
                yield ACCEPTED, words
        else:
            sign = OTHER if part.kind == Kind.ORDERING else ACCEPTED
            for line in lines_of(part.text):
                yield sign, line

    def widened(self, laid):
        """Every question with the fields of the kind that is chosen for it, and one
        more to be asked."""
        kept = [self.part_widened(part) for part in laid.parts if not part.is_dropped]
        while kept and not (kept[-1].stem or kept[-1].chosen):
            kept.pop()
        count = min(max(LEAST, len(kept) + 1), MOST)
        parts = [
            replace(part, prefix=f"{laid.prefix}part-{at}-")
            for at, part in enumerate(kept)
        ]
        parts += [
            Laid(kind="", prefix=f"{laid.prefix}part-{at}-")
            for at in range(len(kept), count)
        ]
        return replace(laid, parts=tuple(parts))

    def part_widened(self, part: Laid) -> Laid:
        if part.kind != part.chosen:
            said = list(self.said_of(part))
            kind = part.chosen or UNSET
            return self.part_laid(part.prefix, kind, part.stem, said)
        return self.fields[part.kind].widened(part) if part.kind else part


def typed_in(kind: str, said: Said) -> Typed:
    """Return the lines of a question as its kind's own fields read them; those of
    another kind, which its author has just left, are not thrown away."""
    words = words_of(said)
    if kind == Kind.NUMERIC:
        part: dict[str, str] = {}
        number = case_lines.read_number(part, words.partition("\n")[0])
        return Typed((), number, part.get("tolerance", "0"), part.get("unit", ""))
    if kind == Kind.ORDERING:
        return Typed(tuple(words.splitlines()))
    return Typed(answer=words)


def words_of(said: Said) -> str:
    return "\n".join(words for _sign, words in said)


def number_words(part: Laid) -> str:
    if not part.text:
        if part.unit or part.tolerance not in ("", "0"):
            fault = _("a calculation has a unit or a tolerance and no number")
            raise CannotBeKept(fault=fault)
        return ""
    wide = f" ± {part.tolerance}" if part.tolerance not in ("", "0") else ""
    unit = f" {part.unit}" if part.unit else ""
    return f"{part.text}{wide}{unit}"
