"""Levels of the tree and what a division can be designated as."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    REGION = "region", _("Autonomous region")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")
    VILLAGE = "village", _("Village")

    @property
    def code_length(self) -> int:
        return CODE_LENGTH[self]

    @property
    def below(self) -> "Level | None":
        """The next level down, None below the village."""
        order = list(Level)
        place = order.index(self) + 1
        return order[place] if place < len(order) else None


CODE_LENGTH = {
    Level.REGION: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
    Level.VILLAGE: 12,
}
LEVEL_OF_LENGTH = {length: level for level, length in CODE_LENGTH.items()}


class Kind(TextChoices):
    """What a division is designated as, from a day until a day."""

    POOR_COUNTY = "poor_county", _("Poor county")
    POOR_VILLAGE = "poor_village", _("Poor village")
    HAS_TASKS = "has_tasks", _("Has alleviation tasks")


class CountyClass(TextChoices):
    NATIONAL_KEY = "national-key", _("National key county")
    NATIONAL_AREA = "national-area", _("National contiguous-area county")
    REGIONAL = "regional", _("Regional poor county")
