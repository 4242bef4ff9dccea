"""Questions in the exchange format and their answers: what every command does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from measures.casework.cases import Case
from measures.casework.replaying import Refusal, replay
from measures.cleaning.faults import Fault
from measures.cleaning.sweeping import Records, clean, find_faults, read_records
from measures.counties.facts import County
from measures.counties.standard import check_county
from measures.explaining import as_data
from measures.findings import Answer
from measures.households.facts import Household, household_shape
from measures.households.standard import check_household
from measures.leads import Lists, read_lists, search_property
from measures.quotas import Staffing, quota_for, read_staffing
from measures.reading import Schema, Shape, Unreadable, choice, fact, shape, text
from measures.vetoes import weigh_vetoes
from measures.villages.facts import Village
from measures.villages.standard import check_village

Told = dict[str, Any]
Question = Callable[[Any, str], Told]


@dataclass(frozen=True, slots=True)
class StandardQuestion:
    """A subject with its kind; a household may also be handed in bare."""

    subject: str = fact(choice("subject"), required=True)
    edition: str | None = fact(text(40))
    household: Household | None = fact(shape(Household))
    village: Village | None = fact(shape(Village))
    county: County | None = fact(shape(County))


def answer_standard(case: Any, lang: str) -> Told:
    """Does the subject meet its standard? A household may be handed in bare."""
    if not isinstance(case, Mapping) or "subject" not in case:
        return told_answer(check_household(household_shape().read(case)), lang)
    asked = Shape(StandardQuestion).read(case)
    if asked.subject == "village":
        village = asked.village or missing_subject("village")
        return told_answer(check_village(village, asked.edition), lang)
    if asked.subject == "county":
        county = asked.county or missing_subject("county")
        return told_answer(check_county(county, asked.edition), lang)
    household = asked.household or missing_subject("household")
    return told_answer(check_household(household, asked.edition), lang)


def missing_subject(key: str) -> NoReturn:
    raise Unreadable(key, "缺少必填字段", "required field is missing")


def answer_vetoes(case: Any, lang: str) -> Told:
    answer = weigh_vetoes(household_shape().read(case))
    return {
        "vetoes": [as_data(finding, lang) for finding in answer.vetoes],
        "removal": answer.removal,
        "because": answer.because[lang],
    }


def answer_procedure(case: Any, lang: str) -> Told:
    answer = replay(case)
    return {
        "accepted": answer.accepted,
        "refused": told_refusal(answer.refused, lang),
        "state": answer.state,
        "next": [
            {"step": step.step, "level": step.level, "optional": step.optional}
            for step in answer.next
        ],
        "status": answer.status,
    }


def answer_quota(case: Any, lang: str) -> Told:
    answer = quota_for(read_staffing(case))
    return {
        "minimum": answer.minimum,
        "maximum": answer.maximum,
        "gap": answer.gap,
        "over": answer.over,
        "citation": answer.citation,
        "attested": answer.attested,
    }


def answer_clean(case: Any, lang: str) -> Told:
    """Faults of one household handed in bare, or of a whole set of records."""
    together = isinstance(case, Mapping) and TOGETHER & set(case)
    if together:
        faults = clean(read_records(case))
    else:
        faults = find_faults(household_shape().read(case))
    return {"faults": [told_fault(fault, lang) for fault in faults]}


TOGETHER = {"households", "villages", "carriers"}


def told_fault(fault: Fault, lang: str) -> Told:
    told: Told = {
        "rule": fault.code,
        "class": fault.rule.fault_class,
        "severity": fault.severity,
        "household": fault.household,
        "member": fault.member,
        "field": fault.field,
        "because": fault.because[lang],
        "citation": fault.citation,
        "attested": "public",
    }
    if fault.village is not None:
        told["village"] = fault.village
    return told


def answer_search(case: Any, lang: str) -> Told:
    return {
        "leads": [
            {
                "household": lead.household,
                "id_number": lead.id_number,
                "veto": lead.veto,
                "department": lead.department,
                "because": lead.because[lang],
                "citation": lead.citation,
                "attested": lead.attested,
            }
            for lead in search_property(read_lists(case))
        ]
    }


def told_answer(answer: Answer, lang: str) -> Told:
    return {
        "edition": answer.edition,
        "met": answer.met,
        "findings": [as_data(finding, lang) for finding in answer.findings],
    }


def told_refusal(refusal: Refusal | None, lang: str) -> Told | None:
    if refusal is None:
        return None
    return {
        "index": refusal.index,
        "code": refusal.code,
        "because": refusal.because[lang],
        "citation": refusal.citation,
    }


@dataclass(frozen=True, slots=True)
class Command:
    """A question people ask at the terminal, and the shape of its input."""

    answer: Question
    schema: Callable[[], Schema]


def standard_schema() -> Schema:
    return {"anyOf": [Shape(StandardQuestion).schema(), household_shape().schema()]}


COMMANDS: dict[str, Command] = {
    "standard": Command(answer_standard, standard_schema),
    "vetoes": Command(answer_vetoes, lambda: Shape(Household).schema()),
    "procedure": Command(answer_procedure, lambda: Shape(Case).schema()),
    "quota": Command(answer_quota, lambda: Shape(Staffing).schema()),
    "clean": Command(
        answer_clean,
        lambda: {"anyOf": [household_shape().schema(), Shape(Records).schema()]},
    ),
    "search": Command(answer_search, lambda: Shape(Lists).schema()),
}


def answer(command: str, case: Any, lang: str) -> Told:
    """The answer to one case; raises ``Unreadable`` if it cannot be read."""
    return COMMANDS[command].answer(case, lang)


def schema(command: str) -> Schema:
    """The JSON Schema of a command's input."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": command,
        **COMMANDS[command].schema(),
    }
