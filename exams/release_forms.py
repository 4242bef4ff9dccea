"""Forms for signing a release, and for what a question may not be in."""

from django import forms
from django.utils.translation import gettext_lazy as _

import measures

from .models import Exclusion, Item

LONGEST_REASON = Item._meta.get_field("retired_because").max_length


def edition_choices():
    return [(each.code, each.code) for each in measures.editions()]


class ReleaseForm(forms.Form):
    """Signing: of which edition, and that what is left out was read."""

    edition = forms.ChoiceField(choices=edition_choices, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("I have read what is left out."),
        error_messages={"required": _("Confirm that you have read what is left out.")},
    )

    def __init__(self, *args, contents, **kwargs):
        facts = {"edition": contents.edition, "seen": contents.mark}
        super().__init__(*args, initial=facts, **kwargs)
        if not contents.left_out:
            del self.fields["agreed"]


class RetireForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say why.")},
    )


class ExclusionForm(forms.Form):
    """Another question that never stands in one paper with this one."""

    other = forms.ModelChoiceField(
        Item.objects.all(),
        to_field_name="code",
        widget=forms.TextInput,
        label=_("Code of the other question"),
        error_messages={
            "required": _("Name the other question by its code."),
            "invalid_choice": _("There is no question of this code."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=Exclusion._meta.get_field("reason").max_length,
        error_messages={"required": _("Say why.")},
    )
