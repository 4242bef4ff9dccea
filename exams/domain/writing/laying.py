"""What every kind's fields have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from core.workbooks.signs import clean
from exams.domain.draft_refusals import CannotBeKept
from exams.domain.revising import LONGEST_TEXT
from exams.enums import Kind

# As many fields as most questions need, without a script that adds some.
USUAL, SPARE = 4, 2


@dataclass(frozen=True)
class Typed:
    """What a draft holds of a question's options and key."""

    options: tuple[str, ...] = ()
    answer: str = ""
    tolerance: str = "0"
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """One option, or one pair; ``left`` is the left side of a pair."""

    text: str = ""
    is_right: bool = False
    left: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.left or self.is_right)


@dataclass(frozen=True)
class Laid:
    """The fields of one question and what stands in them.

    ``prefix`` is what their names begin with: a case has the fields of several.
    ``notes`` tell its author what the draft holds that no field can show.
    """

    kind: str
    form: str = ""
    prefix: str = ""
    rows: tuple[Row, ...] = ()
    text: str = ""
    tolerance: str = ""
    unit: str = ""
    takes_many: bool = False
    # Of a key that is chosen: the places and the words of what there is.
    choices: tuple[tuple[str, str], ...] = ()
    # Of a case: its questions; of such a question: what it is asked by.
    parts: tuple[Laid, ...] = ()
    chosen: str = ""
    stem: str = ""
    is_dropped: bool = False
    notes: tuple[str, ...] = ()

    @property
    def kind_name(self) -> str:
        return Kind(self.kind).label if self.kind else ""


class Fields:
    """How the options and the key of one kind are written.

    ``form`` is the template of the fields. The names they are sent by follow the
    prefix: ``option``, ``right`` (the places of what is ticked), ``left``, ``text``,
    ``tolerance``, ``unit``.
    """

    form = "exams/writing/text.html"

    def laid_out(self, typed: Typed, prefix: str = "") -> Laid:
        raise NotImplementedError

    def posted(self, texts: Callable[[str], list[str]], prefix: str = "") -> Laid:
        """Return what a form sends, nothing judged yet."""
        return self.laid(prefix, text=first(texts(f"{prefix}text")))

    def gathered(self, laid: Laid) -> Typed:
        raise NotImplementedError

    def widened(self, laid: Laid) -> Laid:
        """Return the fields with empty ones after what stands in them."""
        return laid

    def laid(self, prefix: str, **said) -> Laid:
        return Laid(kind="", form=self.form, prefix=prefix, **said)


def first(texts: list[str]) -> str:
    return clean(texts[0]) if texts else ""


def one_line(text: str) -> str:
    """Return a text as a line holds it; no browser breaks one, a program may."""
    return " ".join(filter(None, map(str.strip, clean(text).splitlines())))


def with_spare(rows: Iterable[Row], least: int) -> tuple[Row, ...]:
    """Return the rows up to the last that is filled, and empty ones after it."""
    kept = list(rows)
    while kept and kept[-1].is_empty:
        kept.pop()
    missing = max(least - len(kept), SPARE)
    return (*kept, *[Row()] * missing)


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, clean(text).splitlines())))


def named(laid: Laid, kind: str) -> Laid:
    return replace(laid, kind=str(kind), chosen=str(kind))


def check_lengths(typed: Typed) -> None:
    if max(len("\n".join(typed.options)), len(typed.answer)) > LONGEST_TEXT:
        raise CannotBeKept(fault=_("one of its texts is too long"))
