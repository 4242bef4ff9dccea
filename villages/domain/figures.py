"""What the household register amounts to, division by division.

Four queries whatever the size: a subtree is a range of codes, a child's share of it a
prefix.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import Substr

import measures
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from households.models import Household, Member
from ledger.words import spoken
from villages.models import VillageProfile

# Who may exit is still poor: the Measures say so where an exit begins.
STILL_POOR = measures.procedure("exit", "household").begins_from
EXITED = "exited"
IN_REGISTER = (*STILL_POOR, EXITED)


@dataclass
class Figures:
    """Households and people of a division by status, its exits and its population."""

    households_by_status: Counter = field(default_factory=Counter)
    people_by_status: Counter = field(default_factory=Counter)
    exits_by_year: Counter = field(default_factory=Counter)
    village_households: int = 0
    population: int = 0
    without_profile: int = 0  # villages that nobody has counted

    @property
    def households(self) -> int:
        return sum(self.households_by_status[status] for status in IN_REGISTER)

    @property
    def people(self) -> int:
        return sum(self.people_by_status[status] for status in IN_REGISTER)

    @property
    def poor_households(self) -> int:
        return sum(self.households_by_status[status] for status in STILL_POOR)

    @property
    def poor_people(self) -> int:
        return sum(self.people_by_status[status] for status in STILL_POOR)

    @property
    def exited_households(self) -> int:
        return self.households_by_status[EXITED]

    @property
    def applicants(self) -> int:
        return self.households_by_status["applicant"]

    @property
    def incidence(self) -> float | None:
        """Remaining poor in a hundred people; waits until all villages are counted."""
        if self.without_profile or not self.population:
            return None
        return self.poor_people * 100 / self.population

    def add(self, other: "Figures") -> None:
        self.households_by_status += other.households_by_status
        self.people_by_status += other.people_by_status
        self.exits_by_year += other.exits_by_year
        self.village_households += other.village_households
        self.population += other.population
        self.without_profile += other.without_profile


@dataclass(frozen=True)
class Rate:
    """Whether the incidence is low enough for an exit, as ``measures`` finds it."""

    met: bool | None
    because: str
    citation: str


def figures_of(division: Division, *, on: date) -> Figures:
    """Return the figures of one division."""
    return total(figures_by(division, length=len(division.code), on=on).values())


def figures_of_children(division: Division, *, on: date) -> dict[str, Figures]:
    """Return the figures of the divisions one level down, by their code."""
    below = Level(division.level).below
    length = CODE_LENGTH[below] if below else len(division.code)
    return figures_by(division, length=length, on=on)


def total(parts: Iterable[Figures]) -> Figures:
    found = Figures()
    for part in parts:
        found.add(part)
    return found


def figures_by(division: Division, *, length: int, on: date) -> dict[str, Figures]:
    """Return figures by the first ``length`` digits of the code."""
    found: dict[str, Figures] = {}

    def at(code: str) -> Figures:
        return found.setdefault(code, Figures())

    for code, status, year, count in grouped(
        Household.objects.within(division.code), length, "status", "exited_in"
    ):
        at(code).households_by_status[status] += count
        if year:
            at(code).exits_by_year[year] += count
    people = Member.objects.within(division.code).present()
    for code, status, count in grouped(people, length, "household__status"):
        at(code).people_by_status[status] += count
    known = VillageProfile.objects.within(division.code).known(on)
    sums = (
        known.annotate(place=Substr("division_code", 1, length))
        .order_by()
        .values_list("place")
        .annotate(Sum("population"), Sum("households"))
    )
    for code, population, households in sums:
        at(code).population, at(code).village_households = population, households
    villages = Division.objects.within(division.code).filter(is_committee=True)
    uncounted = villages.exclude(pk__in=known.values("division"))
    for code, count in grouped(uncounted, length, field="code"):
        at(code).without_profile += count
    return found


def grouped(rows, length: int, *names: str, field: str = "division_code"):
    """Count rows by the first digits of their code and the named columns."""
    placed = rows.annotate(place=Substr(field, 1, length)).order_by()
    return (
        placed.values("place", *names)
        .annotate(n=Count("pk"))
        .values_list("place", *names, "n")
    )


def rate_of(division: Division, figures: Figures, *, on: date) -> Rate | None:
    """Ask ``measures`` whether a village's or county's incidence is low enough."""
    known = {"on": on.isoformat(), "poor_people": figures.poor_people}
    if figures.incidence is not None:
        known["population"] = figures.population
    try:
        if division.level == Level.VILLAGE:
            answer = measures.check_village(measures.read_village(known))
            finding = answer["V_RATE"]
        elif division.level == Level.COUNTY:
            answer = measures.check_county(measures.read_county(known))
            finding = answer["C_RATE"]
        else:
            return None
    except measures.Unreadable:  # no edition of the rules was in force that day
        return None
    return Rate(finding.met, spoken(finding.because), finding.citation)
