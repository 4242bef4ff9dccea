"""Options with a tick before the right ones."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from exams.domain.contents import JUDGEMENTS
from exams.domain.draft_refusals import CannotBeKept
from exams.domain.kinds.asking import LETTERS, places_in
from exams.domain.kinds.choice import FALSE_WORDS, TRUE_WORDS

from .laying import USUAL, Fields, Row, Typed, one_line, with_spare


def ticks(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit()}


class ChoiceFields(Fields):
    form = "exams/writing/choice.html"

    def __init__(self, *, takes_many: bool = False) -> None:
        self.takes_many = takes_many

    def laid_out(self, typed, prefix=""):
        places = places_in(typed.answer)
        right = {place for place in places if place >= 0}
        notes = []
        if -1 in places:
            notes.append(
                _("The key “%(key)s” names no options. Tick the right ones.")
                % {"key": typed.answer}
            )
        if len(right) > 1 and not self.takes_many:
            notes.append(
                _("Several options were right: %(key)s. Choose one.")
                % {"key": typed.answer}
            )
            right = set()
        count = max([len(typed.options), *(place + 1 for place in right)])
        texts = [*typed.options, *[""] * (count - len(typed.options))]
        rows = [Row(text, place in right) for place, text in enumerate(texts)]
        return self.widened(self.laid(prefix, rows=tuple(rows), notes=tuple(notes)))

    def posted(self, texts, prefix=""):
        right = ticks(texts(f"{prefix}right"))
        options = map(one_line, texts(f"{prefix}option"))
        rows = [Row(text, place in right) for place, text in enumerate(options)]
        return self.laid(prefix, rows=tuple(rows))

    def gathered(self, laid):
        """An empty row that is ticked stays, so that its author learns of it."""
        rows = [row for row in laid.rows if not row.is_empty]
        right = [place for place, row in enumerate(rows) if row.is_right]
        if right and right[-1] >= len(LETTERS):
            most = {"most": len(LETTERS)}
            raise CannotBeKept(fault=_("it has more than %(most)s options") % most)
        letters = "".join(LETTERS[place] for place in right)
        return Typed(tuple(row.text for row in rows), letters)

    def widened(self, laid):
        return replace(laid, rows=with_spare(laid.rows, USUAL))

    def laid(self, prefix, **said):
        return super().laid(prefix, takes_many=self.takes_many, **said)


class JudgementFields(Fields):
    """True and false, of which one is chosen; the words are given."""

    form = "exams/writing/judgement.html"

    def laid_out(self, typed, prefix=""):
        key = typed.answer.strip()
        notes = []
        if key and key not in TRUE_WORDS | FALSE_WORDS:
            words = _("The key “%(key)s” is neither true nor false. Choose one.")
            notes.append(words % {"key": key})
        right = (key in TRUE_WORDS, key in FALSE_WORDS)
        rows = tuple(map(Row, JUDGEMENTS, right))
        return self.laid(prefix, rows=rows, notes=tuple(notes))

    def posted(self, texts, prefix=""):
        """The part of a case may have two other words; they are sent along."""
        right = ticks(texts(f"{prefix}right"))
        words = [one_line(text) for text in texts(f"{prefix}option")][:2]
        pair = words if len(words) == len(JUDGEMENTS) else JUDGEMENTS
        rows = [Row(word, place in right) for place, word in enumerate(pair)]
        return self.laid(prefix, rows=tuple(rows))

    def gathered(self, laid):
        chosen = [at for at, row in enumerate(laid.rows) if row.is_right]
        return Typed((), JUDGEMENTS[chosen[0]] if len(chosen) == 1 else "")
