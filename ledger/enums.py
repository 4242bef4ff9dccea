"""What cases are about, how they stand, and who works in the registers."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

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

    HOUSEHOLD = "household", pgettext_lazy("subject", "Household")
    VILLAGE = "village", pgettext_lazy("subject", "Village")
    COUNTY = "county", pgettext_lazy("subject", "County")


class State(TextChoices):
    """The words are those of ``measures.replay``."""

    OPEN = "open", pgettext_lazy("case", "Open")
    COMPLETED = "completed", pgettext_lazy("case", "Completed")
    ENDED = "ended", pgettext_lazy("case", "Ended")
