"""What a person can be in a division."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from divisions.enums import Level


class Role(TextChoices):
    INFORMANT = "informant", _("Informant")
    TOWNSHIP_OFFICE = "township_office", _("Township office")
    COUNTY_OFFICE = "county_office", _("County office")
    CITY_OFFICE = "city_office", _("City office")
    REGION_OFFICE = "region_office", _("Region office")
    TRAINER = "trainer", _("Trainer")
    ADMINISTRATOR = "administrator", _("Administrator")


OFFICES = {
    Level.TOWNSHIP: Role.TOWNSHIP_OFFICE,
    Level.COUNTY: Role.COUNTY_OFFICE,
    Level.CITY: Role.CITY_OFFICE,
    Level.REGION: Role.REGION_OFFICE,
}
LEVEL_OF_OFFICE = {role: level for level, role in OFFICES.items()}
