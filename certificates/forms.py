from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import measures
from core.dates import WITHIN_REACH
from divisions.enums import Level

from .domain.uploading import MEGABYTES
from .enums import Reissue
from .errors import PaperTooBig, PictureTooBig
from .models import Certificate
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


# One with a background as fine as is printed has about half of it.
PAPER_MEGABYTES = 30


class PaperForm(forms.Form):
    """A signed PDF that somebody holds."""

    file = forms.FileField(
        label=_("PDF of the certificate"),
        max_length=200,
        allow_empty_file=True,
        help_text=_("The file as it was handed out. It is read and not kept."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self):
        return not_too_big(
            self.cleaned_data["file"], PaperTooBig, megabytes=PAPER_MEGABYTES
        )


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept for good and shown to the holder."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(RevocationForm):
    """The same for a suspension and for its end."""


class ReissueForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Reason"), choices=Reissue.choices, widget=forms.RadioSelect
    )


def levels() -> list[tuple[str, str]]:
    return [("", _("Every level")), *Level.choices]


def editions() -> list[tuple[str, str]]:
    language = "en" if get_language() == "en" else "zh"
    named = ((each.code, each.name[language]) for each in measures.editions())
    return [("", _("Every edition")), *named]


class ValidityForm(forms.Form):
    """For how many years, for which level and edition, and why."""

    post_level = forms.ChoiceField(
        label=_("Level of the post"), choices=levels, required=False
    )
    edition_code = forms.ChoiceField(
        label=_("Edition of the Measures"), choices=editions, required=False
    )
    years = forms.IntegerField(
        label=_("Years"),
        min_value=1,
        max_value=10,
        required=False,
        help_text=_(
            "Empty: nothing of its own; what holds for more than this applies."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept for good, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PhotoForm(forms.Form):
    """A photo as it comes from a phone or a shop; the middle of it is printed."""

    file = forms.FileField(
        label=_("Photo"),
        max_length=200,
        allow_empty_file=True,
        help_text=_("Head and shoulders, PNG or JPEG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def clean_file(self):
        return not_too_big(self.cleaned_data["file"])


def not_too_big(file, refused=PictureTooBig, *, megabytes=MEGABYTES):
    """Before it is read at all."""
    if file.size > megabytes * 1024 * 1024:
        raise ValidationError(str(refused(megabytes=megabytes)), code=refused.code)
    return file


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("Grounds of the appeal"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AnswerForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("What is decided"),
        choices=[("yes", _("Granted")), ("no", _("Dismissed"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to the holder"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class RefresherTermsForm(forms.Form):
    """What an office decides about a refresher; the operation checks the terms."""

    is_needed = forms.TypedChoiceField(
        label=_("What is decided"),
        choices=[("yes", _("Refresher needed")), ("no", _("No refresher needed"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(
        label=_("To be done by"),
        required=False,
        help_text=_("If one is needed: the last day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=WITHIN_REACH,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is kept for good and shown to the holder."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefresherForm(RefresherTermsForm):
    """Whom the office calls, or of whom it says that none is needed."""

    certificates = forms.ModelMultipleChoiceField(
        Certificate.objects.none(), label=_("People"), required=False
    )
    all_listed = forms.BooleanField(label=_("All that are listed"), required=False)
    field_order = ("certificates", "all_listed")

    def __init__(self, *args, among, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["certificates"].queryset = self.among = among

    def clean(self):
        chosen = self.cleaned_data
        if chosen.pop("all_listed", False):
            chosen["certificates"] = self.among
        elif "certificates" in chosen and not chosen["certificates"]:
            self.add_error("certificates", _("Choose at least one person."))
        return chosen
