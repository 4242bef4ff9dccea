"""Forms of the bank's exchange."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.workbooks.refusals import FileTooBig

from .bank_forms import editions
from .domain.exchange.drafts import Terms
from .domain.exchange.formats import FORMATS, MEGABYTES
from .domain.exchange.taking_in import Way
from .enums import Attested, Subject
from .models import Release

LINES = {"rows": 3}


def edition_in_use() -> str:
    """The edition of the last release: that is what the bank is about."""
    last = Release.objects.order_by("-signed_at").first()
    return last.edition_code if last else editions()[0][0]


class UploadForm(forms.Form):
    """A file of questions, and what to take for those that do not say."""

    file = forms.FileField(
        label=_("File with questions"),
        max_length=200,
        allow_empty_file=True,
        help_text=_(
            "Excel (.xlsx), GIFT (.txt), Moodle XML (.xml), QTI 2.1, 2.2 or 3.0 (.zip "
            "or .xml); at most 5 MB and 5,000 questions. The format is found out. "
            "Which kinds of questions each carries stands at the end of this page."
        ),
    )
    way = forms.ChoiceField(
        label=_("The questions become"),
        choices=Way,
        initial=Way.DRAFTS,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "A draft becomes a version when another trainer or the administrator "
            "approves it. A version that nobody reviewed says so."
        ),
    )
    subject = forms.ChoiceField(label=_("Subject"), choices=Subject)
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        choices=[(n, str(n)) for n in range(1, 6)],
        coerce=int,
        initial=3,
        help_text=_("1 (easy) to 5 (hard)."),
    )
    edition = forms.ChoiceField(
        label=_("Edition of the rules"), choices=editions, initial=edition_in_use
    )
    attested = forms.ChoiceField(
        label=_("Kind of source"), choices=Attested, initial=Attested.ASSUMED
    )
    cites = forms.CharField(
        label=_("Citations"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(LINES),
        help_text=_(
            "Where the rule stands; several with one on each line. Left empty, "
            "questions without a citation are refused."
        ),
    )
    because = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(LINES),
        help_text=_("Left empty, questions without an explanation are refused."),
    )
    prefix = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9-]*$",
        label=_("First part of new codes"),
        max_length=20,
        initial="IMP",
        help_text=_("Letters and digits; codes that the platform gives begin so."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(str(FileTooBig(megabytes=MEGABYTES)))
        return file

    def clean_way(self):
        return Way(self.cleaned_data["way"] or Way.DRAFTS)

    @property
    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(
            prefix=said["prefix"],
            subject=said["subject"],
            difficulty=said["difficulty"],
            edition=said["edition"],
            attested=said["attested"],
            cites=tuple(
                line for line in map(str.strip, said["cites"].split("\n")) if line
            ),
            because=said["because"].replace("\r\n", "\n").strip(),
        )


class ExportForm(forms.Form):
    """Which part of the bank, and for which system."""

    format = forms.ChoiceField(
        label=_("Format"), choices=[(each.code, each.name) for each in FORMATS.values()]
    )
    subject = forms.ChoiceField(
        label=_("Subject"),
        choices=[("", _("All subjects")), *Subject.choices],
        required=False,
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)
