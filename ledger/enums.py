"""What cases are about, how they stand, and who works in the registers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.enums import OFFICES, Role

# Trainers teach; the people in the registers are none of their business.
REGISTER_ROLES = (Role.INFORMANT, *OFFICES.values(), Role.ADMINISTRATOR)

# The teams of a check do not sign in; the region's office enters what they found.
ENTERED_BY_REGION = ("cross_province", "third_party")

# The levels of ``measures`` whose steps a role lets its holder take.
LEVELS_OF_ROLE = {
    Role.INFORMANT: ("village", "household"),
    Role.TOWNSHIP_OFFICE: ("township",),
    Role.COUNTY_OFFICE: ("county",),
    Role.CITY_OFFICE: ("city",),
    Role.REGION_OFFICE: ("region", *ENTERED_BY_REGION),
}

# What was known when a subject came into the register: a case of its own kind, closed
# at once, so that the status follows from entries from the first day on.
ENROLMENT = "enrolment"


class Kind(TextChoices):
    """What a case is about."""

    HOUSEHOLD = "household", _("Household")
    VILLAGE = "village", _("Village")
    COUNTY = "county", _("County")


class State(TextChoices):
    """The words are those of ``measures.replay``."""

    OPEN = "open", _("Open")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended")
