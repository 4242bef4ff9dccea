"""Where the right options of a paper stand: at every place about equally often.

Shuffled each by itself, the right options of a paper may stand at one place many times
over, and at another never. Here those of the single choices with as many options, the
ones within a case among them, are dealt to the places: no place has two more of them
than another, and which has one more is chance, as is which question has which place.

A right option changes places with the option that stands where it goes. Since each
order was equally likely before, and each place is, every order of one question's
options stays equally likely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random

from exams.models import ItemVersion, Question

from .kinds import asking_for


def spread_keys(asked: Iterable[tuple[Question, ItemVersion]], chance: Random) -> None:
    """Reorder the options of the single choices among the questions of a paper.

    It goes by the key that is written in the version, not by a revision of it, so that
    a paper can be drawn again after its key was mended.
    """
    alike: defaultdict[int, list[tuple[list[int], int]]] = defaultdict(list)
    for question, version in asked:
        asking = asking_for(question.kind)
        for order, right in asking.single_choices(question.order, version):
            alike[len(order)].append((order, right))
    for count, group in sorted(alike.items()):
        places = places_for(len(group), count, chance)
        for (order, right), place in zip(group, places, strict=True):
            former = order.index(right)
            order[former], order[place] = order[place], right


def places_for(questions: int, count: int, chance: Random) -> list[int]:
    """Return a place for the right option of each question that has ``count``."""
    rounds, rest = divmod(questions, count)
    places = [*list(range(count)) * rounds, *chance.sample(range(count), rest)]
    chance.shuffle(places)
    return places
