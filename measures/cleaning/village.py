"""VL01 to VL04, VL06 and VL07: the indicators of a village."""

from measures.citations import runs
from measures.cleaning.faults import of_village
from measures.findings import Because, Reason, Term
from measures.villages.facts import Collective, Facilities, Village

NOT_POSITIVE = Reason("{field}应大于0", "{field} should be above 0")
BLANK = Reason("{field}未填写", "{field} is blank")
NO_HARD_ROAD = Reason("摘帽村没有通硬化路", "exited, without a hardened road")
MORE_THAN_ALL = Reason(
    "饮水不安全{water}户+危房{houses}户，大于总户数{all}",
    "{water} without water + {houses} dilapidated are more than {all} households",
)
MORE_POOR = Reason(
    "贫困户{poor}户大于总户数{all}", "{poor} poor households, more than {all}"
)
PARTS = Reason(
    "分类合计{sum}户，贫困户{whole}户", "the parts make {sum}, poor households {whole}"
)
RATE = Reason(
    "贫困发生率填为{written}%，应为{due}%",
    "incidence is {written} %, should be {due} %",
)
FACILITIES = tuple(Facilities.declared)


@of_village("VL01", "households")
@runs("clean-village")
def exited_village_has_households_people_and_income(
    village: Village,
) -> Because | None:
    """An exited village cannot be empty or without collective income."""
    if village.exited_in is None:
        return None
    income = (village.collective or Collective()).income
    known = {
        "households": village.households,
        "population": village.population,
        "collective.income": income,
    }
    for path, value in known.items():
        if not value:
            return NOT_POSITIVE(field=Term(f"field:{path}"))
    return None


@of_village("VL02", "facilities")
def facilities_of_an_exited_village_are_filled_in(village: Village) -> Because | None:
    if village.exited_in is None:
        return None
    held = village.facilities or Facilities()
    for name in FACILITIES:
        if getattr(held, name) is None:
            return BLANK(field=Term(f"field:facilities.{name}"))
    return None


@of_village("VL03", "roads.hardened")
def exited_village_has_a_hardened_road(village: Village) -> Because | None:
    if village.exited_in is None or village.roads is None:
        return None
    return NO_HARD_ROAD() if village.roads.hardened is False else None


@of_village("VL04", "households_with_water")
def lacking_households_are_within_the_total(village: Village) -> Because | None:
    everybody, houses = village.households, village.households_dilapidated
    if everybody is None or village.households_with_water is None or houses is None:
        return None
    without = everybody - village.households_with_water
    if without >= 0 and without + houses <= everybody:
        return None
    return MORE_THAN_ALL(water=without, houses=houses, all=everybody)


@of_village("VL06", "poor_households")
def poor_households_are_within_the_total(village: Village) -> Because | None:
    poor, everybody = village.poor_households, village.households
    if poor is None or everybody is None or poor <= everybody:
        return None
    return MORE_POOR(poor=poor, all=everybody)


@of_village("VL06", "poor_households_by_attribute")
def parts_make_the_poor_households(village: Village) -> Because | None:
    parts, whole = village.poor_households_by_attribute, village.poor_households
    if parts is None or whole is None:
        return None
    counts = (
        parts.general,
        parts.low_income_with_labour,
        parts.low_income_without_labour,
    )
    known = [count for count in counts if count is not None]
    if len(known) < len(counts) or sum(known) == whole:
        return None
    return PARTS(sum=sum(known), whole=whole)


@of_village("VL07", "incidence_percent")
def incidence_is_poor_by_population(village: Village) -> Because | None:
    written, poor = village.incidence_percent, village.poor_people
    if written is None or poor is None or not village.population:
        return None
    due = poor * 100 / village.population
    # Shown to 0.01 %: half of that is rounding.
    if abs(written - due) <= 0.005000001:
        return None
    return RATE(written=written, due=round(due, 2))
