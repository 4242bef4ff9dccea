from django import forms
from django.utils.translation import gettext_lazy as _

import measures
from ledger.words import named

from .domain.judging import notice_of
from .enums import Decision

STANDARD = ("INCOME_SRC", "HOUSING", "MEDICAL", "EDU", "WATER", "ROAD", "POWER", "TV")
ITEMS = (*STANDARD, "INCOME")
MET = [("met", _("Met")), ("unmet", _("Not met"))]
# Levels that act on households; the two steps at the end belong to another procedure
# and are there to be left alone.
LEVELS = ("village", "township", "county", "city", "region")
DECOYS = ("notice_in_village", "tell_household")
OUTCOMES = ("passed", "failed")
LONGEST_NOTICE = 60


class MarksForm(forms.Form):
    """The nine items, each met or not, and what follows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for code in ITEMS:
            self.fields[code] = forms.ChoiceField(
                label=named(code, "item"),
                choices=MET,
                widget=forms.RadioSelect(attrs={"class": "choices--row"}),
            )
        self.fields["decision"] = forms.ChoiceField(
            label=_("What follows for the household?"),
            choices=Decision.choices,
            widget=forms.RadioSelect(attrs={"class": "choices--boxed"}),
        )

    @property
    def marks(self) -> dict[str, bool]:
        return {code: self.cleaned_data[code] == "met" for code in ITEMS}


def step_choices() -> list[tuple[str, str]]:
    """Every step of the exit and two of another procedure, in no telling order."""
    steps = {step.code for step in measures.procedure("exit").steps}
    return [(code, named(code, "step")) for code in sorted({*steps, *DECOYS})]


class StepForm(forms.Form):
    """The next step of the exit case, as the learner would take it."""

    step = forms.ChoiceField(label=_("Next step"), widget=forms.RadioSelect)
    level = forms.ChoiceField(label=_("Acting level"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    notice_days = forms.IntegerField(
        label=_("Days of public notice, from this date, both ends counted"),
        help_text=_("Leave empty where the step gives no notice."),
        required=False,
        min_value=1,
        max_value=LONGEST_NOTICE,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        row = {"class": "choices--row"}
        self.fields["step"].choices = step_choices()
        self.fields["level"].choices = [(c, named(c, "level")) for c in LEVELS]
        self.fields["outcome"].choices = [(c, named(c, "outcome")) for c in OUTCOMES]
        for name in ("level", "outcome"):
            self.fields[name].widget.attrs |= row

    @property
    def taken(self) -> dict:
        """The step in the exchange format."""
        given = self.cleaned_data
        return {
            "step": given["step"],
            "level": given["level"],
            "on": given["on"].isoformat(),
            "outcome": given["outcome"],
            "notice": notice_of(given["on"], given["notice_days"]),
        }


class SeedForm(forms.Form):
    """A number that draws a case; left empty, a new one is drawn."""

    seed = forms.IntegerField(
        label=_("Case number"), required=False, min_value=1, max_value=999_999
    )
