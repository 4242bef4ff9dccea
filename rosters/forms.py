from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .enums import Leaving


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayForm(forms.Form):
    """The day that a page is about; today unless the address says otherwise."""

    on = forms.DateField(label=_("As of"), widget=DayInput)

    def __init__(self, query):
        today = timezone.localdate()
        super().__init__({"on": query.get("on") or today.isoformat()})
        self.day = self.cleaned_data["on"] if self.is_valid() else today


class AssignmentForm(forms.Form):
    since = forms.DateField(label=_("In post from"), widget=DayInput)


class LeavingForm(forms.Form):
    until = forms.DateField(
        label=_("In post until"),
        widget=DayInput,
        initial=timezone.localdate,
        help_text=_("The first day on which the post is no longer held."),
    )
    leaving = forms.ChoiceField(
        label=_("Reason"), choices=Leaving.choices, widget=forms.RadioSelect
    )


class SelectionForm(forms.Form):
    """Which people, from when, and on what basis."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("People"),
        error_messages={"required": _("Choose at least one person.")},
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        help_text=_("The decision or document by which they are chosen."),
    )
    on = forms.DateField(
        label=_("Chosen on"), widget=DayInput, initial=timezone.localdate
    )

    def __init__(self, *args, among, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = among

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day
