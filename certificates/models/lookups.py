from django.db import models
from django.utils.translation import gettext_lazy as _


class LookupCount(models.Model):
    """How often strangers asked on a day, by what they were told; nobody's name,
    number or address. Several rows share a day, so that many may count at once."""

    day = models.DateField(_("day"))
    outcome = models.CharField(_("outcome"), max_length=12)
    shard = models.PositiveSmallIntegerField()
    count = models.PositiveBigIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("look-ups")
        verbose_name_plural = _("look-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "outcome", "shard"],
                name="lookups_counted_in_one_row_per_shard",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}: {self.count}"
