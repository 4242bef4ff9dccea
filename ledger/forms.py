"""Forms of the ledger."""

from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import measures

from .fields import DayField
from .words import named, spoken


class StepForm(forms.Form):
    """One step as its taker enters it; which fields it has follows from the step."""

    step = forms.CharField(widget=forms.HiddenInput)
    index = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    outcome = forms.ChoiceField(
        label=pgettext_lazy("step", "Outcome"),
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    on = DayField(label=_("Done on"))
    called = forms.IntegerField(label=_("Called to the meeting"), min_value=1)
    present = forms.IntegerField(label=_("Present"), min_value=0)
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0)
    notice_from = DayField(label=_("Notice from"), may_be_to_come=True)
    notice_to = DayField(label=_("Notice to"), may_be_to_come=True)
    documents = forms.MultipleChoiceField(
        label=_("Papers on file"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    MEETING = ("called", "present", "in_favour")
    NOTICE = ("notice_from", "notice_to")

    def __init__(self, *args, step: measures.Step, index: int, **kwargs):
        fresh = {
            "step": step.code,
            "index": index,
            "key": str(uuid4()),
            "on": timezone.localdate(),
            "outcome": "passed",
        }
        super().__init__(*args, initial=fresh, **kwargs)
        self.declared = step
        self.fields["outcome"].choices = [
            (code, named(code, "outcome")) for code in step.outcomes
        ]
        if not step.meeting:
            self.drop(self.MEETING)
        if step.notice_days:
            self.fields["notice_to"].help_text = _(
                "At least %(days)s days, both ends counted."
            ) % {"days": step.notice_days}
        else:
            self.drop(self.NOTICE)
        self.fields["documents"].choices = [
            (code, named(code, "document")) for code in step.documents
        ]
        if self.data.get("outcome") == "failed":
            self.excuse_failure()

    def drop(self, names) -> None:
        for name in names:
            del self.fields[name]

    def excuse_failure(self) -> None:
        """A step that failed gives no notice; it needs a reason instead."""
        for name in (*self.MEETING, *self.NOTICE):
            if name in self.fields:
                self.fields[name].required = False
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = _(
            "Say why it failed: the household is told."
        )

    @property
    def title(self) -> str:
        return spoken(self.declared.name)

    def as_step(self) -> dict:
        """What ``take_step`` asks for."""
        told = self.cleaned_data
        notice = meeting = None
        if told.get("notice_from") and told.get("notice_to"):
            notice = {
                "from": told["notice_from"].isoformat(),
                "to": told["notice_to"].isoformat(),
            }
        if all(told.get(name) is not None for name in self.MEETING):
            meeting = {name: told[name] for name in self.MEETING}
        return {
            "outcome": told["outcome"],
            "on": told["on"],
            "note": told["note"],
            "key": told["key"],
            "index": told["index"],
            "notice": notice,
            "meeting": meeting,
            "documents": told["documents"],
        }
