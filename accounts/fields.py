"""Values that identify a person: the phone number and the ID number."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import measures

MAINLAND_MOBILE = re.compile(r"1[3-9]\d{9}")
NOISE = re.compile(r"[\s\-()（）]|^\+?86(?=1\d{10})")


def normal_phone(text: str) -> str:
    """Return the eleven digits of a mainland mobile number; ValidationError if none."""
    digits = NOISE.sub("", NOISE.sub("", text.strip()))
    if not MAINLAND_MOBILE.fullmatch(digits):
        raise ValidationError(
            _("Enter a mobile number of 11 digits, for example 139 0000 0000."),
            code="invalid_phone",
        )
    return digits


def checked_id_number(text: str) -> str:
    """Return the ID number in its normal form; ValidationError says what is wrong.

    The rule is GB 11643, and lives in ``measures``.
    """
    try:
        return measures.check_id_number(text.strip()).number
    except measures.BadIdNumber as fault:
        reason = fault.message["en" if get_language() == "en" else "zh"]
        raise ValidationError(
            _("This ID number cannot be right: %(reason)s."),
            params={"reason": reason},
            code="invalid_id_number",
        ) from fault


class PhoneField(forms.CharField):
    """A mainland mobile number, however it is typed."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Phone number"))
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        return normal_phone(value) if value else value


class IdNumberField(forms.CharField):
    """A citizen's ID number, checked by GB 11643 and handed on in its normal form.

    Of one that is too long the check itself says so, in the words of ``measures``.
    """

    widget = forms.TextInput(
        attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": 18}
    )

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("ID number"))
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        return checked_id_number(value) if value else value
