from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ledger.enums import Kind
from ledger.subjects import show_at


class HouseholdsConfig(AppConfig):
    name = "households"
    verbose_name = _("Households")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import receivers  # noqa: F401, PLC0415 — models must be loaded first

        show_at(Kind.HOUSEHOLD, "households:detail")
