"""The form in which an author writes a draft of a question."""

from dataclasses import asdict

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

import measures
from core.workbooks.signs import clean

from .domain.draft_refusals import CannotBeKept
from .domain.drafting import TYPED
from .domain.revising import LONGEST_TEXT
from .domain.writing import FIELDS, Typed, gathered, laid_anew, laid_out, posted
from .enums import Attested, Kind, Subject
from .models import ItemDraft
from .topics import tag_kept, tag_shown


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


class TagsField(LinesField):
    """Tags by their names in the author's language."""

    def clean(self, value):
        return list(dict.fromkeys(map(tag_kept, super().clean(value))))

    def prepare_value(self, value):
        if isinstance(value, list):
            value = list(map(tag_shown, value))
        return super().prepare_value(value)


# What a draft holds of options and key, as its reviewer reads it.
KEY_LABELS = {
    "options": _("Options"),
    "answer": _("Right answer"),
    "tolerance": _("Tolerance"),
    "unit": _("Unit"),
}
KIND_HINTS = {
    Kind.JUDGE: _("One statement; candidates say whether it is true."),
    Kind.SINGLE: _("Several options, one of them right."),
    Kind.MULTIPLE: _("Several options, any number of them right."),
    Kind.NUMERIC: _("A number to be worked out, with its tolerance and unit."),
    Kind.BLANK: _("A few words to fill in; you list what is accepted."),
    Kind.ORDERING: _("Steps to be put in their right order."),
    Kind.MATCHING: _("Left sides, each of which belongs to a right one."),
    Kind.CASE: _("One situation, and two to eight questions about it."),
    Kind.LEDGER: _("A simulated household; the Measures give the answers."),
    Kind.SHORT: _("Some sentences, marked by two people who follow your guide."),
}


class DraftForm(WagtailAdminModelForm):
    """One question as its author writes it, which may be incomplete.

    It only reads what was typed; ``said`` is for the domain to keep. ``laid`` are the
    fields of the options and the key, which differ from kind to kind.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    # The version and the key that the words of a new draft were read from.
    seen_base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_key = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # The kind whose fields the page shows; another may be chosen on it.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    kind = forms.ChoiceField(label=_("Kind of question"), choices=Kind.choices)
    stem = WordsField(
        label=_("Question"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )
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
    tags = TagsField(label=_("Tags"), required=False, help_text=_("One on each line."))

    class Meta:
        model = ItemDraft
        fields = ["code"]

    field_order = ("code", "subject", "kind", "stem")

    def __init__(self, *args, item=None, sent=None, laid=None, **kwargs):
        """``sent`` and ``laid`` are what a page that is shown anew begins with."""
        super().__init__(*args, **kwargs)
        draft, self.item = self.instance, item
        if draft.pk:
            self.initial |= {**draft.said, "code": draft.code, "seen": draft.number}
        elif item:
            self.initial["code"] = item.code
        self.former = typed_of(self.initial)
        self.initial |= sent or {}
        self.fields["code"].disabled = bool(draft.pk or item)
        self.laid = laid or self.laid_now()
        self.initial["shown"] = self.laid.kind

    def laid_now(self):
        if self.is_bound:
            kind = known(self.data.get("shown") or self.data.get("kind"))
            return posted(kind, self.data.getlist)
        kind = known(self.initial.get("kind"))
        return laid_out(kind, self.former or Typed())

    @property
    def asks_for_fields(self):
        """Whether a kind was chosen whose fields the page did not show: what is typed
        is not judged by fields that its author has not seen."""
        kinds = [(self.laid.kind, self.data.get("kind", ""))]
        kinds += [(part.kind, part.chosen) for part in self.laid.parts]
        return any(shown != chosen for shown, chosen in kinds)

    def with_fields(self):
        """Return the form anew with the fields of the kind chosen in it, and what was
        typed so far. Raises ``CannotBeKept``."""
        names = self.base_fields.keys() - {"code"} if self.instance.pk else self.fields
        sent = {name: self.data[name] for name in names if name in self.data}
        laid = laid_anew(self.laid, known(self.data.get("kind")))
        return type(self)(
            instance=self.instance,
            item=self.item,
            sent=sent,
            laid=laid,
            for_user=self.for_user,
        )

    def clean(self):
        former = self.former if self.laid.kind == self.initial.get("kind") else None
        try:
            self.typed = gathered(self.laid, former)
        except CannotBeKept as refusal:
            self.add_error(None, str(refusal))
        return super().clean()

    def clean_seen(self):
        return self.cleaned_data["seen"] or 0

    @property
    def bases_seen(self):
        return self.cleaned_data["seen_base"], self.cleaned_data["seen_key"]

    @property
    def said(self):
        typed = asdict(self.typed) | {"options": list(self.typed.options)}
        return {
            name: typed[name] if name in typed else self.cleaned_data[name]
            for name in TYPED
        }


def known(kind):
    return kind if kind in FIELDS else Kind.SINGLE.value


def typed_of(said):
    """What a draft holds of options and key; None of a question not yet begun."""
    if "options" not in said:
        return None
    values = {name: said[name] for name in ("answer", "tolerance", "unit")}
    return Typed(tuple(map(str, said["options"])), **values)


def label_of(name: str) -> str:
    """What people call a field of a draft."""
    return KEY_LABELS.get(name) or DraftForm.base_fields[name].label


def told(name: str, value: str) -> str:
    """Return what people call the value of a field: the name of a choice or tag."""
    if name == "tags":
        return "\n".join(map(tag_shown, value.split("\n")))
    choices = getattr(DraftForm.base_fields.get(name), "choices", ())
    return str(dict(choices).get(value, value))


def shown(difference):
    """Choices by their names; texts as they are, to be compared sign by sign."""
    name, before, after = difference.name, difference.before, difference.after
    return type(difference)(name, before and told(name, before), told(name, after))
