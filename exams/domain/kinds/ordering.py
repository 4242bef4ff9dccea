"""Steps to be put in order.

``options`` are the steps, as a rule in their right order, which the key names; the
paper shuffles them. An answer gives each step, as shown, its position; steps without
one are left out. Of all pairs of steps, those in the right order less the others, over
all pairs, is the share earned, never below zero: chance earns about nothing, and
mending a pair never costs anything.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from django.utils.translation import gettext as _

from .asking import (
    LETTERS,
    NOTHING,
    Asking,
    Line,
    Option,
    faults_of_options,
    places_checked,
    places_in,
    places_posted,
)

LEAST = 3


class Ordering(Asking):
    form = "exams/answers/ordering.html"

    def read(self, row):
        said = super().read(row)
        if said["answer"] is None:
            said["answer"] = list(range(len(said["options"])))
        return said

    def typed(self, options, answer):
        places = places_in(answer) or list(range(len(options)))
        return {"options": options, "answer": places}

    def retyped(self, content):
        letters = "".join(LETTERS[place] for place in content.answer)
        in_order = content.answer == sorted(content.answer)
        return {"options": content.options, "answer": "" if in_order else letters}

    def faults(self, content):
        yield from faults_of_options(content.options)
        if len(content.options) < LEAST:
            yield _("it needs three steps or more")
        key = content.answer if isinstance(content.answer, list) else []
        whole = all(type(place) is int for place in key)
        if not whole or sorted(key) != list(range(len(content.options))):
            yield _("the key names every step once, in the right order")

    def order(self, version, chance):
        """Never the right order: whoever leaves it as it is has not answered."""
        order = super().order(version, chance)
        chance.shuffle(order)
        return order if order != sorted(order) else [*order[1:], order[0]]

    def options(self, question, version, value):
        return [
            Option(place, str(place + 1), "") for place in range(len(question.order))
        ]

    def lines(self, question, version, value):
        given = value or [None] * len(question.order)
        return [
            Line(version.options[original], position)
            for original, position in zip(question.order, given, strict=True)
        ]

    def posted(self, question, texts, name):
        return places_posted(texts(name))

    def checked(self, question, value):
        count = len(question.order)
        return places_checked(value, count, count)

    def share(self, question, version, value):
        if value is None:
            return NOTHING
        at = dict(zip(question.order, value, strict=True))
        pairs = list(combinations(version.answer, 2))
        right = sum(
            None not in (at[first], at[then]) and at[first] < at[then]
            for first, then in pairs
        )
        return max(NOTHING, Fraction(2 * right - len(pairs), len(pairs)))

    def right(self, question, version):
        return [version.answer.index(original) for original in question.order]

    def words(self, question, version, value):
        if value is None:
            return ""
        placed = sorted(
            (position, version.options[original])
            for original, position in zip(question.order, value, strict=True)
            if position is not None
        )
        return "\n".join(f"{position + 1}. {step}" for position, step in placed)
