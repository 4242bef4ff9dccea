"""Forms for signing a release and for taking a question out of use."""

from django import forms
from django.utils.translation import gettext_lazy as _

import measures

from .models import Item

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
