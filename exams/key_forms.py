"""The forms by which a marked paper is looked at again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.workbooks.signs import plain_number

from .bank_forms import WordsField
from .domain.kinds import asking_for
from .domain.regrading import sittings_with
from .enums import Decision, KeyRule, Kind
from .models import Sitting, overseen_codes


class KeyForm(forms.Form):
    """Another key for one version of a question."""

    answer = WordsField(
        label=_("Right answer"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "As the question's author types it: letters for choices (AC), for steps in "
            "their order, or for the right side of each left one; 对 or 错; a number; "
            "accepted answers on lines of their own."
        ),
    )
    tolerance = forms.DecimalField(
        label=_("Tolerance"), min_value=0, max_digits=14, decimal_places=6
    )
    rule = forms.ChoiceField(
        label=_("Those who answered otherwise"),
        choices=KeyRule.choices,
        widget=forms.RadioSelect,
        initial=KeyRule.ONLY,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Candidates read it with the question when results are shown."),
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version
        self.initial["answer"] = asking_for(version.kind).key_retyped(version)
        self.initial["tolerance"] = plain_number(version.tolerance)
        if version.kind != Kind.NUMERIC:
            del self.fields["tolerance"]

    def clean_answer(self):
        asking = asking_for(self.version.kind)
        return asking.key_typed(self.version, self.cleaned_data["answer"])


class RegradeForm(forms.Form):
    """Where a revised key is to be applied to papers marked by another."""

    sitting = forms.ModelChoiceField(
        Sitting.objects.none(),
        label=_("Sitting"),
        required=False,
        empty_label=_("All sittings"),
    )

    def __init__(self, *args, user, version, **kwargs):
        super().__init__(*args, **kwargs)
        among = sittings_with(version).within(*overseen_codes(user))
        self.fields["sitting"].queryset = among.order_by("-opens_at")


class AppealForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it marked wrongly?"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Name the section or the fact that speaks for your answer."),
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Reason of the decision"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The candidate reads it with the result."),
    )
