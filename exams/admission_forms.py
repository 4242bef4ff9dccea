"""The forms that fill the list of a sitting."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.workbooks.refusals import FileTooBig
from divisions.forms import DivisionField
from divisions.models import Division

from .domain.naming import MEGABYTES
from .models import overseen_codes

ROSTER = "roster"


class RoleForm(forms.Form):
    """Everybody of a division who holds a role there, or a post by its roster."""

    division = DivisionField(label=_("Division"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[*Role.choices, (ROSTER, _("Holds a post by the roster"))],
        initial=Role.INFORMANT,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].among = Division.objects.within(*overseen_codes(user))


class NamesForm(forms.Form):
    """People by their numbers, pasted or in a workbook."""

    names = forms.CharField(
        label=_("Phone or ID numbers"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One on each line, or apart by spaces or commas."),
    )
    file = forms.FileField(
        label=_("Or a workbook that lists them"),
        required=False,
        max_length=200,
        help_text=_(
            "Excel (.xlsx), at most 10 MB and 20,000 rows; in each row the first phone "
            "or ID number counts. Columns headed 考点 and 座位 say where each person "
            "sits."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MEGABYTES * 1024 * 1024:
            raise ValidationError(str(FileTooBig(megabytes=MEGABYTES)))
        return file

    def clean(self):
        said = super().clean()
        if not self.errors and not said["names"].strip() and not said["file"]:
            raise ValidationError(_("Paste numbers, or choose a workbook."))
        return said


class TicketForm(forms.Form):
    code = forms.CharField(
        label=_("Ticket code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("Six letters and digits, on the ticket that your office gave you."),
    )
