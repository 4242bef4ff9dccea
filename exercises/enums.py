"""Words with a fixed set of values."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    HOUSEHOLD_EXIT = "household_exit", _("Does this household meet the standard?")


class Decision(TextChoices):
    """What is to be done with the household."""

    EXIT = "exit", _("It meets all nine items: it may exit")
    STAY = "stay", _("An item is not met: it stays and is helped on")
    REMOVE = "remove", _("A veto held before identification: removal applies")


class Act(TextChoices):
    """What a line of the practice ledger judged."""

    MARK = "mark", _("Item marked")
    DECISION = "decision", _("Decision taken")
    STEP = "step", _("Step taken")
