"""The form for a year's line."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExitLineForm(forms.Form):
    """What per-capita net income must exceed in a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2016, max_value=2100)
    amount = forms.DecimalField(
        label=_("Yuan a head"), min_value=1, max_value=1_000_000, decimal_places=2
    )
    source = forms.CharField(
        label=_("Document that sets it"),
        max_length=200,
        help_text=_("Its name and number; it is shown wherever the line decides."),
    )
