"""Why a file is turned down as a whole; a single row's fault is told with the row."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class Unreadable(Refused):
    code = "file-unreadable"
    message = _("The file cannot be taken in: %(reason)s")


class FileTooBig(Refused):
    code = "file-too-big"
    message = _(
        "The file is larger than %(megabytes)s MB. Divide it and take it in by parts."
    )


class TooManyRows(Refused):
    code = "too-many-rows"
    message = _(
        "The file holds more than %(limit)s rows. Divide it and take it in by parts."
    )


class PreviewGone(Refused):
    code = "preview-gone"
    message = _("The preview has expired. Choose the file again.")
