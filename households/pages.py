"""What the page of a household shows, gathered."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from ledger.domain.offering import offers_for
from ledger.enums import Kind
from ledger.models import Case
from ledger.timeline import story_of

from .cards import card_from
from .domain.judging import judge
from .domain.starting import case_facts
from .facts import facts_of
from .forms.sections import FORMS
from .forms.starting import StartForm
from .models import Household
from .permissions import can_edit, can_start_case


@dataclass(frozen=True)
class Link:
    label: str
    url: str


def page_of(household: Household, *, reader: User, on: date) -> dict:
    """The context of ``household_detail.html``."""
    judgement, refusal = None, ""
    try:
        judgement = judge(household, on)
    except Refused as refused:
        refusal = str(refused)
    may_edit = can_edit(reader, household)
    context = {
        "household": household,
        "card": card_from(facts_of(household, on)),
        "judgement": judgement,
        "refusal": refusal,
        "on": on,
        "cases": Case.objects.about(Kind.HOUSEHOLD, household.pk).by_procedure(),
        "story": story_of(Kind.HOUSEHOLD, household.pk),
        "may_edit": may_edit,
        "crumbs": [(_("Households"), reverse("households:index"))],
    }
    if may_edit:
        context["sections"] = sections_of(household)
        context["people"] = people_of(household)
    if judgement and can_start_case(reader, household):
        facts = case_facts(household, judgement)
        offers = offers_for(Kind.HOUSEHOLD, household.pk, facts=facts)
        running = {case.procedure for case in context["cases"] if case.is_open}
        context["offers"] = [each for each in offers if each.code not in running]
        context["start_form"] = StartForm(initial={"on": on})
    return context


def sections_of(household: Household) -> list[Link]:
    return [
        Link(form.title, reverse("households:edit", args=[household.pk, name]))
        for name, form in FORMS.items()
    ]


def people_of(household: Household) -> list[Link]:
    return [
        Link(
            member.name,
            reverse("households:edit_member", args=[household.pk, member.pk]),
        )
        for member in household.present_members()
    ]
