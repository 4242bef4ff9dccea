"""The one family of errors that reaches people."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The domain turns a request down, for a reason its maker can be told.

    Subclasses set ``code`` (stable; tests and logs rely on it) and ``message``
    (translated; people read it), which may name values: ``NotYet(until=day)`` fills
    ``%(until)s``. Anything that is *not* Refused is a bug.
    """

    code = "refused"
    message = _("This cannot be done.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)
