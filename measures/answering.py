"""Questions in the exchange format and their answers: what every command does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from measures.casework.cases import Case
from measures.casework.replaying import replay
from measures.cleaning.sweeping import Records, clean, find_faults, read_records
from measures.counties.facts import County
from measures.counties.standard import check_county
from measures.explaining import Data, as_data
from measures.households.facts import Household, household_shape
from measures.households.standard import check_household
from measures.leads import Lists, read_lists, search_property
from measures.quotas import Staffing, quota_for, read_staffing
from measures.reading import Facts, Schema, Shape, Unreadable, choice, fact, shape, text
from measures.vetoes import weigh_vetoes
from measures.villages.facts import Village
from measures.villages.standard import check_village

RECORDS = {"households", "villages", "carriers"}
"""The keys by which a set of records is told from one household."""


class StandardQuestion(Facts):
    """A subject with its kind; a household may also be handed in bare."""

    subject: str = fact(choice("subject"), required=True)
    edition: str | None = fact(text(40))
    household: Household | None = fact(shape(Household))
    village: Village | None = fact(shape(Village))
    county: County | None = fact(shape(County))


def answer_standard(case: Any, lang: str) -> Data:
    """Does the subject meet its standard?"""
    if not isinstance(case, Mapping) or "subject" not in case:
        return as_data(check_household(household_shape().read(case)), lang)
    asked = Shape(StandardQuestion).read(case)
    if asked.subject == "village":
        village = asked.village or missing_subject("village")
        return as_data(check_village(village, asked.edition), lang)
    if asked.subject == "county":
        county = asked.county or missing_subject("county")
        return as_data(check_county(county, asked.edition), lang)
    household = asked.household or missing_subject("household")
    return as_data(check_household(household, asked.edition), lang)


def missing_subject(key: str) -> NoReturn:
    raise Unreadable(key, "缺少必填字段", "required field is missing")


def answer_vetoes(case: Any, lang: str) -> Data:
    return as_data(weigh_vetoes(household_shape().read(case)), lang)


def answer_procedure(case: Any, lang: str) -> Data:
    return as_data(replay(case), lang)


def answer_quota(case: Any, lang: str) -> Data:
    return as_data(quota_for(read_staffing(case)), lang)


def answer_clean(case: Any, lang: str) -> Data:
    """Faults of one household handed in bare, or of a whole set of records."""
    if isinstance(case, Mapping) and RECORDS & set(case):
        faults = clean(read_records(case))
    else:
        faults = find_faults(household_shape().read(case))
    return {"faults": [as_data(fault, lang) for fault in faults]}


def answer_search(case: Any, lang: str) -> Data:
    return {
        "leads": [as_data(lead, lang) for lead in search_property(read_lists(case))]
    }


@dataclass(frozen=True, slots=True)
class Command:
    """A question people ask at the terminal, and the shape of its input."""

    answer: Callable[[Any, str], Data]
    schema: Callable[[], Schema]


def schema_of(*shapes: Shape[Any]) -> Schema:
    described = [each.schema() for each in shapes]
    return described[0] if len(described) == 1 else {"anyOf": described}


COMMANDS: dict[str, Command] = {
    "standard": Command(
        answer_standard,
        lambda: schema_of(Shape(StandardQuestion), household_shape()),
    ),
    "vetoes": Command(answer_vetoes, lambda: schema_of(household_shape())),
    "procedure": Command(answer_procedure, lambda: schema_of(Shape(Case))),
    "quota": Command(answer_quota, lambda: schema_of(Shape(Staffing))),
    "clean": Command(
        answer_clean, lambda: schema_of(household_shape(), Shape(Records))
    ),
    "search": Command(answer_search, lambda: schema_of(Shape(Lists))),
}


def answer(command: str, case: Any, lang: str) -> Data:
    """The answer to one case; raises ``Unreadable`` if it cannot be read."""
    return COMMANDS[command].answer(case, lang)


def schema(command: str) -> Schema:
    """The JSON Schema of a command's input."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": command,
        **COMMANDS[command].schema(),
    }
