"""What ``households`` turns down. ``path`` names the fact at fault, for the form."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class FactsRefused(Refused):
    """The facts cannot stand in the register; ``path`` says which."""

    path = ""

    def __init__(self, path: str = "", **values: object) -> None:
        super().__init__(**values)
        self.path = path or self.path


class Unreadable(FactsRefused):
    code = "unreadable"
    message = _("%(name)s: %(reason)s")


class NoHead(FactsRefused):
    code = "no-head"
    message = _("A household needs a head: enter the head first.")
    path = "members"


class TwoHeads(FactsRefused):
    code = "two-heads"
    message = _("A household has one head only.")
    path = "relation"


class HeadLeaves(FactsRefused):
    code = "head-leaves"
    message = _("Name another head before %(name)s leaves the household.")
    path = "relation"


class BadIdNumber(FactsRefused):
    code = "bad-id-number"
    message = _("ID number of %(name)s: %(reason)s")
    path = "id_number"


class IdNumberTaken(FactsRefused):
    code = "id-number-taken"
    message = _("The ID number of %(name)s is already in the register.")
    path = "id_number"


class NotYetBorn(FactsRefused):
    code = "date-in-future"
    message = _("The date of birth of %(name)s has not come yet.")
    path = "born"


class CodeTaken(FactsRefused):
    code = "code-taken"
    message = _("The household code %(code)s belongs to another household.")
    path = "code"


class NotAVillage(FactsRefused):
    code = "not-a-village"
    message = _("A household is entered in a village, and %(place)s is none.")
    path = "division"


class NotTheRegistersOffice(Refused):
    code = "not-the-registers-office"
    message = _(
        "The rules are run by the offices whose division contains %(division)s."
    )
