"""What ``villages`` turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotAVillage(Refused):
    code = "not-a-village"
    message = _("Only a village has a profile, and %(place)s is none.")


class FewerThanRegistered(Refused):
    code = "fewer-than-registered"
    message = _(
        "%(people)s people in %(households)s households of this village are in the "
        "register already; the village cannot have fewer."
    )


class MoreHouseholdsThanPeople(Refused):
    code = "more-households-than-people"
    message = _("A village cannot have more households than people.")
