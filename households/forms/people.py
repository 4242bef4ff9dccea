"""People of a household: the head with the household, members on their own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import measures
from accounts.fields import IdNumberField
from core import sealing
from divisions.enums import Level
from divisions.forms import DivisionField
from divisions.models import Division
from households.enums import HEAD, Leaving
from households.errors import NoHead
from households.fields import (
    CodeField,
    CodesField,
    FigureField,
    WordsField,
    YesNoField,
    label,
)
from households.forms.facts import FactsForm
from households.forms.sections import causes_in
from ledger.fields import DayField
from ledger.models import register_codes
from ledger.words import named


class PersonForm(FactsForm):
    """Who somebody is. Day of birth and sex may be left to the ID number."""

    name = forms.CharField(label=label("member.name"), max_length=100)
    id_number = IdNumberField(
        label=label("member.id_number"), required=False, empty_value=None
    )
    sex = CodeField("sex", label=label("member.sex"))
    born = DayField(label=label("member.born"), required=False)
    ethnicity = CodeField("ethnicity", label=label("member.ethnicity"))
    phone = WordsField(label=label("member.phone"), max_length=40)

    def clean(self):
        told = super().clean()
        if number := told.get("id_number"):
            said = measures.check_id_number(number)
            self.agree(told, "born", said.born, said.born.isoformat())
            self.agree(told, "sex", said.sex, named(said.sex, "sex"))
        return told

    def agree(self, told, name, said, shown) -> None:
        """Fill an empty field from the ID number; one that differs is a mistake."""
        if told.get(name) is None:
            told[name] = said
        elif told[name] != said:
            self.add_error(name, _("The ID number says: %(said)s.") % {"said": shown})

    def person(self) -> dict:
        """The person in the exchange format."""
        told = self.cleaned_data
        born = told.get("born")
        return {**told, "born": born and born.isoformat()}


class AddForm(PersonForm):
    """A new household begins with its place and its head."""

    village = DivisionField(
        label=pgettext_lazy("household", "Village"), level=Level.VILLAGE
    )
    address = WordsField(label=_("Address"), max_length=200)
    attribute = CodeField("attribute", label=label("attribute"))
    chief_cause = CodeField("cause", label=_("Chief cause of poverty"))
    causes = CodesField("cause", label=_("Other causes"))
    identified_on = DayField(
        label=label("identified_on"),
        required=False,
        help_text=_("Leave empty for a household that has only applied."),
    )

    PERSON = ("name", "id_number", "sex", "born", "ethnicity", "phone")
    field_order = ("village", "address", *PERSON)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, facts={}, **kwargs)
        own = Division.objects.within(*register_codes(user)).at_level(Level.VILLAGE)
        self.fields["village"].among = own
        if not self.is_bound and len(mine := list(own[:2])) == 1:
            self.initial["village"] = mine[0]
        self.fields["name"].label = _("Name of the head")
        self.fields["name"].error_messages["required"] = NoHead.message

    def household(self) -> dict:
        """The household with its head in the exchange format."""
        told, person = self.cleaned_data, self.person()
        identified = told["identified_on"]
        return {
            "attribute": told["attribute"],
            "causes": causes_in(told),
            "identified_on": identified and identified.isoformat(),
            "identified_in": identified and identified.year,
            "members": [
                {"relation": HEAD, **{name: person[name] for name in self.PERSON}}
            ],
        }


class MemberForm(PersonForm):
    """A row of the members' table."""

    relation = CodeField(
        "relation", label=label("member.relation"), required=True, empty=_("choose")
    )
    disability_certificate = WordsField(
        label=label("member.disability_certificate"), max_length=40
    )
    education = CodeField("education", label=label("member.education"))
    schooling = CodeField(
        "schooling", label=label("member.schooling"), empty=_("not at school")
    )
    health = CodesField("health", label=label("member.health"))
    labour = CodeField("labour", label=label("member.labour"))
    work_months = FigureField(label=label("member.work_months"))
    work_place = CodeField("work_place", label=label("member.work_place"))
    medical_insurance = CodeField(
        "medical_insurance", label=label("member.medical_insurance")
    )
    critical_illness_insurance = YesNoField(
        label=label("member.critical_illness_insurance")
    )
    pension = CodeField("pension", label=label("member.pension"))
    low_income_class = CodeField(
        "low_income_class",
        label=label("member.low_income_class"),
        empty=_("no allowance"),
    )

    SEALED = ("id_number", "disability_certificate")
    field_order = ("name", "relation", "id_number", "sex", "born", "ethnicity", "phone")

    def __init__(self, *args, facts, **kwargs):
        shown = {key: value for key, value in facts.items() if key not in self.SEALED}
        super().__init__(*args, facts=shown, **kwargs)
        for name in self.SEALED:
            if number := facts.get(name):
                self.fields[name].help_text = _(
                    "Kept: %(number)s. Leave empty to keep it."
                ) % {"number": sealing.masked(number)}

    def person(self) -> dict:
        """The person; a sealed number left empty stays what it was."""
        told = super().person()
        kept = [name for name in self.SEALED if told.get(name) is None]
        return {name: value for name, value in told.items() if name not in kept}


class LeavingForm(forms.Form):
    """A member leaves the household, with day and reason."""

    because = forms.ChoiceField(label=_("Reason"), choices=Leaving.choices)
    on = DayField(label=_("Left on"))
    new_head = forms.ModelChoiceField(label=_("New head"), queryset=None)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        if member.is_head:
            others = member.household.members.present().exclude(pk=member.pk)
            self.fields["new_head"].queryset = others
        else:
            del self.fields["new_head"]
