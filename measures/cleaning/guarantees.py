"""TG01 to TG15: insurance, housing, water, power, land."""

from measures.citations import runs
from measures.cleaning.faults import Home, Person, of_home, of_person
from measures.findings import Because, Reason, Term, missing
from measures.households.facts import Land
from measures.households.standard import judge_item

LARGEST = {
    "cultivated_mu": 100,
    "forest_mu": 200,
    "returned_to_forest_mu": 200,
    "orchard_mu": 200,
    "grass_mu": 100,
    "water_mu": 100,
}
ON_EVERY_FORM = (
    "paddy_mu",
    "dry_mu",
    "economic_forest_mu",
    "mountain_forest_mu",
)
FARTHEST_KM = 5
LEAST_AREA_A_HEAD = 13
NO_INSURANCE = Reason("医疗保险未填写", "medical insurance is blank")
NOT_INSURED = Reason("没有参加医疗保险", "not in any medical insurance")
NO_CRITICAL = Reason("脱贫户成员没有大病保险", "exited, without critical-illness cover")
NO_PENSION = Reason("养老保险未填写", "pension is blank")
DILAPIDATED = Reason("脱贫户主要住房是危房", "exited, in a dilapidated house")
NO_POWER = Reason("脱贫户没有生活用电", "exited, without electricity")
AID_UNINSURED = Reason("享受医疗救助，没有参保", "received medical aid, not insured")
NO_AREA = Reason("住房面积应大于0", "the area should be above 0")
AREA_A_HEAD = Reason(
    "人均住房面积填为{written}，应为{due}", "area a head is {written}, should be {due}"
)
TOO_SMALL = Reason(
    "脱贫户人均住房{per_head}平方米，低于{least}平方米",
    "exited, with {per_head} m² a head, below {least}",
)
NOT_SAFE_GRADE = Reason("填为危房，等级为{grade}", "dilapidated, but {grade}")
NOT_DILAPIDATED = Reason("等级为{grade}，没有填为危房", "{grade}, but not dilapidated")
REBUILT = Reason("{year}年已危改，仍填为危房", "rebuilt in {year}, still dilapidated")
LAND_BLANK = Reason("{field}未填写", "{field} is blank")
MUCH_LAND = Reason("{field}{mu}亩，超过{most}亩", "{field}: {mu} mu, more than {most}")
FAR = Reason("距离{km}公里，超过{most}公里", "{km} km away, more than {most}")
BLANK = Reason("未填写", "is blank")
CULTIVATED = Reason(
    "水田{paddy}+旱地{dry}≠耕地{whole}",
    "paddy {paddy} + dry {dry} is not cultivated {whole}",
)
MORE_RETURNED = Reason(
    "退耕还林{part}亩大于林地{whole}亩", "returned {part} mu, more than forest {whole}"
)
LAND_A_HEAD = Reason(
    "人均耕地填为{written}，应为{due}", "land a head is {written}, should be {due}"
)
NO_ALLOWANCE = Reason(
    "全家无劳动力，没有低保或特困供养", "nobody has labour and nobody an allowance"
)
ABLE_SPECIAL_POOR = Reason(
    "{age}岁且健康，却为特困供养", "{age} years old and healthy, yet specially poor"
)


@of_person("TG01", "medical_insurance")
@runs("clean-guarantees")
def is_insured(person: Person) -> Because | None:
    """Medical insurance is filled in, and there is one."""
    held = person.member.medical_insurance
    if held is None:
        return NO_INSURANCE()
    return NOT_INSURED() if held == "none" else None


@of_person("TG02", "critical_illness_insurance")
def the_exited_have_critical_illness_cover(person: Person) -> Because | None:
    if not person.has_exited or person.member.critical_illness_insurance:
        return None
    return NO_CRITICAL()


@of_person("TG03", "pension")
def pension_is_filled_in(person: Person) -> Because | None:
    if person.age is None or person.age < 16 or person.at_school:
        return None
    return NO_PENSION() if person.member.pension is None else None


@of_home("TG04", "dwelling.dilapidated")
def the_exited_do_not_live_in_danger(home: Home) -> Because | None:
    dwelling = home.household.dwelling
    if home.has_exited and dwelling is not None and dwelling.dilapidated:
        return DILAPIDATED()
    return None


@of_home("TG05", "water")
def the_exited_have_safe_water(home: Home) -> Because | None:
    if not home.has_exited:
        return None
    finding = judge_item(home.household, "WATER", home.on)
    return finding.because if finding and finding.met is False else None


@of_home("TG06", "electricity")
def the_exited_have_electricity(home: Home) -> Because | None:
    if home.has_exited and home.household.electricity is False:
        return NO_POWER()
    return None


@of_person("TG07", "medical_aid")
def who_received_aid_is_insured(person: Person) -> Because | None:
    member = person.member
    if member.medical_aid and member.medical_insurance in (None, "none"):
        return AID_UNINSURED()
    return None


@of_home("TG08", "dwelling.area_m2")
def area_is_there_and_enough(home: Home) -> Because | None:
    dwelling, heads = home.household.dwelling, home.household.heads
    if dwelling is None or not heads:
        return None
    if not dwelling.area_m2:
        return missing("dwelling.area_m2") if dwelling.area_m2 is None else NO_AREA()
    if not home.has_exited or dwelling.resettlement is not None:
        return None
    if dwelling.area_m2 < LEAST_AREA_A_HEAD * heads:
        return TOO_SMALL(per_head=dwelling.area_m2 / heads, least=LEAST_AREA_A_HEAD)
    return None


@of_home("TG08", "dwelling.area_per_head_m2")
def area_a_head_is_the_area_shared(home: Home) -> Because | None:
    dwelling, heads = home.household.dwelling, home.household.heads
    if dwelling is None or dwelling.area_m2 is None or not heads:
        return None
    written = dwelling.area_per_head_m2
    if written is None or shares(written, dwelling.area_m2, heads):
        return None
    return AREA_A_HEAD(written=written, due=round(dwelling.area_m2 / heads, 2))


def shares(written: float, whole: float, heads: int) -> bool:
    """Whether the figure a head is the whole shared out, to the two places written."""
    return abs(hundredths(written) - whole * 100 / heads) <= 1


def hundredths(value: float) -> int:
    return round(value * 100)


@of_home("TG09", "dwelling.grade")
def grade_and_dilapidation_agree(home: Home) -> Because | None:
    dwelling = home.household.dwelling
    if dwelling is None or dwelling.dilapidated is None:
        return None
    if dwelling.dilapidated and dwelling.rebuilt_in is not None:
        return REBUILT(year=dwelling.rebuilt_in)
    if dwelling.grade is None or dwelling.dilapidated == (dwelling.grade in "CD"):
        return None
    said = NOT_SAFE_GRADE if dwelling.dilapidated else NOT_DILAPIDATED
    return said(grade=Term(f"grade:{dwelling.grade}"))


@of_home("TG10", "land")
def land_is_filled_in_and_plausible(home: Home) -> Because | None:
    land = home.household.land
    if land is None:
        return None
    for name in ON_EVERY_FORM:
        if getattr(land, name) is None:
            return LAND_BLANK(field=Term(f"field:land.{name}"))
    for name, most in LARGEST.items():
        mu = getattr(land, name)
        if mu is not None and mu > most:
            return MUCH_LAND(field=Term(f"field:land.{name}"), mu=mu, most=most)
    return None


@of_home("TG11", "surroundings.main_road_km")
def main_road_is_near(home: Home) -> Because | None:
    around = home.household.surroundings
    if around is None:
        return None
    if around.main_road_km is None:
        return BLANK()
    if around.main_road_km > FARTHEST_KM:
        return FAR(km=around.main_road_km, most=FARTHEST_KM)
    return None


@of_home("TG12", "surroundings.entry_road")
def entry_road_is_filled_in(home: Home) -> Because | None:
    around = home.household.surroundings
    return BLANK() if around is not None and around.entry_road is None else None


@of_home("TG12", "surroundings.sanitary_toilet")
def toilet_is_filled_in(home: Home) -> Because | None:
    around = home.household.surroundings
    return BLANK() if around is not None and around.sanitary_toilet is None else None


@of_home("TG13", "land.cultivated_mu")
def paddy_and_dry_make_the_cultivated_land(home: Home) -> Because | None:
    land = home.household.land
    if land is None or land.cultivated_mu is None:
        return None
    if land.paddy_mu is None or land.dry_mu is None:
        return None
    if hundredths(land.paddy_mu + land.dry_mu) == hundredths(land.cultivated_mu):
        return None
    return CULTIVATED(paddy=land.paddy_mu, dry=land.dry_mu, whole=land.cultivated_mu)


@of_home("TG13", "land.returned_to_forest_mu")
def returned_land_is_within_the_forest(home: Home) -> Because | None:
    land = home.household.land or Land()
    part, whole = land.returned_to_forest_mu, land.forest_mu
    if part is None or whole is None or part <= whole:
        return None
    return MORE_RETURNED(part=part, whole=whole)


@of_home("TG13", "land.cultivated_per_head_mu")
def land_a_head_is_the_land_shared(home: Home) -> Because | None:
    land, heads = home.household.land or Land(), home.household.heads
    written, whole = land.cultivated_per_head_mu, land.cultivated_mu
    if written is None or whole is None or not heads:
        return None
    if shares(written, whole, heads):
        return None
    return LAND_A_HEAD(written=written, due=round(whole / heads, 2))


@of_home("TG14", "members")
def who_cannot_work_has_an_allowance(home: Home) -> Because | None:
    members = home.household.members
    if not members or any(each.labour not in ("none", "lost") for each in members):
        return None
    if any(each.low_income_class or each.special_poor for each in members):
        return None
    return NO_ALLOWANCE()


@of_person("TG15", "special_poor")
def the_able_are_not_specially_poor(person: Person) -> Because | None:
    if not person.member.special_poor or not person.healthy or person.age is None:
        return None
    return ABLE_SPECIAL_POOR(age=person.age) if 18 <= person.age <= 59 else None
