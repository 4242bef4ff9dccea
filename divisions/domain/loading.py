"""Bringing Guangxi's divisions and their designations into the register."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from divisions.enums import CODE_LENGTH, LEVEL_OF_LENGTH, Kind, Level
from divisions.models import Designation, Division, DivisionCode

DATA = Path(__file__).resolve().parents[1] / "data"
CODES_SINCE = date(2016, 7, 31)  # the cut-off of the statistics bureau's edition
PERIOD_SINCE = date(2016, 1, 1)  # the 13th five-year period
POOR_VILLAGES = 5000
# A committee in a poor county is this many times likelier to be flagged.
POOR_COUNTY_WEIGHT = 5
COMMITTEE_ENDINGS = ("村委会", "村民委员会")
BATCH = 2000


@dataclass(frozen=True)
class Loaded:
    divisions: int
    designations: int


@transaction.atomic
def load_divisions() -> Loaded:
    """Load the whole of Guangxi; a second call adds nothing and undoes nothing.

    A code that any division bears or ever bore is left alone, so a later recoding
    survives.
    """
    rows = list(read("guangxi-divisions-2016.csv"))
    known = set(DivisionCode.objects.values_list("code", flat=True))
    names = {row["code"]: row["name"] for row in rows}
    fresh = [
        division_from(row["code"], names) for row in rows if row["code"] not in known
    ]
    made = Division.objects.bulk_create(fresh, batch_size=BATCH)
    DivisionCode.objects.bulk_create(
        [DivisionCode(division=d, code=d.code, since=CODES_SINCE) for d in made],
        batch_size=BATCH,
    )
    if made:
        keep_former_codes()
    return Loaded(divisions=len(made), designations=load_designations())


def division_from(code: str, names: dict[str, str]) -> Division:
    lengths = [n for n in CODE_LENGTH.values() if 2 < n <= len(code)]
    return Division(
        code=code,
        name=names[code],
        full_name="".join(names[code[:n]] for n in lengths) or names[code],
        level=LEVEL_OF_LENGTH[len(code)],
        is_committee=names[code].endswith(COMMITTEE_ENDINGS),
    )


def keep_former_codes() -> None:
    """Record the codes that divisions bore before the edition we load."""
    for row in read("former-codes.csv"):
        division = Division.objects.get(code=row["code"])
        changed = date.fromisoformat(row["changed_on"])
        division.codes.filter(until=None).update(since=changed)
        DivisionCode.objects.create(
            division=division,
            code=row["former_code"],
            since=date.fromisoformat(row["since"]),
            until=changed,
        )


def load_designations() -> int:
    """Designate once: where any designation exists, the office keeps them."""
    if Designation.objects.exists():
        return 0
    poor = {row["code"]: row for row in read("poor-counties.csv")}
    villages = list(
        Division.objects.filter(level=Level.VILLAGE, is_committee=True).order_by("code")
    )
    flagged = demonstration_poor_villages(villages, set(poor))
    made = [*poor_counties(poor), *flags(flagged, Kind.POOR_VILLAGE)]
    with_tasks = {village.code: village for village in flagged}
    with_tasks |= {v.code: v for v in villages if v.code[:6] in poor}
    made += flags(with_tasks.values(), Kind.HAS_TASKS)
    townships = {code[:9] for code in with_tasks}
    made += flags(
        Division.objects.filter(level=Level.TOWNSHIP, code__in=townships),
        Kind.HAS_TASKS,
    )
    Designation.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def poor_counties(poor: dict[str, dict]) -> list[Designation]:
    return [
        Designation(
            division=county,
            division_code=county.code,
            kind=Kind.POOR_COUNTY,
            county_class=poor[county.code]["class"],
            exit_year=int(poor[county.code]["exit_year"]),
            attested=poor[county.code]["attested"],
            since=PERIOD_SINCE,
        )
        for county in Division.objects.filter(code__in=poor)
    ]


def flags(divisions, kind: Kind) -> list[Designation]:
    return [
        Designation(
            division=division,
            division_code=division.code,
            kind=kind,
            since=PERIOD_SINCE,
            attested="assumed",
            is_demonstration=True,
        )
        for division in divisions
    ]


def demonstration_poor_villages(
    villages: list[Division], poor_counties: set[str]
) -> list[Division]:
    """Choose 5,000 villages by the rule in ``data/README.md``: shares by county
    (largest remainder; committees in poor counties weigh five times), then evenly
    spaced down the county's list of codes."""
    by_county: dict[str, list[Division]] = {}
    for village in villages:
        by_county.setdefault(village.code[:6], []).append(village)
    weights = {
        county: len(rows) * (POOR_COUNTY_WEIGHT if county in poor_counties else 1)
        for county, rows in by_county.items()
    }
    total = min(POOR_VILLAGES, len(villages))
    shares = largest_remainder(weights, total)
    return [
        rows[index * len(rows) // shares[county]]
        for county, rows in by_county.items()
        for index in range(shares[county])
    ]


def largest_remainder(weights: dict[str, int], total: int) -> Counter[str]:
    """Divide ``total`` in proportion to ``weights`` so that the parts sum to it."""
    whole = sum(weights.values())
    shares = Counter({key: total * w // whole for key, w in weights.items()})
    by_remainder = sorted(
        weights, key=lambda key: (-(total * weights[key] % whole), key)
    )
    shares.update(by_remainder[: total - shares.total()])
    return shares


def read(name: str):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
