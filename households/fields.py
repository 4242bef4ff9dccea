"""Form fields that speak the words of ``measures``."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.words import choices_of, named_lazily

ANSWERS = {"yes": True, "no": False}
NOT_KNOWN = _("not known")


def label(path: str):
    """What ``measures`` calls the fact at this path, in the reader's language."""
    return named_lazily(path, "field")


class CodeField(forms.ChoiceField):
    """One code of a list; empty is not known."""

    def __init__(self, kind: str, *, empty=NOT_KNOWN, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(choices=lambda: [("", empty), *choices_of(kind)], **kwargs)

    def clean(self, value):
        return super().clean(value) or None


class CodesField(forms.MultipleChoiceField):
    """Any number of codes of a list; none at all is not known."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "choices--row"})

    def __init__(self, kind: str, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(choices=lambda: choices_of(kind), **kwargs)

    def clean(self, value):
        return super().clean(value) or None


class YesNoField(forms.ChoiceField):
    """Yes, no, or not known: a fact that nobody has looked at is neither."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        unknown = [] if kwargs["required"] else [("", NOT_KNOWN)]
        kwargs.setdefault("widget", forms.RadioSelect(attrs={"class": "choices--row"}))
        answers = [("yes", _("yes")), ("no", _("no"))]
        super().__init__(choices=[*answers, *unknown], **kwargs)

    def prepare_value(self, value):
        for word, answer in ANSWERS.items():
            if value is answer:
                return word
        return value or ""

    def clean(self, value):
        return ANSWERS.get(super().clean(value))


class FigureField(forms.FloatField):
    """A figure; how much is too much is for ``measures`` to say."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "widget", forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value


class WordsField(forms.CharField):
    """A line of text; empty is not known."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value):
        return super().clean(value) or None


class CountField(forms.IntegerField):
    """A number of things."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
