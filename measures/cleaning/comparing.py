"""What only shows between records: ID04, HH09, IN09, VL05, VL06 and ST08."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from measures.citations import runs
from measures.cleaning.faults import Fault, has_exited
from measures.findings import Reason, Term
from measures.households.facts import Household, Land
from measures.villages.facts import Village

TWICE = Reason(
    "证件号码与{household}户重复", "the number also stands in household {household}"
)
SHARED_PHONE = Reason(
    "电话与{household}户相同", "the telephone is also household {household}'s"
)
ALL_EQUAL = Reason(
    "本村{count}户人均纯收入全部相同",
    "all {count} households of the village have the same",
)
FEWEST_TO_COMPARE = 3
LESS_LAND = Reason(
    "村土地{village}亩，小于各户之和{sum}亩",
    "the village has {village} mu, its households {sum}",
)
ROLL_UP = Reason(
    "村贫困户{written}户，各户汇总{counted}户",
    "the village says {written} poor households, {counted} are listed",
)
DIFFERENT = Reason(
    "{field}：{first}为{one}，{second}为{other}",
    "{field}: {first} has {one}, {second} has {other}",
)
COMPARED = (
    "identified_in",
    "exited_in",
    "returned_in",
    "attribute",
    "member_count",
    "income.total",
    "income.net",
    "income.net_per_head",
    "helper.name",
    "helper.unit",
)
LAND = attrgetter("paddy_mu", "dry_mu", "economic_forest_mu", "mountain_forest_mu")


def faults_between(
    households: Sequence[Household],
    villages: Sequence[Village],
    carriers: Mapping[str, Household | None],
    complete: bool,
) -> Iterator[Fault]:
    """Every fault that two records make together."""
    yield from numbers_that_stand_twice(households)
    yield from phones_of_several_households(households)
    by_village: dict[str, list[Household]] = defaultdict(list)
    for household in households:
        if household.division:
            by_village[household.division].append(household)
    for neighbours in by_village.values():
        yield from incomes_all_equal(neighbours)
    for village in villages:
        neighbours = by_village.get(village.division or "", [])
        if neighbours:
            yield from village_against_households(village, neighbours, complete)
    yield from carriers_that_disagree(carriers)


@runs("clean-identity")
def numbers_that_stand_twice(households: Sequence[Household]) -> Iterator[Fault]:
    """ID04: a number stands once; the first eighteen characters are compared."""
    first_seen: dict[str, str | None] = {}
    for household in households:
        for index, member in enumerate(household.members):
            number = (member.id_number or "")[:18].upper()
            if len(number) < 18:
                continue
            if number in first_seen:
                because = TWICE(household=first_seen[number])
                yield Fault("ID04", household.code, index, "id_number", because)
            else:
                first_seen[number] = household.code


def phones_of_several_households(households: Sequence[Household]) -> Iterator[Fault]:
    """HH09: a telephone belongs to one household."""
    first_seen: dict[str, int] = {}
    for place, household in enumerate(households):
        for index, member in enumerate(household.members):
            if not member.phone:
                continue
            owner = first_seen.setdefault(member.phone, place)
            if owner != place:
                because = SHARED_PHONE(household=households[owner].code)
                yield Fault("HH09", household.code, index, "phone", because)


def incomes_all_equal(neighbours: Sequence[Household]) -> Iterator[Fault]:
    """IN09: a village where every household has the same income a head."""
    incomes = {
        household.income.net_per_head if household.income else None
        for household in neighbours
    }
    if len(neighbours) < FEWEST_TO_COMPARE or len(incomes) > 1 or None in incomes:
        return
    for household in neighbours:
        because = ALL_EQUAL(count=len(neighbours))
        yield Fault("IN09", household.code, None, "income.net_per_head", because)


def village_against_households(
    village: Village, neighbours: Sequence[Household], complete: bool
) -> Iterator[Fault]:
    """VL05 and VL06: the village's land and count against its households'."""
    total = sum(mu or 0 for each in neighbours for mu in LAND(each.land or Land()))
    if village.land_mu is not None and total > village.land_mu:
        because = LESS_LAND(village=village.land_mu, sum=total)
        yield Fault("VL05", None, None, "land_mu", because, village.code)
    counted = sum(not has_exited(household) for household in neighbours)
    written = village.poor_households
    if written is None or counted == written:
        return
    if complete or counted > written:
        because = ROLL_UP(written=written, counted=counted)
        yield Fault("VL06", None, None, "poor_households", because, village.code)


@runs("5-carriers", "5-aspects")
def carriers_that_disagree(
    carriers: Mapping[str, Household | None],
) -> Iterator[Fault]:
    """ST08: what two carriers both say, they say alike."""
    held = [(name, each) for name, each in carriers.items() if each is not None]
    for place, (first, one) in enumerate(held):
        for second, other in held[place + 1 :]:
            for path in COMPARED:
                said, answered = value_at(one, path), value_at(other, path)
                if said is None or answered is None or said == answered:
                    continue
                because = difference(path, (first, said), (second, answered))
                yield Fault("ST08", one.code or other.code, None, path, because)
            yield from members_that_disagree((first, one), (second, other))


def members_that_disagree(
    first: tuple[str, Household], second: tuple[str, Household]
) -> Iterator[Fault]:
    """The people listed are the same, by number, else by name."""
    lists = [
        sorted((m.id_number or m.name or "?").upper() for m in each.members)
        for _, each in (first, second)
    ]
    if all(lists) and lists[0] != lists[1]:
        said = [
            tuple(m.name or "?" for m in each.members) for _, each in (first, second)
        ]
        because = difference("members", (first[0], said[0]), (second[0], said[1]))
        code = first[1].code or second[1].code
        yield Fault("ST08", code, None, "members", because)


def difference(path: str, first: tuple[str, Any], second: tuple[str, Any]) -> Any:
    return DIFFERENT(
        field=Term(f"field:{path}"),
        first=Term(f"carrier:{first[0]}"),
        one=first[1],
        second=Term(f"carrier:{second[0]}"),
        other=second[1],
    )


def value_at(household: Household, path: str) -> Any:
    value: Any = household
    for name in path.split("."):
        value = getattr(value, name, None)
    return value
