from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from .certificates import Certificate


def private_files() -> Storage:
    """Named, so that migrations point at the setting and not at a folder."""
    return storages["private"]


class Paper(models.Model):
    """The PDF of a certificate: made once, kept, and recognisable by its hash.

    Born in ``print_certificate``.
    """

    certificate = models.OneToOneField(
        Certificate, models.PROTECT, related_name="paper"
    )
    file = models.FileField(storage=private_files, upload_to="certificates/%Y")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return self.file.name
