"""A form field for a place in the tree."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from .domain.finding import division_named
from .models import Division


class DivisionField(forms.CharField):
    """Takes a code or a name, gives a ``Division`` among those allowed.

    Set ``among`` (a queryset) before cleaning; the field offers suggestions as a
    person types, and works without them.
    """

    def __init__(self, *, level: str = "", **kwargs):
        kwargs.setdefault("label", _("Division"))
        kwargs.setdefault("help_text", _("Type part of the name, or the code."))
        super().__init__(**kwargs)
        self.among = Division.objects.none()
        self.widget.attrs |= {
            "autocomplete": "off",
            "data-suggest": reverse_lazy("divisions:suggest"),
            "data-suggest-level": level,
        }

    def prepare_value(self, value):
        return f"{value.code} {value.full_name}" if hasattr(value, "code") else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = division_named(text, among=self.among)
        if found is None:
            raise ValidationError(
                _("No single division fits “%(text)s”. Choose one from the list."),
                params={"text": text},
                code="unknown_division",
            )
        return found
