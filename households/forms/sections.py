"""The card's sections, each a form of its own."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import measures
from households.fields import (
    CodeField,
    CodesField,
    CountField,
    FigureField,
    WordsField,
    YesNoField,
    label,
)
from households.forms.facts import FactsForm
from ledger.fields import DayField
from ledger.words import named, named_lazily


class HouseholdForm(FactsForm):
    """What the household is."""

    title = pgettext_lazy("section", "Household")
    address = WordsField(label=_("Address"), max_length=200)
    attribute = CodeField("attribute", label=label("attribute"))
    chief_cause = CodeField("cause", label=_("Chief cause of poverty"))
    causes = CodesField("cause", label=_("Other causes"))
    hardship = YesNoField(label=label("hardship"))

    def __init__(self, *args, facts, **kwargs):
        causes = facts.get("causes") or []
        told = {"chief_cause": causes[0] if causes else None, "causes": causes[1:]}
        super().__init__(*args, facts=facts, initial=told, **kwargs)

    def changes(self) -> dict:
        changed = super().changes() | {"causes": causes_in(self.cleaned_data)}
        del changed["chief_cause"]
        return changed


def causes_in(told: dict) -> list[str] | None:
    """The causes of poverty, the chief one first."""
    every = [told["chief_cause"], *(told["causes"] or [])]
    return list(dict.fromkeys(cause for cause in every if cause)) or None


class LivelihoodForm(FactsForm):
    title = _("Land and sources of income")
    land__paddy_mu = FigureField(label=label("land.paddy_mu"), help_text=_("mu"))
    land__dry_mu = FigureField(label=label("land.dry_mu"), help_text=_("mu"))
    land__economic_forest_mu = FigureField(
        label=label("land.economic_forest_mu"), help_text=_("mu")
    )
    land__mountain_forest_mu = FigureField(
        label=label("land.mountain_forest_mu"), help_text=_("mu")
    )
    stable_sources = CodesField("stable_source", label=label("stable_sources"))
    food_and_clothing_secure = YesNoField(label=label("food_and_clothing_secure"))


class IncomeForm(FactsForm):
    title = _("Income of the year (yuan)")
    income__business = FigureField(label=label("income.business"))
    income__wage = FigureField(label=label("income.wage"))
    income__property = FigureField(label=label("income.property"))
    income__transfer__basic_pension = FigureField(
        label=label("income.transfer.basic_pension")
    )
    income__transfer__low_income_a = FigureField(
        label=label("income.transfer.low_income_a")
    )
    income__transfer__low_income_b = FigureField(
        label=label("income.transfer.low_income_b")
    )
    income__transfer__low_income_c = FigureField(
        label=label("income.transfer.low_income_c")
    )
    income__transfer__temporary_relief = FigureField(
        label=label("income.transfer.temporary_relief")
    )
    income__transfer__other_stable = FigureField(
        label=label("income.transfer.other_stable")
    )
    income__other = FigureField(label=label("income.other"))
    income__expenses = FigureField(label=label("income.expenses"))
    income_stable = YesNoField(label=label("income_stable"))


class DwellingForm(FactsForm):
    title = named_lazily("dwelling", "field")
    dwelling__structure = CodeField("structure", label=label("dwelling.structure"))
    dwelling__grade = CodeField("grade", label=label("dwelling.grade"))
    dwelling__area_m2 = FigureField(
        label=label("dwelling.area_m2"), help_text=_("square metres")
    )
    dwelling__liveable = YesNoField(label=label("dwelling.liveable"))
    dwelling__dilapidated = YesNoField(label=label("dwelling.dilapidated"))
    dwelling__resettlement__kind = CodeField(
        "resettlement",
        label=label("dwelling.resettlement.kind"),
        empty=_("not resettled"),
    )
    dwelling__resettlement__quality_passed = YesNoField(
        label=label("dwelling.resettlement.quality_passed")
    )
    dwelling__resettlement__keys_handed_over = YesNoField(
        label=label("dwelling.resettlement.keys_handed_over")
    )
    dwelling__resettlement__moved_in = YesNoField(
        label=label("dwelling.resettlement.moved_in")
    )

    def changes(self) -> dict:
        changed = super().changes()
        if self.cleaned_data["dwelling__resettlement__kind"] is None:
            (changed["dwelling"] or {}).pop("resettlement", None)
        return changed


class LivingForm(FactsForm):
    title = _("Living conditions")
    water__source = CodeField("water_source", label=label("water.source"))
    water__clear = YesNoField(label=label("water.clear"))
    water__litres_per_head_day = FigureField(
        label=label("water.litres_per_head_day"), help_text=_("litres")
    )
    water__round_trip_minutes = FigureField(
        label=label("water.round_trip_minutes"), help_text=_("minutes on foot")
    )
    water__level_distance_m = FigureField(
        label=label("water.level_distance_m"), help_text=_("metres")
    )
    water__height_m = FigureField(label=label("water.height_m"), help_text=_("metres"))
    water__assurance = FigureField(
        label=label("water.assurance"), help_text=_("a share, such as 0.95")
    )
    road__hamlet_households = CountField(label=label("road.hamlet_households"))
    road__surface = CodeField("road_surface", label=label("road.surface"))
    road__width_m = FigureField(label=label("road.width_m"), help_text=_("metres"))
    road__nature_reserve = YesNoField(label=label("road.nature_reserve"))
    electricity = YesNoField(label=label("electricity"))
    television__televisions = CountField(label=label("television.televisions"))
    television__computers = CountField(label=label("television.computers"))
    television__smartphones = CountField(label=label("television.smartphones"))
    television__receives = YesNoField(label=label("television.receives"))


class HelperForm(FactsForm):
    title = named_lazily("helper", "field")
    helper__name = WordsField(label=label("helper.name"))
    helper__unit = WordsField(label=label("helper.unit"))
    helper__level = CodeField("helper_level", label=label("helper.level"))
    helper__phone = WordsField(label=label("helper.phone"))


class VetoesForm(FactsForm):
    """Each of the eight is looked at; what is found has a day and perhaps a value."""

    title = named_lazily("vetoes", "field")

    def __init__(self, *args, facts, **kwargs):
        super().__init__(*args, facts=facts, **kwargs)
        checked = facts.get("vetoes") is not None
        held = {each["code"]: each for each in facts.get("vetoes") or []}
        for code in measures.codes("veto"):
            case = held.get(code, {})
            self.fields[code] = YesNoField(
                label=named(code, "veto"),
                required=True,
                initial=(code in held) if checked else None,
            )
            self.fields[f"{code}_since"] = DayField(
                label=label("vetoes.since"), required=False, initial=case.get("since")
            )
            self.fields[f"{code}_value"] = FigureField(
                label=label("vetoes.value"), initial=case.get("value")
            )

    def rows(self):
        """The three fields of each veto, for the page."""
        return [
            (self[code], self[f"{code}_since"], self[f"{code}_value"])
            for code in measures.codes("veto")
        ]

    def changes(self) -> dict:
        told = self.cleaned_data
        found = []
        for code in measures.codes("veto"):
            if told[code]:
                since, value = told[f"{code}_since"], told[f"{code}_value"]
                case = {"code": code, "since": since and since.isoformat()}
                found.append({**case, "value": value})
        return {"vetoes": found}


class SchoolingForm(FactsForm):
    """Who is out of school and what was done; saved, it says the rest is in order."""

    title = named_lazily("out_of_school", "field")

    def __init__(self, *args, facts, **kwargs):
        super().__init__(*args, facts=facts, **kwargs)
        held = {each["member"]: each for each in facts.get("out_of_school") or []}
        for index, member in enumerate(facts.get("members") or []):
            absence = held.get(index, {})
            self.fields[f"reason_{index}"] = CodeField(
                "absence_reason",
                label=member.get("name", ""),
                empty=_("at school, or not of school age"),
                initial=absence.get("reason"),
            )
            self.fields[f"visits_{index}"] = CountField(
                label=label("out_of_school.visits"),
                min_value=0,
                initial=absence.get("visits"),
            )
            self.fields[f"signed_{index}"] = YesNoField(
                label=label("out_of_school.three_party_signed"),
                initial=absence.get("three_party_signed"),
            )

    def rows(self):
        members = self.facts.get("members") or []
        return [
            (self[f"reason_{i}"], self[f"visits_{i}"], self[f"signed_{i}"])
            for i in range(len(members))
        ]

    def changes(self) -> dict:
        told = self.cleaned_data
        absences = [
            {
                "member": index,
                "reason": told[f"reason_{index}"],
                "visits": told[f"visits_{index}"],
                "three_party_signed": told[f"signed_{index}"],
            }
            for index in range(len(self.facts.get("members") or []))
            if told[f"reason_{index}"]
        ]
        return {"out_of_school": absences}


FORMS: dict[str, type[forms.Form]] = {
    "household": HouseholdForm,
    "income": IncomeForm,
    "livelihood": LivelihoodForm,
    "dwelling": DwellingForm,
    "living": LivingForm,
    "schooling": SchoolingForm,
    "helper": HelperForm,
    "vetoes": VetoesForm,
}
