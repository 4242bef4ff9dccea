"""The forms by which a marked paper is looked at again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .domain.draft_refusals import CannotBeKept
from .domain.regrading import sittings_with
from .domain.writing.keys import key_gathered, key_laid_out, key_posted
from .enums import Decision, KeyRule
from .models import Sitting, overseen_codes


class KeyWidget(forms.Widget):
    """The fields of a key by the kind of its question, all in one group."""

    template_name = "exams/keying/fields.html"
    use_fieldset = True

    def __init__(self, version):
        super().__init__()
        self.version = version

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"laid": value}

    def value_from_datadict(self, data, files, name):
        return key_posted(self.version, data.getlist, f"{name}-")


class KeyField(forms.Field):
    """The key as it stands in its fields."""

    def __init__(self, version, **kwargs):
        super().__init__(widget=KeyWidget(version), **kwargs)
        self.version = version
        self.initial = key_laid_out(version, "key-")

    def clean(self, value):
        try:
            return key_gathered(self.version, value)
        except CannotBeKept as refusal:
            raise forms.ValidationError(str(refusal)) from None


class KeyForm(forms.Form):
    """Another key for one version of a question."""

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
        self.fields["key"] = KeyField(version, label=_("Right answer"))
        self.order_fields(["key"])

    @property
    def facts(self):
        """What ``revise_key`` asks for."""
        said = self.cleaned_data
        key = {"answer": said["key"].answer, "tolerance": said["key"].tolerance}
        return key | {"rule": said["rule"], "reason": said["reason"]}


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
