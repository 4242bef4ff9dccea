"""Pairs to be found: each left side has its right one, and each pair is scored.

``parts`` are the left sides, ``options`` the right ones, some of which may belong to
none; the key names the place of its option for each left side. The paper shuffles
both: ``order`` is the order of the lefts and that of the rights.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from .asking import (
    LETTERS,
    NOTHING,
    Asking,
    Line,
    Option,
    faults_of_options,
    is_broken,
    places_checked,
    places_posted,
)

BETWEEN = "="


class Matching(Asking):
    form = "exams/answers/matching.html"

    def typed(self, options, answer):
        """``left = right`` on each line; ``= right`` belongs to no left side."""
        parts, rights, key = [], [], []
        for line in options:
            left, _between, right = (each.strip() for each in line.partition(BETWEEN))
            if right and right not in rights:
                rights.append(right)
            if left:
                parts.append(left)
                key.append(rights.index(right) if right else -1)
        return {"options": rights, "parts": parts, "answer": key}

    def retyped(self, content):
        pairs = zip(content.parts, content.answer, strict=True)
        lines = [f"{left} {BETWEEN} {content.options[place]}" for left, place in pairs]
        idle = set(range(len(content.options))) - set(content.answer)
        lines += [f"{BETWEEN} {content.options[place]}" for place in sorted(idle)]
        return {"options": lines, "answer": ""}

    def faults(self, content):
        lefts, key, count = content.parts, content.answer, len(content.options)
        yield from faults_of_options(content.options)
        if not all(isinstance(left, str) and left.strip() for left in lefts):
            yield _("a left side is empty")
        elif len(set(lefts)) < max(2, len(lefts)):
            yield _("it needs two left sides or more, all different")
        elif any(map(is_broken, lefts)):
            yield _("a left side is broken over two lines")
        elif any(BETWEEN in left for left in lefts):
            yield _("a left side holds the sign =")
        if (
            not isinstance(key, list)
            or len(key) != len(lefts)
            or any(type(place) is not int or place not in range(count) for place in key)
        ):
            yield _("every left side needs its right one")

    def order(self, version, chance):
        lefts, rights = list(range(len(version.parts))), super().order(version, chance)
        chance.shuffle(lefts)
        chance.shuffle(rights)
        return [lefts, rights]

    def options(self, question, version, value):
        return [
            Option(place, LETTERS[place], version.options[original])
            for place, original in enumerate(question.order[1])
        ]

    def lines(self, question, version, value):
        lefts = question.order[0]
        given = value or [None] * len(lefts)
        return [
            Line(version.parts[left], place)
            for left, place in zip(lefts, given, strict=True)
        ]

    def posted(self, question, texts, name):
        return places_posted(texts(name))

    def checked(self, question, value):
        lefts, rights = question.order
        return places_checked(value, len(lefts), len(rights))

    def share(self, question, version, value):
        if value is None:
            return NOTHING
        lefts, rights = question.order
        found = sum(
            place is not None and rights[place] == version.answer[left]
            for left, place in zip(lefts, value, strict=True)
        )
        return Fraction(found, len(lefts))

    def right(self, question, version):
        lefts, rights = question.order
        return [rights.index(version.answer[left]) for left in lefts]

    def words(self, question, version, value):
        if value is None:
            return ""
        lefts, rights = question.order
        return "\n".join(
            f"{version.parts[left]} — {version.options[rights[place]]}"
            for left, place in zip(lefts, value, strict=True)
            if place is not None
        )
