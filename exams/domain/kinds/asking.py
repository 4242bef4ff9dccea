"""What every kind of question can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Protocol

from django.utils.translation import gettext as _

from exams.models import Question

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_LINE = 40
NOTHING, ALL = Fraction(0), Fraction(1)


class NoAnswer(ValueError):
    """What came in is no answer to such a question."""


class Written(Protocol):
    """What is asked, as a version, a part of one, or content not yet kept has it."""

    kind: str
    stem: str
    options: list
    parts: list
    answer: object
    tolerance: object
    unit: str


@dataclass(frozen=True)
class Option:
    """One thing to choose, by its place on this paper."""

    place: int
    letter: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a question that has an answer of its own: a step, a pair's left."""

    label: str
    given: int | None


class Unshuffled(Random):
    """Chance that leaves everything where it is."""

    def shuffle(self, x):
        pass


class Asking:
    """How one kind of question is written, asked, answered and marked.

    An answer is what the candidate saw and did: ``question.order`` leads from there
    to the version. ``form`` is the template of its inputs.
    """

    form = "exams/answers/text.html"
    longest = LONGEST_LINE
    # A list of options with a box to tick before each.
    is_chosen = False
    # Marked by people and not by a key.
    is_by_hand = False
    # Options and key are drawn from what the author typed, and may be drawn otherwise
    # one day.
    is_drawn = False

    # ---- writing

    def read(self, row: Mapping) -> dict[str, object]:
        """Return ``options``, ``parts`` and ``answer`` in the one form that is kept,
        of what a question file says."""
        return {
            "options": row.get("options", []),
            "parts": row.get("parts", []),
            "answer": row.get("answer"),
        }

    def typed(self, options: list[str], answer: str) -> dict[str, object]:
        """Return the same of what an author typed; nonsense stays nonsense, for
        ``faults`` to refuse."""
        return {"options": [], "answer": answer.strip()}

    def retyped(self, content: Written) -> dict[str, object]:
        """Return what an author would type: lines of options, and the answer."""
        return {"options": list(content.options), "answer": str(content.answer)}

    def faults(self, content: Written) -> Iterator[str]:
        """Say what is wrong with the options and the key, for the author."""
        raise NotImplementedError

    # ---- asking

    def order(self, version: Written, chance: Random) -> list:
        """Return how this paper shuffles what can be shuffled."""
        return list(range(len(version.options)))

    def single_choices(
        self, order: list, version: Written
    ) -> Iterator[tuple[list[int], int]]:
        """Yield each shuffled choice of one option that is asked: how its options are
        ordered, a part of ``order``, and which of the version's is right."""
        return iter(())

    def options(
        self, question: Question, version: Written, value: object
    ) -> list[Option]:
        return []

    def lines(self, question: Question, version: Written, value: object) -> list[Line]:
        return []

    def asked(
        self, question: Question, version: Written, value: object
    ) -> list[tuple[Question, Written, object]]:
        """Return the questions within this one, each with its answer."""
        return []

    def card(self, version: Written) -> object | None:
        """Return the register's card that the question is about."""
        return None

    # ---- answering

    def posted(self, question: Question, texts: Callable, name: str) -> object:
        """Return the answer that a plain form sends; ``texts(name)`` lists what stands
        under a name. Raises ``NoAnswer``."""
        return "".join(texts(name)[:1])

    def checked(self, question: Question, value: object) -> object:
        """Return an answer in its one form, None for none; raises ``NoAnswer``."""
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > self.longest:
            raise NoAnswer
        if not is_storable(value):
            raise NoAnswer
        return value.strip() or None

    # ---- marking

    def share(self, question: Question, version: Written, value: object) -> Fraction:
        """Return which share of the points an answer earns, from 0 to 1."""
        raise NotImplementedError

    def right(self, question: Question, version: Written) -> object:
        """Return the answer that earns all, as it is given on this paper."""
        raise NotImplementedError

    def words(self, question: Question, version: Written, value: object) -> str:
        """Return an answer for people to read; the empty word for none."""
        return "" if value is None else str(value)

    def right_words(self, question: Question, version: Written) -> str:
        return self.words(question, version, self.right(question, version))

    def reasons(self, version: Written) -> list:
        """Return why each part of the key is right, where the Measures say it."""
        return []

    def key_words(self, version: Written) -> str:
        """Return the key for authors, on no paper: nothing shuffled."""
        order = self.order(version, Unshuffled())
        question = Question(0, version=0, kind=version.kind, points=1, order=order)
        return self.right_words(question, version)


def is_storable(text: str) -> bool:
    """Half a sign (an emoji cut in two) and the sign zero are in no database's text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def faults_of_options(options: list, least: int = 2) -> Iterator[str]:
    if not all(isinstance(option, str) and option.strip() for option in options):
        yield _("an option is empty")
    elif any(is_broken(option) for option in options):
        yield _("an option is broken over two lines")
    elif len(options) > len(LETTERS):
        yield _("it has more than %(most)s options") % {"most": len(LETTERS)}
    elif len(set(options)) < max(least, len(options)):
        yield _("it needs two options or more, all different")


def is_broken(option: str) -> bool:
    """Whether a form, which has an option on each line, would cut it in two."""
    return len(option.splitlines()) > 1


def letter_of(place: int) -> str:
    """The letter of a place, then its number: what is not yet whole is shown too."""
    return LETTERS[place] if place < len(LETTERS) else str(place + 1)


def places_in(letters: str) -> list[int]:
    """Return the places that letters name, -1 for what is none."""
    return [LETTERS.find(sign) for sign in letters.upper() if sign not in " ,，、"]


def places_posted(texts: list[str]) -> list[int | None]:
    """Return the numbers that selects send, None where nothing was selected."""
    if not all(text == "" or (text.isascii() and text.isdigit()) for text in texts):
        raise NoAnswer
    return [int(text) if text else None for text in texts]


def places_checked(value: object, count: int, most: int) -> list[int | None] | None:
    """Return ``count`` places below ``most``; None when none of them is given."""
    if value is None or value == []:
        return None
    if not isinstance(value, list) or len(value) != count:
        raise NoAnswer
    for place in value:
        if place is not None and (type(place) is not int or not 0 <= place < most):
            raise NoAnswer
    return None if all(place is None for place in value) else value
