"""A case: one stem, and several questions about it that stay together.

Each of ``parts`` is a question of a kind of its own, without its key; the key holds
theirs. All earn an equal share of the points. ``order`` names each part's kind and
how it is shuffled, so that an answer can be checked without the version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from exams.models import Question

from . import case_lines
from .asking import Asking, NoAnswer, Written

LEAST, MOST = 2, 8
FIELDS = {"kind", "stem", "options", "parts", "tolerance", "unit"}


@dataclass(frozen=True)
class Part:
    """One question of a case; its key is read when it is asked for, not before."""

    case: Written
    at: int

    @property
    def said(self) -> Mapping:
        return self.case.parts[self.at]

    @property
    def kind(self) -> str:
        return self.said["kind"]

    @property
    def stem(self) -> str:
        return self.said["stem"]

    @property
    def options(self) -> list:
        return self.said.get("options", [])

    @property
    def parts(self) -> list:
        return self.said.get("parts", [])

    @property
    def tolerance(self) -> str:
        return self.said.get("tolerance", "0")

    @property
    def unit(self) -> str:
        return self.said.get("unit", "")

    @property
    def answer(self) -> object:
        return self.case.answer[self.at]


class Case(Asking):
    form = "exams/answers/case.html"

    def __init__(self, kinds: Mapping[str, Asking]) -> None:
        self.kinds = kinds

    def read(self, row):
        parts, key = [], []
        for said in row.get("parts", []):
            part = {name: value for name, value in said.items() if name != "answer"}
            if said.get("kind") in self.kinds:
                read = self.kinds[said["kind"]].read(said)
                key.append(read.pop("answer"))
                part |= {name: value for name, value in read.items() if value}
            parts.append(part)
        return {"options": [], "parts": parts, "answer": key}

    def typed(self, options, answer):
        return {"options": []} | case_lines.read(options)

    def retyped(self, content):
        return {"options": case_lines.write(content), "answer": ""}

    def faults(self, content):
        parts, key = content.parts, content.answer
        if not LEAST <= len(parts) <= MOST:
            yield _("a case has from two to eight questions")
        if not isinstance(key, list) or len(key) != len(parts):
            yield _("every question of a case needs its key")
            return
        for at, said in enumerate(parts):
            for fault in self.faults_of_part(Part(content, at), said):
                yield _("question %(number)s: %(fault)s") % {
                    "number": at + 1,
                    "fault": fault,
                }

    def faults_of_part(self, part: Part, said: Mapping) -> Iterator[str]:
        if not isinstance(said, dict) or not {"kind", "stem"} <= said.keys() <= FIELDS:
            yield _("it needs its kind and its words, and nothing else")
        elif part.kind not in self.kinds:
            yield _("a case has no questions of this kind")
        elif not str(part.stem).strip():
            yield _("it needs its words")
        else:
            yield from self.kinds[part.kind].faults(part)

    def parts(self, version: Written) -> list[Part]:
        return [Part(version, at) for at in range(len(version.parts))]

    def order(self, version, chance):
        return [
            [part.kind, self.kinds[part.kind].order(part, chance)]
            for part in self.parts(version)
        ]

    def single_choices(self, order, version):
        for (kind, part_order), part in zip(order, self.parts(version), strict=True):
            yield from self.kinds[kind].single_choices(part_order, part)

    def questions(self, question: Question) -> list[tuple[Question, Asking]]:
        """The parts as questions of their own, each with its kind."""
        return [
            (Question(question.no, question.version, kind, 1, order), self.kinds[kind])
            for kind, order in question.order
        ]

    def asked(self, question, version, value):
        given = value or [None] * len(question.order)
        questions = [each for each, _asking in self.questions(question)]
        return list(zip(questions, self.parts(version), given, strict=True))

    def posted(self, question, texts, name):
        return [
            asking.posted(each, texts, f"{name}-{at}")
            for at, (each, asking) in enumerate(self.questions(question))
        ]

    def checked(self, question, value):
        if value is None or value == []:
            return None
        questions = self.questions(question)
        if not isinstance(value, list) or len(value) != len(questions):
            raise NoAnswer
        checked = [
            asking.checked(each, given)
            for (each, asking), given in zip(questions, value, strict=True)
        ]
        return None if all(each is None for each in checked) else checked

    def share(self, question, version, value):
        shares = [
            self.kinds[part.kind].share(each, part, given)
            for each, part, given in self.asked(question, version, value)
            if given is not None
        ]
        return Fraction(sum(shares), len(question.order))

    def right(self, question, version):
        return [
            self.kinds[part.kind].right(each, part)
            for each, part, _given in self.asked(question, version, None)
        ]

    def words(self, question, version, value):
        if value is None:
            return ""
        told = [
            (at, self.kinds[part.kind].words(each, part, given))
            for at, (each, part, given) in enumerate(
                self.asked(question, version, value), start=1
            )
        ]
        return "\n".join(f"({at}) {words}" for at, words in told if words)

    def right_words(self, question, version):
        told = [
            self.kinds[part.kind].right_words(each, part)
            for each, part, _given in self.asked(question, version, None)
        ]
        return "\n".join(f"({at}) {words}" for at, words in enumerate(told, start=1))

    def key_words(self, version):
        told = [self.kinds[part.kind].key_words(part) for part in self.parts(version)]
        return "\n".join(f"({at}) {words}" for at, words in enumerate(told, start=1))
