from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last serial that one office gave out in one year.

    Locked in the transaction that issues, so serials have neither gaps nor twins.
    """

    office_code = models.CharField(_("office code"), max_length=6)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last serial"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(
                fields=["office_code", "year"], name="number_series_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code} {self.year}: {self.last}"
