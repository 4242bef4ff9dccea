"""The register's card of a household, from the exchange format alone.

Exercises show it of made-up households, so nothing here asks the database; and faulty
data must be shown as it is, so a code that no list has stands for itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import measures
from core import sealing
from ledger.words import named

from .enums import HEAD

LISTS = {
    "dwelling.structure": "structure",
    "dwelling.grade": "grade",
    "dwelling.resettlement.kind": "resettlement",
    "water.source": "water_source",
    "road.surface": "road_surface",
    "helper.level": "helper_level",
    "attribute": "attribute",
    "causes": "cause",
    "stable_sources": "stable_source",
}
EARNED = ("business", "wage", "property", "other")
TRANSFERS = (
    "basic_pension",
    "low_income_a",
    "low_income_b",
    "low_income_c",
    "temporary_relief",
    "other_stable",
)


@dataclass(frozen=True)
class Line:
    """A label and what stands beside it; ``unknown`` if the form was left empty."""

    label: str
    value: str
    unknown: bool = False


@dataclass(frozen=True)
class Sum:
    """A line of the income: what, how much, and whether it is a result."""

    label: str
    amount: float | None
    sign: str = ""
    is_result: bool = False
    is_part: bool = False


@dataclass(frozen=True)
class Person:
    """A row of the members' table, in words."""

    number: int
    name: str
    relation: str
    sex: str
    born: str
    age: int | None
    id_number: str
    ethnicity: str
    learning: str
    health: str
    labour: str
    work: str
    insurance: str
    pension: str
    allowance: str
    absence: str
    is_head: bool


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Card:
    """A household as its paper card reads."""

    title: str
    code: str
    on: date | None
    head: list[Line]
    people: list[Person]
    sections: list[Section]
    income: list[Sum]
    helper: list[Line]
    vetoes: list[Line] = field(default_factory=list)
    vetoes_checked: bool = False


def card_from(facts: Mapping) -> Card:
    """Return the card of a household in the exchange format."""
    on = day(facts.get("on"))
    members = facts.get("members") or []
    people = [
        person_from(member, number, facts, on)
        for number, member in enumerate(members, start=1)
    ]
    return Card(
        title=title_of(members, facts),
        code=facts.get("code") or "",
        on=on,
        head=head_lines(facts),
        people=people,
        sections=sections_of(facts),
        income=income_lines(facts.get("income") or {}, len(members)),
        helper=lines(facts, "helper", ("name", "unit", "level", "phone")),
        vetoes=veto_lines(facts.get("vetoes") or []),
        vetoes_checked=facts.get("vetoes") is not None,
    )


def title_of(members: Iterable[Mapping], facts: Mapping) -> str:
    for member in members:
        if member.get("relation") == HEAD and member.get("name"):
            return member["name"]
    return facts.get("code") or _("Household without a head")


def head_lines(facts: Mapping) -> list[Line]:
    years = ("identified_in", "exited_in", "returned_in")
    return [
        line("attribute", facts.get("attribute")),
        line("causes", facts.get("causes")),
        line("member_count", facts.get("member_count")),
        *(line(name, facts.get(name)) for name in years if facts.get(name)),
    ]


def sections_of(facts: Mapping) -> list[Section]:
    land = ("paddy_mu", "dry_mu", "economic_forest_mu", "mountain_forest_mu")
    if "cultivated_mu" in (facts.get("land") or {}):
        land += ("cultivated_mu",)
    living = [
        *lines(facts, "water", WATER),
        *lines(facts, "road", ROAD),
        line("electricity", facts.get("electricity")),
        *lines(facts, "television", TELEVISION),
    ]
    return [
        Section(title("land"), lines(facts, "land", land)),
        Section(
            title("stable_sources"),
            [
                line("stable_sources", facts.get("stable_sources")),
                line("food_and_clothing_secure", facts.get("food_and_clothing_secure")),
                line("income_stable", facts.get("income_stable")),
            ],
        ),
        Section(title("dwelling"), dwelling_lines(facts)),
        Section(_("Living conditions"), living),
    ]


WATER = (
    "source",
    "clear",
    "litres_per_head_day",
    "round_trip_minutes",
    "level_distance_m",
    "height_m",
    "assurance",
)
ROAD = ("hamlet_households", "surface", "width_m", "nature_reserve")
ABSENCE = ("reason", "visits", "three_party_signed")
TELEVISION = ("televisions", "computers", "smartphones", "receives")


def dwelling_lines(facts: Mapping) -> list[Line]:
    names = ("structure", "grade", "area_m2", "liveable", "dilapidated")
    found = lines(facts, "dwelling", names)
    moved = (facts.get("dwelling") or {}).get("resettlement")
    if moved:
        shown = {"dwelling.resettlement": moved}
        parts = ("kind", "quality_passed", "keys_handed_over", "moved_in")
        found += lines(shown, "dwelling.resettlement", parts)
    return found


def income_lines(income: Mapping, heads: int) -> list[Sum]:
    """The sum as the form has it; results that nobody wrote are worked out."""
    transfer = income.get("transfer") or {}
    parts = [Sum(title(f"income.{name}"), income.get(name), "+") for name in EARNED]
    given = [transfer.get(name) for name in TRANSFERS]
    sums = [
        *parts[:3],
        Sum(title("income.transfer"), added(given), "+"),
        *(
            Sum(title(f"income.transfer.{name}"), value, is_part=True)
            for name, value in zip(TRANSFERS, given, strict=True)
            if value is not None
        ),
        parts[3],
    ]
    total = written(income, "total", added([each.amount for each in sums if each.sign]))
    spent = income.get("expenses")
    net = written(income, "net", None if total is None else total - (spent or 0))
    a_head = None if net is None or not heads else round(net / heads, 2)
    return [
        *sums,
        Sum(title("income.total"), total, "=", is_result=True),
        Sum(title("income.expenses"), spent, "−"),
        Sum(title("income.net"), net, "=", is_result=True),
        Sum(
            title("income.net_per_head"),
            written(income, "net_per_head", a_head),
            f"÷ {heads} =" if heads else "=",
            is_result=True,
        ),
    ]


def written(income: Mapping, name: str, otherwise: float | None) -> float | None:
    return otherwise if income.get(name) is None else income[name]


def added(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return round(sum(known), 2) if known else None


def person_from(
    member: Mapping, number: int, facts: Mapping, on: date | None
) -> Person:
    born = day(member.get("born"))
    return Person(
        number=number,
        name=member.get("name") or "",
        relation=said(member.get("relation"), "relation"),
        sex=said(member.get("sex"), "sex"),
        born=born.isoformat() if born else "",
        age=age(born, on),
        id_number=sealing.masked(member.get("id_number") or ""),
        ethnicity=said(member.get("ethnicity"), "ethnicity"),
        learning=said(member.get("schooling"), "schooling")
        or said(member.get("education"), "education"),
        health=said(member.get("health"), "health"),
        labour=said(member.get("labour"), "labour"),
        work=work_of(member),
        insurance=insurance_of(member),
        pension=said(member.get("pension"), "pension"),
        allowance=said(member.get("low_income_class"), "low_income_class"),
        absence=absence_of(number - 1, facts),
        is_head=member.get("relation") == HEAD,
    )


def work_of(member: Mapping) -> str:
    place = said(member.get("work_place"), "work_place")
    if months := member.get("work_months"):
        return _("%(place)s %(months)s months") % {
            "place": place,
            "months": figure(months),
        }
    return place


def insurance_of(member: Mapping) -> str:
    held = said(member.get("medical_insurance"), "medical_insurance")
    if member.get("critical_illness_insurance"):
        return f"{held} + {title('member.critical_illness_insurance')}"
    return held


def absence_of(index: int, facts: Mapping) -> str:
    """Why a child is out of school and what was done, in a line."""
    for absence in facts.get("out_of_school") or []:
        if absence.get("member") == index:
            return in_one_line(absence, "out_of_school", ABSENCE)
    return ""


def veto_lines(vetoes: Iterable[Mapping]) -> list[Line]:
    return [
        Line(
            said(veto.get("code"), "veto"),
            in_one_line(veto, "vetoes", ("since", "value")),
        )
        for veto in vetoes
    ]


def in_one_line(facts: Mapping, section: str, names: Iterable[str]) -> str:
    told = [line(f"{section}.{name}", facts.get(name)) for name in names]
    return " · ".join(f"{one.label} {one.value}" for one in told if not one.unknown)


def age(born: date | None, on: date | None) -> int | None:
    if born is None or on is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def lines(facts: Mapping, section: str, names: Iterable[str]) -> list[Line]:
    held = facts.get(section) or {}
    return [line(f"{section}.{name}", held.get(name)) for name in names]


def line(path: str, content: object) -> Line:
    return Line(title(path), value(path, content), unknown=content in (None, "", []))


def title(path: str) -> str:
    return named(path, "field")


def value(path: str, content: object) -> str:
    """What is written beside a label: codes by name, yes and no, figures with units."""
    if content is None or content == "":
        return _("not known")
    if isinstance(content, bool):
        return _("yes") if content else _("no")
    if path in LISTS:
        return said(content, LISTS[path])
    if path == "out_of_school.reason":
        return said(content, "absence_reason")
    if path == "water.assurance":
        return f"{figure(float(content) * 100)} %"
    if isinstance(content, int | float):
        return unit_of(path) % {"figure": figure(content)}
    return str(content)


def unit_of(path: str) -> str:
    if path.endswith("_mu"):
        return _("%(figure)s mu")
    if path.endswith("_m2"):
        return _("%(figure)s m²")
    if path.endswith("_m"):
        return _("%(figure)s m")
    if path.endswith("_minutes"):
        return _("%(figure)s minutes")
    if path.endswith("litres_per_head_day"):
        return _("%(figure)s litres")
    return "%(figure)s"


def figure(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") if number % 1 else f"{int(number)}"


def said(codes: object, kind: str) -> str:
    """The names of one code or several; what no list has stands for itself."""
    if codes in (None, "", []):
        return ""
    if isinstance(codes, list | tuple):
        return pgettext("between items", ", ").join(said(code, kind) for code in codes)
    try:
        return named(str(codes), kind)
    except measures.UnknownCode:
        return str(codes)


def day(text: object) -> date | None:
    if isinstance(text, str):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return text if isinstance(text, date) else None
