"""Rows of the register as ``measures`` reads them: the exchange format.

What is not known is left out.
"""

from datetime import date

from .enums import SECTIONS
from .models import Household, Member

PLAIN_FACTS = (
    "code",
    "attribute",
    "causes",
    "identified_in",
    "identified_on",
    "exited_in",
    "returned_in",
    "income_stable",
    "food_and_clothing_secure",
    "stable_sources",
    "electricity",
    "vetoes",
    "hardship",
)
MEMBER_FACTS = (
    "name",
    "relation",
    "sex",
    "born",
    "id_number",
    "disability_certificate",
    "ethnicity",
    "education",
    "schooling",
    "health",
    "labour",
    "work_months",
    "work_place",
    "phone",
    "medical_insurance",
    "critical_illness_insurance",
    "pension",
    "low_income_class",
)


def facts_of(household: Household, on: date | None) -> dict:
    """Return the household in the exchange format, as it stands, judged on ``on``."""
    members = household.present_members()
    facts = {"division": household.division_code, "on": plain(on)}
    for name in (*PLAIN_FACTS, *SECTIONS):
        facts[name] = plain(getattr(household, name))
    facts["members"] = [member_facts(member) for member in members]
    facts["member_count"] = len(members)
    if household.schooling_checked:
        facts["out_of_school"] = absences(members)
    return known(facts)


def member_facts(member: Member) -> dict:
    return known({name: plain(getattr(member, name)) for name in MEMBER_FACTS})


def absences(members: list[Member]) -> list[dict]:
    return [
        known(
            {
                "member": index,
                "reason": member.absence_reason,
                "visits": member.absence_visits,
                "three_party_signed": member.absence_signed,
            }
        )
        for index, member in enumerate(members)
        if member.absence_reason
    ]


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def known(facts: dict) -> dict:
    """Return ``facts`` without what is not known; an empty list is known."""
    return {name: value for name, value in facts.items() if value not in (None, "")}
