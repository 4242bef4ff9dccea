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


@dataclass(frozen=True)
class Again:
    """An attempt after ``papers`` others by the same blueprint, which it spares."""

    papers: int
    met: int | None  # so many questions of them at worst; None: not proven
    is_last: bool  # of those allowed at the sitting; else of whoever comes from others


def tries_again(
    groups: Iterable[Group], *, spares: int, allowed: int = 0
) -> list[Again]:
    """Return the last of the ``allowed`` attempts at a sitting, and the attempt of
    somebody who has as many papers behind them as are spared, if that is more."""
    groups = list(groups)
    own = min(spares, max(allowed - 1, 0))
    told = [Again(own, met_among(groups, own), is_last=True)] if own else []
    if spares > own:
        told.append(Again(spares, met_among(groups, spares), is_last=False))
    return told


def met_among(groups: list[Group], papers: int) -> int | None:
    met = [met_again(group, papers) for group in groups]
    return None if None in met else sum(met)


def met_again(group: Group, papers: int) -> int | None:
    """Return how many questions of a group's places may have been asked in so many
    papers before, at worst; None where that is not proven.

    Where some must be kept apart it is held against as many as may stand together, and
    proves that all can be unseen, or nothing.
    """
    if len(group.cells) > MOST_CELLS_COUNTED:
        return None
    together = may_stand_together(group)
    sorts = Counter(group.sort_of[index] for index in together)
    some = list(subsets(len(group.cells)))
    worst = max(
        min(
            group.places_in(short)
            + papers * group.places_in(used)
            - sum(size for sort, size in sorts.items() if short & sort and sort <= used)
            for used in some
        )
        for short in some
    )
    return worst if not (worst and group.apart) else None


def may_stand_together(group: Group) -> list[int]:
    """Questions of the group of which none must be kept apart from another."""
    kept: set[int] = set()
    for index in sorted(group.sort_of, key=lambda i: (len(group.apart.get(i, ())), i)):
        if kept.isdisjoint(group.apart.get(index, ())):
            kept.add(index)
    return sorted(kept)


def warnings_of(again: Iterable[Again]) -> list[str]:
    """What whoever announces a sitting should know of its last attempts."""
    return [
        _(
            "In the last attempt allowed, up to %(count)s questions may be some that "
            "the person was asked before: the bank has too few others."
        )
        % {"count": each.met}
        for each in again
        if each.is_last and each.met
    ]
