"""Counting sets of questions of which no two must be kept apart.

What has nothing to be kept apart from is counted by its number. The others fall into
tangles, the questions of which hang together; of each tangle the sets that may stand
together are counted one question after the other: with it, or without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from math import comb

from .seating import Apart

# How many questions of each sort.
Spread = tuple[int, ...]
MOST_IN_A_TANGLE = 24


class Tangles:
    """The sets there are of questions of some sorts, numbered from 0."""

    def __init__(self, sort_of: Mapping[int, int], apart: Apart) -> None:
        self.sort_of, self.apart = sort_of, apart
        self.width = max(sort_of.values(), default=-1) + 1
        self.free = Counter(
            sort for index, sort in sort_of.items() if index not in apart
        )
        self.tangles = list(tangles_of(apart))

    @property
    def can_be_counted(self) -> bool:
        return all(len(tangle) <= MOST_IN_A_TANGLE for tangle in self.tangles)

    @property
    def most_terms(self) -> int:
        """So many spreads at most over what is in tangles."""
        terms = 1
        tangled = Counter(self.sort_of[index] for index in self.apart)
        for size in tangled.values():
            terms *= size + 1
        return terms

    def counted(self) -> dict[Spread, int]:
        """How many sets of what is in tangles there are, by their spread."""
        total = {(0,) * self.width: 1}
        for tangle in self.tangles:
            total = times(total, self.sets_in(tangle))
        return total

    def sets_in(self, tangle: frozenset[int]) -> dict[Spread, int]:
        @cache
        def found(left: frozenset[int]) -> Counter[Spread]:
            if not left:
                return Counter({(0,) * self.width: 1})
            busiest = max(sorted(left), key=lambda index: len(self.apart[index] & left))
            sets = Counter(found(left - {busiest}))
            beside = found(left - {busiest} - self.apart[busiest])
            for spread, count in beside.items():
                sets[one_more(spread, self.sort_of[busiest])] += count
            return sets

        return found(tangle)

    def ways_of(self, spread: Spread, counted: dict[Spread, int]) -> int:
        """How many sets have this spread in all."""
        return sum(
            count * self.free_ways(spread, tangled)
            for tangled, count in counted.items()
        )

    def free_ways(self, spread: Spread, tangled: Spread) -> int:
        ways = 1
        for sort, (all_of_it, in_tangles) in enumerate(
            zip(spread, tangled, strict=True)
        ):
            if all_of_it < in_tangles:
                return 0
            ways *= comb(self.free[sort], all_of_it - in_tangles)
        return ways


def times(one: dict[Spread, int], other: dict[Spread, int]) -> Counter[Spread]:
    product: Counter[Spread] = Counter()
    for left, some in one.items():
        for right, more in other.items():
            product[tuple(map(sum, zip(left, right, strict=True)))] += some * more
    return product


def one_more(spread: Spread, sort: int) -> Spread:
    return (*spread[:sort], spread[sort] + 1, *spread[sort + 1 :])


def tangles_of(apart: Apart) -> Iterator[frozenset[int]]:
    """Each set of questions that hang together by being kept apart."""
    seen: set[int] = set()
    for index in sorted(apart):
        tangle, waiting = set(), [index]
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen.add(each)
                tangle.add(each)
                waiting.extend(apart[each])
        if tangle:
            yield frozenset(tangle)
