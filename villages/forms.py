from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.fields import DayField


class ProfileForm(forms.Form):
    """A village counted on a day."""

    on = DayField(label=_("Counted on"))
    households = forms.IntegerField(label=_("Households of the village"), min_value=1)
    population = forms.IntegerField(
        label=_("Population of the village"),
        min_value=1,
        help_text=_("Everybody registered in the village, poor or not."),
    )
