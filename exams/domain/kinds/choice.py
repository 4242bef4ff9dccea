"""True or false, single and multiple choice: options with a box before each.

The key is the places of the right options among the version's. A judgement and a
single choice are right or wrong. In a multiple choice some of the right options and
none of the wrong earn half; one wrong option earns nothing.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from exams.domain.contents import JUDGEMENTS

from .asking import (
    ALL,
    LETTERS,
    NOTHING,
    Asking,
    NoAnswer,
    Option,
    faults_of_options,
    places_in,
    places_posted,
)

TRUE_WORDS, FALSE_WORDS = {"对", "正确", "√"}, {"错", "错误", "×"}


class Choice(Asking):
    form = "exams/answers/choice.html"
    is_chosen = True
    takes_many = False
    is_shuffled = True

    def read(self, row):
        said = super().read(row)
        if isinstance(said["answer"], list):
            said["answer"] = sorted(said["answer"])
        return said

    def typed(self, options, answer):
        return {"options": options, "answer": sorted(places_in(answer))}

    def retyped(self, content):
        letters = "".join(LETTERS[place] for place in content.answer)
        return {"options": content.options, "answer": letters}

    def faults(self, content):
        places, count = content.answer, len(content.options)
        yield from faults_of_options(content.options)
        if not isinstance(places, list) or not places:
            yield _("it needs a right option")
        elif any(type(p) is not int or p not in range(count) for p in places):
            yield _("the right answer names an option that is not there")
        elif places != sorted(set(places)):
            yield _("the right options are named once each, in order")
        elif not self.takes_many and len(places) != 1:
            yield _("exactly one option is right")

    def order(self, version, chance):
        order = super().order(version, chance)
        if self.is_shuffled:
            chance.shuffle(order)
        return order

    def options(self, question, version, value):
        chosen = value or []
        return [
            Option(place, LETTERS[place], version.options[original], place in chosen)
            for place, original in enumerate(question.order)
        ]

    def posted(self, question, texts, name):
        return places_posted(texts(name))

    def checked(self, question, value):
        if value is None or value == []:
            return None
        shown = range(len(question.order))
        if not isinstance(value, list) or len(value) > len(shown):
            raise NoAnswer
        if any(type(place) is not int or place not in shown for place in value):
            raise NoAnswer
        if not self.takes_many and len(value) != 1:
            raise NoAnswer
        return sorted(set(value))

    def share(self, question, version, value):
        chosen = {question.order[place] for place in value or ()}
        return self.share_of(chosen, set(version.answer))

    def share_of(self, chosen: set[int], right: set[int]) -> Fraction:
        return ALL if chosen == right else NOTHING

    def right(self, question, version):
        return [
            place
            for place, original in enumerate(question.order)
            if original in version.answer
        ]

    def words(self, question, version, value):
        return "".join(LETTERS[place] for place in value or ())

    def key_words(self, version):
        return " / ".join(version.options[place] for place in version.answer)


class Single(Choice):
    def single_choices(self, order, version):
        yield order, version.answer[0]


class Multiple(Choice):
    takes_many = True

    def share_of(self, chosen, right):
        if chosen and chosen < right:
            return Fraction(1, 2)
        return super().share_of(chosen, right)


class Judgement(Choice):
    # True stays above false: moving them would only confuse.
    is_shuffled = False

    def read(self, row):
        said = super().read(row)
        said["options"] = said["options"] or list(JUDGEMENTS)
        if isinstance(said["answer"], bool):
            said["answer"] = [0 if said["answer"] else 1]
        return said

    def typed(self, options, answer):
        text = answer.strip()
        right = [0] if text in TRUE_WORDS else [1] if text in FALSE_WORDS else []
        return {"options": list(JUDGEMENTS), "answer": right}

    def retyped(self, content):
        return {"options": [], "answer": JUDGEMENTS[content.answer[0]]}

    def words(self, question, version, value):
        return "".join(version.options[question.order[place]] for place in value or ())
