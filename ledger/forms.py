"""Forms of the ledger."""

from datetime import date, timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import measures

from .fields import DayField
from .words import choices_of, named, spoken


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

    def __init__(
        self,
        *args,
        step: measures.Step,
        index: int,
        may_pass: bool = True,
        **kwargs,
    ):
        fresh = {
            "step": step.code,
            "index": index,
            "key": str(uuid4()),
            "on": timezone.localdate(),
            "outcome": "passed" if may_pass else "failed",
        }
        super().__init__(*args, initial=fresh, **kwargs)
        self.declared = step
        self.fields["outcome"].choices = [
            (code, named(code, "outcome"))
            for code in step.outcomes
            if may_pass or code == "failed"
        ]
        if not (step.meeting and may_pass):
            self.drop(self.MEETING)
        if step.notice_days and may_pass:
            self.fields["on"].help_text = _("After the last day of the notice.")
        self.fields["documents"].choices = [
            (code, named(code, "document")) for code in step.documents
        ]
        if not may_pass or self.data.get("outcome") == "failed":
            self.excuse_failure()

    def drop(self, names) -> None:
        for name in names:
            del self.fields[name]

    def excuse_failure(self) -> None:
        """A step that failed needs no meeting; it needs a reason instead."""
        for name in self.MEETING:
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
        meeting = None
        if all(told.get(name) is not None for name in self.MEETING):
            meeting = {name: told[name] for name in self.MEETING}
        return {
            "outcome": told["outcome"],
            "on": told["on"],
            "note": told["note"],
            "key": told["key"],
            "index": told["index"],
            "meeting": meeting,
            "documents": told["documents"],
        }


class PublishForm(forms.Form):
    """The public notice of a step; given anew it says why."""

    step = forms.CharField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    on = DayField(label=_("Reviewed on"))
    since = DayField(label=_("Notice from"), may_be_to_come=True)
    until = DayField(label=_("Notice to"), may_be_to_come=True)
    note = forms.CharField(
        label=_("Why notice is given anew"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, step: measures.Step, anew: bool, on: date, **kwargs):
        last = on + timedelta(days=max(step.notice_days - 1, 0))
        fresh = {
            "step": step.code,
            "key": str(uuid4()),
            "on": on,
            "since": on,
            "until": last,
        }
        super().__init__(*args, initial=fresh, auto_id="notice_%s", **kwargs)
        self.fields["until"].help_text = _(
            "At least %(days)s days, both ends counted."
        ) % {"days": step.notice_days}
        if not anew:
            del self.fields["note"]


class ObjectionForm(forms.Form):
    """An objection as the office or the informant takes it down."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    objector = forms.CharField(
        label=_("Who objects"),
        max_length=100,
        help_text=_("Name, and how to reach the person; need not be in a register."),
    )
    on = DayField(label=_("Raised on"))
    reason = forms.CharField(
        label=_("What is objected"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, on: date, **kwargs):
        fresh = {"key": str(uuid4()), "on": on}
        super().__init__(*args, initial=fresh, auto_id="objection_%s", **kwargs)


class SettleForm(forms.Form):
    """What the review of one objection found."""

    outcome = forms.ChoiceField(
        label=_("Finding of the review"),
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    on = DayField(label=_("Settled on"))
    reason = forms.CharField(
        label=_("What the review found"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, objection, on: date, **kwargs):
        super().__init__(
            *args, initial={"on": on}, auto_id=f"review{objection.pk}_%s", **kwargs
        )
        self.objection = objection
        self.fields["outcome"].choices = choices_of("review_outcome")
