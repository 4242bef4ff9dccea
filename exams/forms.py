from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from divisions.forms import DivisionField
from divisions.models import Division

from .models import Blueprint, Release, overseen_codes

LOCAL = "%Y-%m-%dT%H:%M"


class InstantField(forms.DateTimeField):
    """A local date and time, by the browser's own picker."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.input_formats = [LOCAL, f"{LOCAL}:%S"]


class SittingForm(forms.Form):
    """An exam to be held, for a division its maker has an office in."""

    title = forms.CharField(label=pgettext_lazy("sitting", "Title"), max_length=100)
    division = DivisionField(
        label=_("Held for the people of"),
        help_text=_(
            "Everybody at home there or serving there may sit. Type part of the name."
        ),
    )
    blueprint = forms.ModelChoiceField(
        Blueprint.objects.all(), label=_("Blueprint"), empty_label=None
    )
    release = forms.ModelChoiceField(
        Release.objects.all(),
        label=_("Release of the bank"),
        empty_label=None,
        help_text=_("Papers are drawn from it; later edits do not touch them."),
    )
    opens_at = InstantField(label=_("Opens at"))
    closes_at = InstantField(
        label=_("Closes at"), help_text=_("Running attempts end then as well.")
    )
    minutes = forms.IntegerField(
        label=_("Minutes allowed"), min_value=5, max_value=600, initial=60
    )
    pass_percent = forms.IntegerField(
        label=_("Pass mark, per cent"), min_value=1, max_value=100, initial=60
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts allowed"), min_value=1, max_value=10, initial=1
    )
    needs_path = forms.BooleanField(
        label=_("Only those who have completed the learning path may start"),
        required=False,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].among = Division.objects.within(*overseen_codes(user))
