"""The forms of standard setting."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Grant, User
from divisions.forms import DivisionField
from divisions.models import Division

from .models import OVERSEERS, Blueprint, Release, Sitting, overseen_codes


class PanelForm(forms.Form):
    """A panel to be convened; its judges follow exams in the same divisions."""

    title = forms.CharField(label=_("Title"), max_length=100)
    division = DivisionField(label=_("Division"))
    blueprint = forms.ModelChoiceField(
        Blueprint.objects.all(), label=_("Blueprint"), empty_label=None
    )
    release = forms.ModelChoiceField(
        Release.objects.all(), label=_("Release of the bank"), empty_label=None
    )
    judges = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Judges"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Trainers and officers who follow exams. Two or more."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        codes = overseen_codes(user)
        self.fields["division"].among = Division.objects.within(*codes)
        grants = Grant.objects.within(*codes).filter(role__in=OVERSEERS)
        people = grants.current(timezone.localdate()).values("user")
        self.fields["judges"].queryset = User.objects.filter(pk__in=people)
        self.fields["judges"].label_from_instance = lambda person: person.real_name


class ClosingForm(forms.Form):
    """The pass mark that a panel sets."""

    cut_percent = forms.IntegerField(
        label=_("Pass mark, per cent"), min_value=1, max_value=100
    )
    reasons = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class GroundForm(forms.Form):
    """Which of the reader's sittings has the pass mark that the panel set."""

    sitting = forms.ModelChoiceField(
        Sitting.objects.none(), label=_("Sitting"), empty_label=None
    )

    unjudged = forms.CharField(
        label=_("Questions the panel did not judge"),
        required=False,
        max_length=4000,
        help_text=_(
            "Only where the sitting draws on another release: their codes, apart by "
            "spaces. They stay on record."
        ),
    )

    def clean_unjudged(self):
        return self.cleaned_data["unjudged"].replace("、", " ").split()

    def __init__(self, *args, user, panel, **kwargs):
        super().__init__(*args, **kwargs)
        held = Sitting.objects.within(*overseen_codes(user))
        self.fields["sitting"].queryset = held.filter(
            pass_mark_ground=None,
            blueprint=panel.blueprint_id,
            pass_percent=panel.cut_percent,
        )
