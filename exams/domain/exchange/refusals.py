"""What the exchange turns down as a whole; a single question's fault is its fate's."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class TooManyQuestions(Refused):
    code = "too-many-questions"
    message = _(
        "The file holds more than %(limit)s questions. Divide it and take it in by "
        "parts."
    )


class BankChanged(Refused):
    code = "bank-changed"
    message = _(
        "The bank has changed since the preview was made, and nothing was written. "
        "Look at the new preview and confirm again."
    )


class NothingToWrite(Refused):
    code = "nothing-to-write"
    message = _("There is nothing in this file that the bank does not hold already.")
