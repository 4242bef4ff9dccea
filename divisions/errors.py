"""What ``divisions`` turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class CodeTaken(Refused):
    code = "code-taken"
    message = _("The code %(code)s is already in use. Choose another.")


class CodeMisplaced(Refused):
    code = "code-misplaced"
    message = _(
        "The code %(code)s does not fit: it needs %(length)s digits and must begin "
        "with the code of an existing division above it."
    )
