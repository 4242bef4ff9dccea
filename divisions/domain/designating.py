"""What a division counts as on a day."""

from dataclasses import dataclass
from datetime import date

from divisions.enums import Kind
from divisions.models import Designation, DesignationQuerySet, Division


@dataclass(frozen=True)
class Standing:
    """A division's designations on one day."""

    poor_county: bool = False
    county_class: str = ""
    poor_village: bool = False
    has_tasks: bool = False
    is_demonstration: bool = False


def standing_of(division: Division, *, on: date) -> Standing:
    """Return what ``division`` counts as on that day."""
    return standings(division, on=on).get(division.pk, Standing())


def standings(division: Division, *, on: date) -> dict[int, Standing]:
    """Return the standing of every designated division in the subtree, by key.

    One query whatever the size; divisions without a designation are absent.
    A county that has exited is still a poor county: the Measures cover the exited
    ones too, so the designation does not end with the exit (解读三).
    """
    return standings_among(Designation.objects.within(division.code), on=on)


def standings_among(held: DesignationQuerySet, *, on: date) -> dict[int, Standing]:
    """The same by those of ``held`` that are in force on that day."""
    facts: dict[int, dict] = {}
    for pk, kind, county_class, demonstration in held.in_force(on).values_list(
        "division_id", "kind", "county_class", "is_demonstration"
    ):
        row = facts.setdefault(pk, {})
        row[kind] = True
        row["is_demonstration"] = row.get("is_demonstration", False) or demonstration
        if kind == Kind.POOR_COUNTY:
            row["county_class"] = county_class
    return {pk: Standing(**row) for pk, row in facts.items()}
