"""The occasion of a check: its day, its year, and the income line it is held to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from measures.findings import Finding
from measures.households.facts import Household
from measures.law import IncomeLine


@dataclass(frozen=True, slots=True)
class Occasion:
    on: date
    line: IncomeLine | None


Check = Callable[[Household, Occasion], Finding]
