from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from divisions.forms import DivisionField
from divisions.models import Division

from .domain.timing import LONGEST_EXTENSION, LONGEST_NOTICE, SHORTEST_NOTICE
from .enums import Admits, Held, KeysShown, ResultsShown
from .models import Blueprint, Panel, Release, overseen_codes

LOCAL = "%Y-%m-%dT%H:%M"


class InstantField(forms.DateTimeField):
    """A local date and time, by the browser's own picker."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.input_formats = [LOCAL, f"{LOCAL}:%S"]


class SittingForm(forms.Form):
    """An exam to be held, for a division its maker has an office in."""

    title = forms.CharField(label=pgettext_lazy("sitting", "Title"), max_length=100)
    division = DivisionField(
        label=_("Held for the people of"),
        help_text=_(
            "Everybody at home there or serving there may sit. Type part of the name."
        ),
    )
    blueprint = forms.ModelChoiceField(
        Blueprint.objects.all(), label=_("Blueprint"), empty_label=None
    )
    release = forms.ModelChoiceField(
        Release.objects.all(),
        label=_("Release of the bank"),
        empty_label=None,
        help_text=_("Papers are drawn from it; later edits do not touch them."),
    )
    opens_at = InstantField(label=_("Opens at"))
    closes_at = InstantField(
        label=_("Closes at"), help_text=_("Running attempts end then as well.")
    )
    minutes = forms.IntegerField(
        label=_("Minutes allowed"), min_value=5, max_value=600, initial=60
    )
    panel = forms.ModelChoiceField(
        Panel.objects.none(),
        label=_("Panel that set the pass mark"),
        required=False,
        empty_label=pgettext_lazy("panel", "none"),
        help_text=_(
            "One that judged this blueprint and this release. Its pass mark and its "
            "reasons hold then, whatever stands below."
        ),
    )
    pass_percent = forms.IntegerField(
        label=_("Pass mark, per cent"),
        min_value=1,
        max_value=100,
        initial=60,
        required=False,
    )
    pass_mark_reasons = forms.CharField(
        label=_("Reasons of the pass mark"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Not needed where a panel is chosen. Why it is there: a rule or a decision "
            "of your office. A panel of judges can also be named under Standard "
            "setting before anybody starts."
        ),
        error_messages={
            "required": _("Give the reasons, or choose the panel that set it.")
        },
    )
    pass_mark_reasons.is_conditional = True
    attempts_allowed = forms.IntegerField(
        label=_("Attempts allowed"), min_value=1, max_value=10, initial=1
    )
    cooldown_hours = forms.IntegerField(
        label=_("Hours between two attempts"),
        min_value=0,
        max_value=720,
        initial=0,
        required=False,
    )
    keys_shown = forms.ChoiceField(
        label=_("Right answers shown"),
        choices=KeysShown.choices,
        initial=KeysShown.AFTER_CLOSE,
        required=False,
        help_text=_("Never before the score."),
    )
    results_shown = forms.ChoiceField(
        label=_("Results shown"),
        choices=ResultsShown.choices,
        initial=ResultsShown.AT_ONCE,
        required=False,
        help_text=_("Certificates are issued then as well."),
    )
    held = forms.ChoiceField(
        label=pgettext_lazy("sitting", "How it is held"),
        choices=Held.choices,
        initial=Held.ONLINE,
        required=False,
    )
    place = forms.CharField(
        label=_("Place of the exam"),
        max_length=100,
        required=False,
        help_text=_(
            "Only if it is held at a place. A list may name another for each person."
        ),
    )
    admits = forms.ChoiceField(
        label=_("Who may sit"),
        choices=Admits.choices,
        initial=Admits.DIVISION,
        required=False,
        help_text=_("The list is filled after the sitting is announced."),
    )
    asks_code = forms.BooleanField(
        label=_("The code of the ticket is asked at the start"), required=False
    )
    refresher = forms.BooleanField(
        label=_("Another attempt only after reading again what went wrong"),
        required=False,
    )
    needs_path = forms.BooleanField(
        label=_("Only those who have completed the learning path may start"),
        required=False,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].among = Division.objects.within(*overseen_codes(user))
        closed = Panel.objects.visible_to(user).exclude(closed_at=None)
        panel = self.fields["panel"]
        panel.queryset = closed.select_related("blueprint", "release")
        panel.label_from_instance = panel_words

    def clean(self):
        """The pass mark is the panel's, or is said here with its reasons."""
        said = super().clean()
        if panel := said.get("panel"):
            if not judged(panel, said.get("blueprint"), said.get("release")):
                words = _("This panel judged another blueprint or another release.")
                self.add_error("panel", words)
            return said
        for name in {"pass_percent", "pass_mark_reasons"} - self.errors.keys():
            if not said.get(name):
                field = self.fields[name]
                self.add_error(name, field.error_messages["required"])
        return said

    def clean_cooldown_hours(self):
        return self.cleaned_data["cooldown_hours"] or 0

    def clean_held(self):
        return self.cleaned_data["held"] or Held.ONLINE

    def clean_place(self):
        """What was typed before *online* was chosen says nothing."""
        at_place = self.cleaned_data.get("held") == Held.AT_PLACE
        return self.cleaned_data["place"] if at_place else ""

    def clean_admits(self):
        return self.cleaned_data["admits"] or Admits.DIVISION

    def clean_results_shown(self):
        return self.cleaned_data["results_shown"] or ResultsShown.AT_ONCE

    def clean_keys_shown(self):
        return self.cleaned_data["keys_shown"] or KeysShown.AFTER_CLOSE


def panel_words(panel: Panel) -> str:
    return (
        f"{panel.title} · {panel.blueprint} · {panel.release} · {panel.cut_percent} %"
    )


def judged(panel: Panel, blueprint: Blueprint, release: Release) -> bool:
    return (panel.blueprint, panel.release) == (blueprint, release)


class ActForm(forms.Form):
    """An overseer's act on a running sitting; sent twice, it is done once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid4


class PlacedActForm(ActForm):
    """An act for the people of a division its maker has an office in."""

    division = DivisionField(label=_("For the people of"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].among = Division.objects.within(*overseen_codes(user))


class ExtensionForm(PlacedActForm):
    minutes = forms.IntegerField(
        label=_("More minutes"), min_value=1, max_value=LONGEST_EXTENSION, initial=15
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stays on record; candidates do not read it."),
    )


class ClosingForm(ActForm):
    notice = forms.IntegerField(
        label=_("Minutes until the end"),
        min_value=SHORTEST_NOTICE,
        max_value=LONGEST_NOTICE,
        initial=5,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stays on record; candidates do not read it."),
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stays on record, and those who were to sit read it."),
    )


class MessageForm(PlacedActForm):
    words = forms.CharField(
        label=_("Message"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It appears in the exam room within a minute."),
    )


class NoteForm(PlacedActForm):
    words = forms.CharField(
        label=_("What happened"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who oversee the sitting read it."),
    )


class CandidateNoteForm(ActForm):
    words = NoteForm.base_fields["words"]


class ExtraTimeForm(forms.Form):
    phone = forms.CharField(label=_("Phone number of the person"), max_length=20)
    percent = forms.IntegerField(
        label=_("Extra time, per cent"), min_value=1, max_value=200, initial=25
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class AnswersFileForm(forms.Form):
    file = forms.FileField(
        label=_("File of answers"),
        help_text=_("Its name ends in .answers.json; the exam room saves it."),
    )


class LateDecisionForm(forms.Form):
    """``upto`` says what the office has seen: later arrivals wait."""

    upto = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    accept = forms.TypedChoiceField(
        label=pgettext_lazy("late answers", "Decision"),
        choices=[
            ("yes", _("Accept: count them as if they had come in time")),
            ("no", _("Decline: what stands stays")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda word: word == "yes",
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays on record, and the candidate reads it."),
    )


class ScriptMarkForm(forms.Form):
    """What one marker gives for one short answer."""

    points = forms.DecimalField(min_value=0, max_digits=7, decimal_places=2)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args, most, **kwargs):
        super().__init__(*args, **kwargs)
        points = self.fields["points"]
        points.label = _("Points, of %(most)s") % {"most": most}
        points.widget.attrs["max"] = most
