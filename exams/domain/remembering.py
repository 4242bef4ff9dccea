"""Whether somebody who tries again can be asked nothing that was asked before.

A paper spares the questions of a person's last attempts. It cannot spare more than
there are: after so many papers, whatever these were, some set of cells may have fewer
unseen questions left than places. By the theorems of Hall and König the worst case of
a group follows from how many questions fit which of its cells: over all sets of cells,
the places of the set, and of the papers before those that could have used it up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .grouping import MOST_CELLS_COUNTED, Group, subsets
from .seating import may_stand_together


@dataclass(frozen=True)
class Again:
    """An attempt after ``papers`` others by the same blueprint, which it spares."""

    papers: int
    met: int | None  # so many questions of them at worst; None: not proven
    is_last: bool  # of those allowed at the sitting; else of whoever comes from others
    is_bound: bool = False  # no more than ``met`` of them, perhaps fewer even at worst


def tries_again(
    groups: Iterable[Group], *, spares: int, allowed: int = 0
) -> list[Again]:
    """Return the last of the ``allowed`` attempts at a sitting, and the attempt of
    somebody who has as many papers behind them as are spared, if that is more."""
    groups = list(groups)
    own = min(spares, max(allowed - 1, 0))
    told = [again_after(groups, own, is_last=True)] if own else []
    if spares > own:
        told.append(again_after(groups, spares, is_last=False))
    return told


def again_after(groups: list[Group], papers: int, *, is_last: bool) -> Again:
    met = met_among(groups, papers)
    is_bound = bool(met) and any(group.apart for group in groups)
    return Again(papers, met, is_last=is_last, is_bound=is_bound)


def met_among(groups: list[Group], papers: int) -> int | None:
    met = [met_again(group, papers) for group in groups]
    return None if None in met else sum(met)


def met_again(group: Group, papers: int) -> int | None:
    """Return how many questions of a group's places may have been asked in so many
    papers before, at worst; None where that is not proven.

    Where some must be kept apart, papers of a few that may all stand together are
    looked at alone: what these can do, all can do at least. It is a bound then, and
    none if those few do not fill the places.
    """
    if len(group.cells) > MOST_CELLS_COUNTED:
        return None
    few = may_stand_together(group.sort_of, group.apart)
    together = Counter(group.sort_of[index] for index in few)
    if group.apart and used_up(group, together, 0):
        return None
    return used_up(group, together, papers)


def used_up(group: Group, sorts: Counter[frozenset[int]], papers: int) -> int:
    """Return how many places so many papers before may leave without a question, at
    worst, of so many questions of each sort; none of them must be kept apart."""
    some = list(subsets(len(group.cells)))
    return max(
        min(
            group.places_in(short)
            + papers * group.places_in(used)
            - sum(size for sort, size in sorts.items() if short & sort and sort <= used)
            for used in some
        )
        for short in some
    )


def warnings_of(again: Iterable[Again]) -> list[str]:
    """What whoever announces a sitting should know of its last attempts."""
    surely = _(
        "In the last attempt allowed, up to %(count)s questions may be some that "
        "the person was asked before: the bank has too few others."
    )
    at_most = _(
        "In the last attempt allowed, up to %(count)s questions may be some that the "
        "person was asked before: that there are enough others beside those kept apart "
        "is not proven."
    )
    return [
        (at_most if each.is_bound else surely) % {"count": each.met}
        for each in again
        if each.is_last and each.met
    ]
