from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .numbering import is_sound, normal_number


class VerificationForm(forms.Form):
    """What stands on the paper: the number and the code beside the QR code."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=40,
        help_text=_("At the top right, for example 451026 2026 00001 B."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}
        ),
    )
    code = forms.CharField(
        label=_("Verification code"),
        max_length=20,
        help_text=_("The ten letters and figures beside the QR code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self):
        number = normal_number(self.cleaned_data["number"])
        if not is_sound(number):
            raise ValidationError(
                _("This number has a mistake in it. Compare it with the paper."),
                code="unsound_number",
            )
        return number

    def clean_code(self):
        return normal_number(self.cleaned_data["code"])


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept for good and shown to the holder."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
