"""A short answer in words, marked by people (``exams.domain.marking_by_hand``).

The key is the guide that markers go by: what an answer should say, and what each
part of it is worth. Candidates read it with the result.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from .asking import NOTHING, Asking

LONGEST = 1000


class Short(Asking):
    form = "exams/answers/short.html"
    longest = LONGEST
    is_by_hand = True

    def faults(self, content):
        if not isinstance(content.answer, str) or not content.answer.strip():
            yield _("it needs a guide for its markers")

    def share(self, question, version, value):
        """Nothing by itself: its points come from people."""
        return NOTHING

    def checked(self, question, value):
        """Forms send a line's end as two signs."""
        if isinstance(value, str):
            value = value.replace("\r\n", "\n")
        return super().checked(question, value)

    def right(self, question, version):
        return version.answer
