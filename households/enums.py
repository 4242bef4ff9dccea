"""Words of the household register that ``measures`` does not have."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

HEAD = "head"
APPLICANT = "applicant"
# Of whom the register keeps data that must be right; the others have left it.
KEPT = ("registered", "pre_exit", "exited", "returned", "rolled_back")

# Where the facts of a section are the exchange format's own object.
SECTIONS = ("income", "land", "dwelling", "water", "road", "television", "helper")


class Leaving(TextChoices):
    """Why a person is no longer a member (natural decrease 自然减少)."""

    DEATH = "death", _("Death")
    MARRIED_OUT = "married_out", _("Married out")
    MOVED_OUT = "moved_out", _("Moved out")
    MISTAKE = "mistake", _("Entered by mistake")
