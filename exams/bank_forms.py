"""The form that writes a question; saving it makes a version."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

import measures
from core.workbooks.signs import plain_number

from .domain.contents import Content, content_of
from .domain.keying import in_force
from .domain.kinds import asking_for
from .domain.revising import faults_of, is_key_edited, revise_item
from .enums import Attested, Kind, Subject
from .errors import KeyEdited
from .models import Item


def editions() -> list[tuple[str, str]]:
    language = "en" if get_language() == "en" else "zh"
    return [
        (edition.code, getattr(edition.name, language))
        for edition in measures.editions()
    ]


class LinesField(forms.CharField):
    """Several short texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value):
        return [
            line.strip() for line in super().clean(value).splitlines() if line.strip()
        ]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class ItemForm(WagtailAdminModelForm):
    """One question as its author writes it; what is wrong is said at once."""

    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    kind = forms.ChoiceField(label=_("Kind of question"), choices=Kind.choices)
    stem = forms.CharField(label=_("Question"), widget=forms.Textarea({"rows": 3}))
    options = LinesField(
        label=_("Options"),
        required=False,
        help_text=_(
            "One on each line, from A on. For putting in order: the steps in their "
            "right order. For finding pairs: left = right; a line = right belongs to "
            "no left side. For a case: “? single words” begins a question (judge, "
            "single, multiple, numeric, blank, ordering); below it * right option, "
            "- other option or step, = accepted answer. For a ledger task: the number "
            "of the simulated household. Leave empty for other kinds."
        ),
    )
    answer = forms.CharField(
        label=_("Right answer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "Letters for choices (AC), 对 or 错, or a number. For a blank: every "
            "accepted answer on a line of its own. For a short answer: the guide for "
            "its markers. Empty for putting in order, finding pairs, cases and ledger "
            "tasks, whose answer the Measures give."
        ),
    )
    tolerance = forms.DecimalField(
        label=_("Tolerance"), initial=0, min_value=0, max_digits=14, decimal_places=6
    )
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    because = forms.CharField(
        label=_("Explanation"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Candidates read it after the exam."),
    )
    difficulty = forms.IntegerField(
        label=_("Difficulty"), min_value=1, max_value=5, initial=2
    )
    cites = LinesField(label=_("Citations"), help_text=_("One on each line."))
    attested = forms.ChoiceField(label=_("Grounds"), choices=Attested.choices)
    edition = forms.ChoiceField(label=_("Edition of the rules"), choices=editions)
    tags = LinesField(label=_("Tags"), required=False, help_text=_("One on each line."))

    class Meta:
        model = Item
        fields = ["code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.known = content_of(in_force(self.instance.current))
            self.initial |= written(self.known)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        content = {
            name: cleaned[name]
            for name in Content.__dataclass_fields__
            if name in cleaned
        }
        content["tolerance"] = plain_number(cleaned["tolerance"])
        asking = asking_for(cleaned["kind"])
        content |= asking.typed(cleaned["options"], cleaned["answer"])
        self.content = Content(**content)
        for fault in faults_of(self.content):
            self.add_error(None, fault)
        if self.is_changed() and is_key_edited(self.instance, self.content):
            self.add_error("answer", str(KeyEdited(code=self.instance.code)))
        return cleaned

    def is_changed(self):
        return bool(self.instance.pk) and self.content != self.known

    def save(self, commit=True):
        if self.instance.pk and not self.is_changed():
            return self.instance
        code = self.cleaned_data["code"]
        self.instance = revise_item(code, self.content, by=self.for_user).item
        return self.instance


def written(content: Content) -> dict[str, object]:
    """Return the form's values for a question that is there."""
    values = {name: getattr(content, name) for name in Content.__dataclass_fields__}
    return values | asking_for(content.kind).retyped(content)
