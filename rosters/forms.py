from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.dates import WITHIN_REACH
from core.errors import Refused
from core.workbooks.refusals import FileTooBig
from divisions.enums import Level
from divisions.models import Division

from .domain.appraising.terms import Period
from .domain.importing.tables import MEGABYTES
from .domain.importing.taking_in import Extent
from .enums import Leaving

SEATS_CHANGED = _("The seats have changed meanwhile; look again.")
AS_WISHED, NOT_AS_WISHED = _("as wished"), _("against their wish")
# A cover is over by itself; nobody leaves a post for that reason.
LEAVINGS = [each for each in Leaving.choices if each[0] != Leaving.COVER_OVER]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    """A day that can be meant, by the browser's own picker."""

    def __init__(self, **kwargs):
        super().__init__(widget=DayInput, validators=WITHIN_REACH, **kwargs)


class DayForm(forms.Form):
    """The day that a page is about; today unless the address says otherwise."""

    on = DayField(label=_("As of"))

    def __init__(self, query):
        today = timezone.localdate()
        super().__init__({"on": query.get("on") or today.isoformat()})
        self.day = self.cleaned_data["on"] if self.is_valid() else today


class PeriodForm(forms.Form):
    """The period of an appraisal; this year so far unless the address says else."""

    since = DayField(label=_("Appraised from"))
    until = DayField(
        label=_("Appraised up to"),
        help_text=_("The first day that is not counted."),
    )

    def __init__(self, query):
        tomorrow = timezone.localdate() + timedelta(days=1)
        usual = Period(tomorrow.replace(month=1, day=1), tomorrow)
        if tomorrow.month == tomorrow.day == 1:
            usual = Period(tomorrow.replace(year=tomorrow.year - 1), tomorrow)
        super().__init__(
            {
                "since": query.get("since") or usual.since.isoformat(),
                "until": query.get("until") or usual.until.isoformat(),
            }
        )
        self.period = self.cleaned_data["period"] if self.is_valid() else usual

    def clean(self):
        cleaned = super().clean()
        if "since" in cleaned and "until" in cleaned:
            try:
                cleaned["period"] = Period(cleaned["since"], cleaned["until"])
            except Refused as refusal:
                self.add_error("until", str(refusal))
        return cleaned


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=pgettext_lazy("appraisal", "What is wrong, and why"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=pgettext_lazy("appraisal", "Answer with its reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


class How(TextChoices):
    """The ways to fill a seat; a person in post is moved, another one put in."""

    POST = "post", _("Put in post")
    TRANSFER = "transfer", _("Transfer: the present post ends that day")
    COVER = "cover", _("Acting cover until a day; a present post goes on")


class DocumentField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(
            label=_("Document number"),
            max_length=200,
            required=False,
            help_text=_("The letter or decision by which it is done, if there is one."),
            **kwargs,
        )


class AssignmentForm(forms.Form):
    how = forms.ChoiceField(label=_("How"), required=False, widget=forms.RadioSelect)
    since = DayField(label=_("In post from"))
    until = DayField(
        label=_("Cover until"),
        required=False,
        help_text=_("Only for a cover: the first day on which it is over."),
    )
    document = DocumentField()
    besides = forms.BooleanField(
        label=_("The quota is met already; put this person there besides"),
        required=False,
    )

    def __init__(self, *args, is_in_post, **kwargs):
        super().__init__(*args, **kwargs)
        first = How.TRANSFER if is_in_post else How.POST
        ways = (first, How.COVER)
        self.fields["how"].choices = [(way.value, way.label) for way in ways]
        self.fields["how"].initial = first.value

    def clean(self):
        cleaned = super().clean()
        cleaned["how"] = cleaned.get("how") or self.fields["how"].initial
        if cleaned["how"] == How.COVER and not cleaned.get("until"):
            self.add_error("until", _("A cover needs its last day."))
        return cleaned


class LeavingForm(forms.Form):
    until = DayField(
        label=_("In post until"),
        initial=timezone.localdate,
        help_text=_("The first day on which the post is no longer held."),
    )
    leaving = forms.ChoiceField(
        label=_("Reason"), choices=LEAVINGS, widget=forms.RadioSelect
    )
    document = DocumentField()


class SelectionForm(forms.Form):
    """Which people, from when, and on what basis."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("People"),
        error_messages={"required": _("Choose at least one person.")},
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        help_text=_("The decision or document by which they are chosen."),
    )
    on = DayField(label=_("Chosen on"), initial=timezone.localdate)

    def __init__(self, *args, among, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = among

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day


class ProposalForm(forms.Form):
    """One list of people for each seat of a proposal made just now."""

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = {each.key: each for each in seats}
        for key, seat in self.seats.items():
            self.fields[key] = forms.TypedChoiceField(
                label=seat_named(seat),
                choices=[
                    ("", pgettext_lazy("seat", "nobody")),
                    *map(offered, seat.offers),
                ],
                coerce=int,
                empty_value=None,
                required=False,
                initial=seat.proposed.person.pk if seat.proposed else "",
                error_messages={"invalid_choice": SEATS_CHANGED},
            )

    def clean(self):
        cleaned = super().clean()
        if any(key.startswith("seat-") and key not in self.fields for key in self.data):
            raise ValidationError(SEATS_CHANGED, code="changed")
        people = [person for person in cleaned.values() if person]
        if not people and not self.errors:
            raise ValidationError(_("Choose at least one person."), code="required")
        if len(set(people)) < len(people):
            raise ValidationError(_("Somebody is chosen for two seats."), code="twice")
        return cleaned

    @property
    def proposed(self):
        """The fields of the seats for which somebody is proposed."""
        return [self[key] for key, seat in self.seats.items() if seat.proposed]

    @property
    def others(self):
        """The fields of the seats that find nobody, and could."""
        return [self[key] for key, seat in self.seats.items() if not seat.proposed]

    @property
    def has_other_named(self):
        """Whether somebody is named for one of the others, or one is at fault."""
        return any(field.value() or field.errors for field in self.others)

    @property
    def pairs(self):
        """Whom to put where, of all that were offered."""
        return [
            (offer.person, seat.division)
            for key, seat in self.seats.items()
            for offer in seat.offers
            if offer.person.pk == self.cleaned_data[key]
        ]


def seat_named(seat):
    """The post's division; its second seat and others by their number."""
    place = seat.division.full_name
    if seat.number == 1:
        return place
    return _("%(place)s, seat %(number)s") % {"place": place, "number": seat.number}


def offered(offer):
    """A person of a list and where they live."""
    person = offer.person
    if not offer.steps:
        home = _("lives there")
    else:
        home = _("lives in %(home)s") % {"home": person.home_division.full_name}
    told = [person.real_name, str(home)]
    if offer.as_wished is not None:
        told.append(str(AS_WISHED if offer.as_wished else NOT_AS_WISHED))
    return person.pk, " · ".join(told)


class PreferenceForm(forms.Form):
    """Where somebody would like to serve."""

    division = forms.ModelChoiceField(
        Division.objects.none(),
        label=_("Would like to serve in"),
        help_text=_("The division or any below it."),
    )
    level = forms.ChoiceField(label=_("Level of the post"), required=False)
    on = forms.DateField(
        label=_("Said on"), widget=DayInput, initial=timezone.localdate
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = places
        self.fields["division"].label_from_instance = lambda each: each.full_name
        levels = [each for each in Level.choices if each[0] != Level.REGION]
        any_level = ("", pgettext_lazy("level", "any"))
        self.fields["level"].choices = [any_level, *levels]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day


class PreferenceWithdrawalForm(forms.Form):
    """From which day nothing is wished for any more."""

    on = forms.DateField(
        label=_("Withdrawn on"), widget=DayInput, initial=timezone.localdate
    )
    clean_on = PreferenceForm.clean_on


class UploadForm(forms.Form):
    """A workbook, and which of the forms it fills in."""

    kind = forms.ChoiceField(
        label=_("What the file holds"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the file holds.")},
    )
    file = forms.FileField(
        label=_("Workbook"),
        error_messages={"required": _("Choose the workbook.")},
        max_length=200,
        allow_empty_file=True,
        help_text=_("The filled-in template (.xlsx); at most 10 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args, intakes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(each.code, each.title) for each in intakes]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024 * 1024:
            raise ValidationError(str(FileTooBig(megabytes=MEGABYTES)))
        return file


class TakeInForm(forms.Form):
    """What was seen, and how much of it is wanted."""

    seen = forms.CharField(widget=forms.HiddenInput)
    extent = forms.ChoiceField(choices=Extent.choices, widget=forms.HiddenInput)
