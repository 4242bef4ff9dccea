"""The form that writes a template in Wagtail's admin."""

from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from core.errors import Refused
from divisions.models import Division

from .domain.designing import check_printable, check_words, issuing_divisions
from .domain.uploading import checked_picture, keep_picture
from .domain.wording import STANDARD, known_fields
from .forms import not_too_big
from .permissions import designed_codes

FOLDER = "templates"
PICTURES = ("background", "seal")
# The longer side of A4 at 300 dots an inch: every paper carries its picture with it.
SHEET_DOTS = 3508
# A seal goes with every page that shows a certificate, to telephones too.
SEAL_DOTS = 800


class PictureInput(forms.ClearableFileInput):
    """Without a link to what is kept: private files have no address."""

    template_name = "certificates/picture_input.html"

    def is_initial(self, value):
        return bool(value)


class PictureField(forms.FileField):
    """Takes a file, gives what may be kept of it."""

    widget = PictureInput

    def __init__(
        self, *, may_be_drawn: bool = True, drawn_within: int | None = None, **kwargs
    ):
        self.may_be_drawn, self.drawn_within = may_be_drawn, drawn_within
        accept = "image/png,image/jpeg" + (",image/svg+xml" if may_be_drawn else "")
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = accept

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        # Nothing new, or a tick at "clear".
        if not file or file is initial:
            return file
        not_too_big(file)
        try:
            return checked_picture(
                file.read(),
                may_be_drawn=self.may_be_drawn,
                drawn_within=self.drawn_within,
            )
        except Refused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class IssuingDivisionField(forms.ModelChoiceField):
    def label_from_instance(self, division):
        return f"{division.code} {division.full_name}"


class CertificateTemplateForm(WagtailAdminModelForm):
    """What is wrong with words and pictures is said before anything is kept."""

    division = IssuingDivisionField(
        Division.objects.none(),
        label=_("For what is issued in"),
        help_text=_("The region, a city or a county, with everything below it."),
    )
    background = PictureField(
        drawn_within=SHEET_DOTS,
        label=_("Background picture"),
        required=False,
        help_text=_(
            "The whole sheet of A4, in place of border and ground: PNG, JPEG or SVG, "
            "at most 5 MB. The preview shows it once the draft is saved."
        ),
    )
    seal = PictureField(
        drawn_within=SEAL_DOTS,
        label=_("Seal picture"),
        required=False,
        help_text=_(
            "Square, with a clear ground; without one the platform draws a "
            "demonstration seal with the office's name. The preview shows it once the "
            "draft is saved."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        among = issuing_divisions(*designed_codes(self.for_user))
        self.fields["division"].queryset = among
        if self.instance._state.adding:
            self.begin_with(among)
        self.fields["body"].help_text = lazy(fields_help, str)()

    def begin_with(self, among):
        """A new one holds from today, where its office issues alone, and says what the
        paper of all says."""
        self.initial["body"] = self.instance.body or STANDARD
        self.initial["holds_from"] = timezone.localdate()
        if len(some := among[:2]) == 1:
            self.initial["division"] = some[0].pk

    def clean(self):
        values = super().clean()
        names = ("title", "body", "signature", "orientation", "has_photo")
        if all(name in values for name in names):
            with self.told_at("title"):
                check_printable(values["title"])
            with self.told_at("signature"):
                check_printable(values["signature"])
        if all(name in self.cleaned_data for name in names):
            with self.told_at("body"):
                check_words(**{name: values[name] for name in names})
        return values

    @contextmanager
    def told_at(self, name: str):
        """Say a refusal at the field it is about."""
        try:
            yield
        except Refused as refusal:
            self.add_error(name, ValidationError(str(refusal), refusal.code))

    def _post_clean(self):
        """Pictures are looked at but kept only when the form is saved."""
        self.pictures = {
            name: self.cleaned_data.pop(name)
            for name in PICTURES
            if name in self.cleaned_data
        }
        super()._post_clean()
        if division := self.cleaned_data.get("division"):
            self.instance.division_code = division.code

    def save(self, commit=True):
        for name, picture in self.pictures.items():
            if picture is False:
                setattr(self.instance, name, "")
            elif isinstance(picture, tuple):
                setattr(self.instance, name, keep_picture(picture, folder=FOLDER))
        return super().save(commit=commit)


def fields_help() -> str:
    return _(
        "One paragraph on each line. These fields are filled in: %(known)s. Words in "
        "（…） with a field that says nothing are left out."
    ) % {"known": known_fields()}
