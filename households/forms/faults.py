"""Which faults are asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.words import choices_of


class FaultFilter(forms.Form):
    """By class and severity; ``place`` is the code of a division."""

    fault_class = forms.ChoiceField(
        label=pgettext_lazy("cleaning", "Class"), required=False
    )
    severity = forms.ChoiceField(label=_("How grave"), required=False)
    place = forms.RegexField(
        r"^\d{2,12}$", required=False, widget=forms.HiddenInput, strip=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anything = ("", pgettext_lazy("cleaning", "any"))
        for name in ("fault_class", "severity"):
            self.fields[name].choices = [anything, *choices_of(name)]

    def rules(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("fault_class", "severity")}
