"""Starting a case about a household."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import measures
from ledger.fields import DayField


class StartForm(forms.Form):
    """Which procedure, and by what was known on which day."""

    procedure = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=lambda: [
            (each.code, each.code)
            for each in measures.procedures()
            if each.subject == "household"
        ],
    )
    on = DayField(label=_("Judged on"))

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class JudgeForm(forms.Form):
    """The day by whose rules the card is judged."""

    on = DayField(label=_("Judged on"), required=False)
