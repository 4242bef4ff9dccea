from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from divisions.forms import DivisionField
from divisions.models import Division

from .enums import Role
from .fields import IdNumberField, PhoneField


class SignInForm(LoginForm):
    """allauth's form, its first field called by what people type there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Phone number or e-mail")


class PersonForm(forms.Form):
    """A new account, made by an office for somebody in its division."""

    real_name = forms.CharField(label=_("Real name"), max_length=60)
    id_number = IdNumberField()
    phone = PhoneField(
        help_text=_("The person signs in with it; the first time by one-time code.")
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    home = DivisionField(label=_("Home division"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home"].among = Division.objects.visible_to(user)


class GrantForm(forms.Form):
    """A role in a division, among those the granting person may give."""

    role = forms.ChoiceField(label=_("Role"))
    division = DivisionField(label=_("In"))
    basis = forms.CharField(
        label=_("Document number"),
        max_length=200,
        required=False,
        help_text=_("Of an informant: the letter by which the person is nominated."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        every = user.holds(Role.ADMINISTRATOR)
        self.fields["role"].choices = (
            Role.choices if every else [(Role.INFORMANT, Role.INFORMANT.label)]
        )
        self.fields["division"].among = Division.objects.visible_to(user)


class TokenForm(forms.Form):
    """A key for one program; it opens one division."""

    name = forms.CharField(
        label=pgettext_lazy("token", "Name"),
        max_length=60,
        help_text=_("The program that will use it, for example the monthly report."),
    )
    division = DivisionField(label=_("Division"))

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].among = Division.objects.within(*codes)
