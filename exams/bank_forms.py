"""The form in which an author writes a draft of a question."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

import measures
from core.workbooks.signs import clean, plain_number

from .domain.drafting import TYPED
from .domain.revising import LONGEST_TEXT
from .enums import Attested, Kind, Subject
from .models import ItemDraft


def editions() -> list[tuple[str, str]]:
    language = "en" if get_language() == "en" else "zh"
    return [
        (edition.code, getattr(edition.name, language))
        for edition in measures.editions()
    ]


LONGEST_NUMBER = 18


def number_in(text: str) -> int | None:
    """The number that an address or a button carries; None for what is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


class WordsField(forms.CharField):
    """A text with one kind of line end, as files give it; browsers send another."""

    def to_python(self, value):
        return clean(super().to_python(value))


class LinesField(forms.CharField):
    """Several short texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value):
        return [
            line.strip() for line in super().clean(value).splitlines() if line.strip()
        ]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class DraftForm(WagtailAdminModelForm):
    """One question as its author writes it, which may be incomplete.

    It only reads what was typed; ``said`` is for the domain to keep.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    # The version and the key that the words of a new draft were read from.
    seen_base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_key = forms.IntegerField(widget=forms.HiddenInput, required=False)

    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    kind = forms.ChoiceField(label=_("Kind of question"), choices=Kind.choices)
    stem = WordsField(
        label=_("Question"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )
    options = LinesField(
        label=_("Options"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_(
            "One on each line, from A on. For putting in order: the steps in their "
            "right order. For finding pairs: left = right; a line = right belongs to "
            "no left side. For a case: “? single words” begins a question (judge, "
            "single, multiple, numeric, blank, ordering); below it * right option, "
            "- other option or step, = accepted answer. For a ledger task: the number "
            "of the simulated household. Leave empty for other kinds."
        ),
    )
    answer = WordsField(
        label=_("Right answer"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "Letters for choices (AC), 对 or 错, or a number. For a blank: every "
            "accepted answer on a line of its own. For a short answer: the guide for "
            "its markers. Empty for putting in order, finding pairs, cases and ledger "
            "tasks, whose answer the Measures give."
        ),
    )
    tolerance = forms.DecimalField(
        label=_("Tolerance"),
        initial=0,
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=6,
    )
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    because = WordsField(
        label=_("Explanation"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Candidates read it after the exam."),
    )
    difficulty = forms.IntegerField(
        label=_("Difficulty"), required=False, min_value=1, max_value=5, initial=2
    )
    cites = LinesField(
        label=_("Citations"), required=False, help_text=_("One on each line.")
    )
    attested = forms.ChoiceField(label=_("Grounds"), choices=Attested.choices)
    edition = forms.ChoiceField(label=_("Edition of the rules"), choices=editions)
    tags = LinesField(label=_("Tags"), required=False, help_text=_("One on each line."))

    class Meta:
        model = ItemDraft
        fields = ["code"]

    def __init__(self, *args, item=None, **kwargs):
        super().__init__(*args, **kwargs)
        draft = self.instance
        if draft.pk:
            self.initial |= {**draft.said, "code": draft.code, "seen": draft.number}
        elif item:
            self.initial["code"] = item.code
        self.fields["code"].disabled = bool(draft.pk or item)

    def clean_tolerance(self):
        return plain_number(self.cleaned_data["tolerance"] or 0)

    def clean_seen(self):
        return self.cleaned_data["seen"] or 0

    @property
    def bases_seen(self):
        return self.cleaned_data["seen_base"], self.cleaned_data["seen_key"]

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in TYPED}


def told(name: str, value: str) -> str:
    """Return what people call the value of a field: the name of a choice."""
    choices = getattr(DraftForm.base_fields[name], "choices", ())
    return str(dict(choices).get(value, value))
