"""The village standard 十一有一低于: twelve items, of which 2018 makes six the core."""

from datetime import date
from functools import cache

from measures.citations import runs
from measures.findings import Answer
from measures.law import Edition, edition_for
from measures.standards import Check, Occasion, bound_items
from measures.villages import items
from measures.villages.facts import Village

SECTION = "四(二)"


@cache
def items_of(version: str) -> tuple[Check, ...]:
    """The twelve checks of one version."""
    return bound_items("village", version, SECTION, (items,))


@runs("4.2-standard", "3-village", "village-core")
def check_village(village: Village, edition: Edition | str | None = None) -> Answer:
    """Does the village meet the twelve items?

    A reference item that is not met is reported, and does not block the exit.
    """
    law = edition_for(edition or village.edition, village.on)
    occasion = Occasion(village.on or date(law.year, 12, 31))
    return Answer.of(
        law.code,
        [check(village, occasion) for check in items_of(law.standard("village"))],
    )
