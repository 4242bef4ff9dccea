"""Pairs: a left side beside its right one."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from django.utils.translation import gettext as _

from exams.domain.draft_refusals import CannotBeKept
from exams.domain.kinds.matching import BETWEEN

from .laying import USUAL, Fields, Row, Typed, one_line, with_spare


class PairFields(Fields):
    form = "exams/writing/pairs.html"

    def laid_out(self, typed, prefix=""):
        rows = []
        for line in typed.options:
            left, _between, right = map(str.strip, line.partition(BETWEEN))
            rows.append(Row(text=right, left=left))
        return self.widened(self.laid(prefix, rows=tuple(rows)))

    def posted(self, texts, prefix=""):
        lefts, rights = (
            map(one_line, texts(f"{prefix}{name}")) for name in ("left", "option")
        )
        pairs = zip_longest(lefts, rights, fillvalue="")
        rows = [Row(text=right, left=left) for left, right in pairs]
        return self.laid(prefix, rows=tuple(rows))

    def gathered(self, laid):
        lines = []
        for row in laid.rows:
            if BETWEEN in row.left:
                fault = _("the left side “%(left)s” holds the sign =")
                raise CannotBeKept(fault=fault % {"left": row.left})
            if not row.is_empty:
                lines.append(f"{row.left} {BETWEEN} {row.text}".strip())
        return Typed(options=tuple(lines))

    def widened(self, laid):
        return replace(laid, rows=with_spare(laid.rows, USUAL))
