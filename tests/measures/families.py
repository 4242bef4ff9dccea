"""A household without fault, and what the cleaning rules find when it is changed."""

from copy import deepcopy
from typing import Any

import measures
from measures.worked import bases
from tests.measures.cases import changed

FAMILY = bases()["family"]
NUMBER = FAMILY["members"][0]["id_number"]
EXITED = {"exited_in": 2016}
GIVEN = ["health", "industry"]


def faulty(changes: dict[str, Any]) -> list[str]:
    """The rules that find something in the family so changed."""
    household = measures.read_household(changed(deepcopy(FAMILY), changes))
    return [fault.code for fault in measures.find_faults(household)]


def absence(**facts: Any) -> dict[str, Any]:
    """The child out of school, with what is known of it."""
    return {"members.2.schooling": None, "out_of_school": [{"member": 2, **facts}]}


def family(code: str = "H1", **changes: Any) -> dict[str, Any]:
    return changed(deepcopy(FAMILY), {"code": code, **changes})
