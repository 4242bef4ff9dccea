"""The form in which a blueprint is drawn up: its terms, and its parts as rows."""

from uuid import uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .bank_forms import number_in
from .domain.planning import SPARED, code_for
from .domain.sifting import labels_in_use
from .enums import Kind, Subject
from .models import Blueprint, Cell, Release
from .models.blueprints import (
    DIFFICULTIES,
    MOST_ATTEMPTS_SPARED,
    MOST_QUESTIONS,
    NO_CAP,
    read_cells,
)

SPARE_ROWS = 3
MOST_ROWS = 60


class BlueprintForm(forms.Form):
    """What holds for the whole paper, and the release to hold it against."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=pgettext_lazy("blueprint", "Title"), max_length=Blueprint.LONGEST_TITLE
    )
    spares_attempts = forms.IntegerField(
        label=_("Last attempts whose questions are not asked again"),
        min_value=0,
        max_value=MOST_ATTEMPTS_SPARED,
        initial=SPARED,
        help_text=Blueprint._meta.get_field("spares_attempts").help_text,
    )
    exposure_percent = forms.IntegerField(
        label=_("Limit of the same question, per cent of the papers"),
        min_value=1,
        max_value=NO_CAP,
        initial=NO_CAP,
        help_text=Blueprint._meta.get_field("exposure_percent").help_text,
    )
    evens_difficulty = forms.BooleanField(
        label=_("Papers about equally difficult"),
        required=False,
        initial=True,
        help_text=Blueprint._meta.get_field("evens_difficulty").help_text,
    )
    release = forms.ModelChoiceField(
        Release.objects.order_by("-signed_at", "-pk"),
        label=_("Release to check it against"),
        empty_label=None,
        help_text=_("Which release a sitting draws from is chosen with the sitting."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid4

    def clean(self):
        facts = super().clean()
        if {"title", "key"} <= facts.keys():
            others = Blueprint.objects.exclude(code=code_for(facts["key"]))
            if others.filter(title=facts["title"]).exists():
                self.add_error(
                    "title", _("There is a blueprint of this title. Choose another.")
                )
        return facts


class CellForm(forms.Form):
    """A part of the paper; without a number of questions it is left out."""

    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    kind = forms.ChoiceField(label=_("Kind of question"), choices=Kind.choices)
    count = forms.IntegerField(
        label=_("How many questions"),
        min_value=1,
        max_value=MOST_QUESTIONS,
    )
    points = forms.IntegerField(label=_("Points for each"), min_value=1, max_value=100)
    easiest = forms.TypedChoiceField(
        label=_("Difficulty from"),
        choices=[(each, each) for each in DIFFICULTIES],
        coerce=int,
    )
    hardest = forms.TypedChoiceField(
        label=_("Difficulty to"),
        choices=[(each, each) for each in DIFFICULTIES],
        coerce=int,
        initial=DIFFICULTIES[-1],
    )
    cites = forms.MultipleChoiceField(
        label=_("Only questions that cite one of these"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cites"].choices = [(each, each) for each in sections]
        self.empty_permitted = True

    def has_changed(self):
        return bool(self["count"].data)

    @property
    def chosen_sections(self) -> list[str]:
        return self["cites"].value() or []

    @cached_property
    def cell(self) -> Cell | None:
        facts = self.cleaned_data
        return Cell(**facts | {"cites": tuple(facts["cites"])}) if facts else None

    def clean(self):
        facts = super().clean()
        if facts.get("easiest", 0) > facts.get("hardest", DIFFICULTIES[-1]):
            words = _("This lies below where the difficulty begins.")
            self.add_error("hardest", words)
        return facts


class Cells(forms.BaseFormSet):
    """The parts of a paper. Sections are those that questions of the bank cite, and
    those of the blueprint that is copied."""

    def __init__(self, *args, base=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sections = set(labels_in_use().cites)
        for cell in base.parts if base else ():
            self.sections.update(cell.cites)

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"sections": sorted(self.sections)}

    @property
    def parts(self) -> list[Cell]:
        return [form.cell for form in self.filled]

    @property
    def filled(self) -> list[CellForm]:
        return [form for form in self.forms if form.cell]

    def clean(self):
        if not any(self.errors):
            read_cells([cell.as_row() for cell in self.parts])


CellFormSet = forms.formset_factory(
    CellForm, formset=Cells, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


def rows_of(blueprint: Blueprint | None) -> list[dict]:
    """Rows to begin with: those of a blueprint that is copied, and spare ones."""
    rows = [cell.as_row() for cell in blueprint.parts] if blueprint else []
    return with_spare_rows(rows)


def with_spare_rows(rows: list[dict]) -> list[dict]:
    return (rows + [{} for _spare in range(SPARE_ROWS)])[:MOST_ROWS]


def typed_rows(typed) -> list[dict]:
    """The rows as they were typed, right or wrong, with spare ones after them: no
    script is needed to add rows, and nothing is found fault with yet."""
    count = number_in(typed.get("form-TOTAL_FORMS", "")) or 0
    rows = []
    for number in range(min(count, MOST_ROWS)):
        names = {name: f"form-{number}-{name}" for name in CellForm.base_fields}
        row = {name: typed.get(key, "") for name, key in names.items()}
        rows.append(row | {"cites": typed.getlist(names["cites"])})
    return with_spare_rows(rows)
