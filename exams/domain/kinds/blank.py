"""A blank to fill in: right when it says one of the accepted answers.

The key is the accepted answers. How they are written makes no difference: see
``folding``.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from exams.domain.folding import folded

from .asking import ALL, LONGEST_LINE, NOTHING, Asking


class Blank(Asking):
    form = "exams/answers/blank.html"

    def read(self, row):
        said = super().read(row)
        if isinstance(said["answer"], str):
            said["answer"] = [said["answer"]]
        return said

    def typed(self, options, answer):
        lines = [line.strip() for line in answer.splitlines()]
        return {"options": [], "answer": [line for line in lines if line]}

    def retyped(self, content):
        return {"options": [], "answer": "\n".join(content.answer)}

    def faults(self, content):
        accepted = content.answer
        if not isinstance(accepted, list) or not accepted:
            yield _("it needs an accepted answer")
        elif not all(isinstance(each, str) and folded(each) for each in accepted):
            yield _("an accepted answer is empty")
        elif any(len(each) > LONGEST_LINE for each in accepted):
            yield _("an accepted answer is longer than a candidate can write")
        elif len({folded(each) for each in accepted}) < len(accepted):
            yield _("two accepted answers are the same once signs are evened out")

    def share(self, question, version, value):
        given = folded(str(value or ""))
        accepted = {folded(each) for each in version.answer}
        return ALL if given and given in accepted else NOTHING

    def right(self, question, version):
        return version.answer[0]

    def right_words(self, question, version):
        return " / ".join(version.answer)
