"""The forms that fill the list of a sitting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from divisions.forms import DivisionField
from divisions.models import Division

from .models import overseen_codes


class RoleForm(forms.Form):
    """Everybody of a division who holds a role there."""

    division = DivisionField(label=_("Division"))
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, initial=Role.INFORMANT
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].among = Division.objects.within(*overseen_codes(user))


class NamesForm(forms.Form):
    """People by their numbers, pasted."""

    names = forms.CharField(
        label=_("Phone or ID numbers"),
        max_length=60_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One on each line, or apart by spaces or commas."),
    )


class TicketForm(forms.Form):
    code = forms.CharField(
        label=_("Ticket code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("Six letters and digits, on the ticket that your office gave you."),
    )
