"""The column that places a row in the tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DivisionCodeField(models.CharField):
    """A division's code carried on another row.

    Only fields of this type follow when a division is given a new code
    (``domain/recoding.py``), so every such column must be one.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", _("division code"))
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("db_index", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        # Django leaves out what it takes for the usual: no index.
        return name, path, args, kwargs | {"db_index": self.db_index}
