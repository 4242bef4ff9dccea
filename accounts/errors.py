"""What ``accounts`` turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class PhoneTaken(Refused):
    code = "phone-taken"
    message = _("Somebody already signs in with this phone number.")


class IdNumberTaken(Refused):
    code = "id-number-taken"
    message = _("This ID number already belongs to an account.")


class WrongLevelForRole(Refused):
    code = "wrong-level-for-role"
    message = _("The role %(role)s cannot be held in %(division)s: wrong level.")


class NotYours(Refused):
    code = "not-yours"
    message = _("Only an office or administrator whose division contains it may.")


class TokenNameTaken(Refused):
    code = "token-name-taken"
    message = _("A key named %(name)s stands there already. Choose another name.")
