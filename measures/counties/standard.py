"""The county standard 九有一低于: ten items."""

from datetime import date
from functools import cache

from measures.citations import runs
from measures.counties import items
from measures.counties.facts import County
from measures.findings import Answer
from measures.law import Edition, edition_for
from measures.standards import Check, Occasion, bound_items

SECTION = "四(三)"


@cache
def items_of(version: str) -> tuple[Check, ...]:
    """The ten checks of one version."""
    return bound_items("county", version, SECTION, (items,))


@runs("4.3-standard", "3-county")
def check_county(county: County, edition: Edition | str | None = None) -> Answer:
    """Does the county meet the ten items? Every one of them must be met."""
    law = edition_for(edition or county.edition, county.on)
    occasion = Occasion(county.on or date(law.year, 12, 31))
    return Answer.of(
        law.code,
        [check(county, occasion) for check in items_of(law.standard("county"))],
    )
