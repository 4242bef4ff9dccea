"""Form fields for what the registers ask everywhere."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, by the browser's own calendar; of things done it may not be to come."""

    def __init__(self, *, may_be_to_come: bool = False, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        kwargs.setdefault(
            "widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        )
        super().__init__(**kwargs)
        self.may_be_to_come = may_be_to_come

    def clean(self, value):
        day = super().clean(value)
        if day and not self.may_be_to_come and day > timezone.localdate():
            raise ValidationError(
                _("This day has not come yet. Enter a day up to today."),
                code="date_in_future",
            )
        return day
