"""The ten items of the county standard."""

from measures.citations import runs
from measures.counties.facts import (
    Assistance,
    County,
    CountyRoads,
    CountyServices,
    Dilapidated,
)
from measures.findings import Finding, Reason, Rule
from measures.standards import Check, Occasion, Tally, of_year
from measures.villages.facts import Industry, MedicalCare, Schooling
from measures.villages.items import (
    AS_REQUIRED,
    FEW_KINDS,
    MANY_KINDS,
    NO_AID,
    NO_ASSISTANCE,
    NOT_DRAWING,
    NOT_INCLUDED,
    NOT_PERSUADED,
    NOT_TREATED,
    OUT_FOR_WANT,
    PENSIONS,
    RATE_LOW,
    RATE_TOO_HIGH,
    TOO_SMALL_A_SHARE,
    to_cover,
)

NO_ENTITIES = Reason(
    "有经营主体或基地的贫困村{part}/{whole}，应为{least}%",
    "{part} of {whole} poor villages have an entity or base, should be {least} %",
)
NOT_REBUILT = Reason(
    "存量危房改造{part}/{whole} = {share}%，低于{least}%",
    "{part} of {whole} = {share} % dilapidated houses rebuilt, below {least} %",
)
ILLNESS = Reason(
    "因病致贫返贫没有基本解决", "poverty by illness is not basically solved"
)
NO_SYSTEM = Reason("教育体系不健全", "the school system is not sound")
RETENTION = Reason(
    "义务教育巩固率{value}%，低于{least}%", "retention {value} %, below {least} %"
)
VILLAGES_NOT_JOINED = Reason(
    "通硬化路的行政村{part}/{whole} = {share}%，低于{least}%",
    "{part} of {whole} villages = {share} % have a hardened road, below {least} %",
)
HAMLETS_NOT_JOINED = Reason(
    "20户以上的屯通路{part}/{whole}",
    "of the hamlets of twenty households {part} of {whole} are joined",
)
NO_HOSPITAL = Reason(
    "二级以上公立医院{value}所，少于{least}所",
    "{value} public hospitals of the second grade, fewer than {least}",
)
TOWNSHIPS = Reason(
    "有标准化卫生院的乡镇{part}/{whole}", "{part} of {whole} townships have a hospital"
)
VILLAGES = Reason(
    "公共服务齐全的行政村{part}/{whole}", "{part} of {whole} villages have all services"
)
LOW_STANDARD = Reason(
    "农村低保标准{value}元，低于国家扶贫标准{least}元",
    "the low-income standard is {value} yuan, below the national line of {least}",
)
SLOW_GROWTH = Reason(
    "农民收入增幅{own}%，没有高于全国平均{national}%",
    "rural income grew by {own} %, not above the national {national} %",
)


@runs("4.3-industry")
def industry(
    rule: Rule,
    *,
    least_kinds: int,
    most_kinds: int,
    covered_percent: float,
    needs_entity: bool,
) -> Check:
    """Industries cover enough poor households; every poor village has an entity."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = county.industry or Industry()
        tally.at_least(facts.kinds, least_kinds, "industry.kinds", FEW_KINDS)
        if most_kinds and facts.kinds is not None:
            tally.at_most(facts.kinds, most_kinds, "industry.kinds", MANY_KINDS)
        tally.share(
            ("industry.poor_households_covered", facts.poor_households_covered),
            to_cover(county.poor_households, facts),
            covered_percent,
            TOO_SMALL_A_SHARE,
        )
        if needs_entity:
            tally.share(
                ("poor_villages_with_entity", county.poor_villages_with_entity),
                ("poor_villages", county.poor_villages),
                100,
                NO_ENTITIES,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.3-housing")
def housing(rule: Rule, *, percent: float, rebuilt_percent: dict[str, float]) -> Check:
    """Enough households housed; from 2017 enough dilapidated houses rebuilt."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        tally.share(
            ("households_housed", county.households_housed),
            ("households", county.households),
            percent,
            TOO_SMALL_A_SHARE,
        )
        if rebuilt_percent:
            facts = county.dilapidated or Dilapidated()
            tally.share(
                ("dilapidated.rebuilt", facts.rebuilt),
                ("dilapidated.stock", facts.stock),
                of_year(rebuilt_percent, occasion.on.year),
                NOT_REBUILT,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.3-medical")
def medical(rule: Rule, *, percent: float, needs_care: bool) -> Check:
    """Enough insured; from 2017 the ill are treated and poverty by illness solved."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = county.medical or MedicalCare()
        tally.share(
            ("medical.people_insured", facts.people_insured),
            ("population", county.population),
            percent,
            TOO_SMALL_A_SHARE,
        )
        if needs_care:
            tally.holds(facts.illness_treated, "medical.illness_treated", NOT_TREATED)
            tally.holds(
                facts.assistance_given, "medical.assistance_given", NO_ASSISTANCE
            )
            tally.holds(
                county.poverty_by_illness_solved, "poverty_by_illness_solved", ILLNESS
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.3-education")
def education(rule: Rule, *, retention_percent: dict[str, float]) -> Check:
    """No economic drop-out; from 2017 a sound system, aid, and enough retention."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = county.schooling or Schooling()
        tally.at_most(
            facts.out_for_economic_reasons,
            0,
            "schooling.out_for_economic_reasons",
            OUT_FOR_WANT,
        )
        if retention_percent:
            tally.at_most(
                facts.not_persuaded, 0, "schooling.not_persuaded", NOT_PERSUADED
            )
            tally.holds(county.school_system_sound, "school_system_sound", NO_SYSTEM)
            tally.holds(facts.aid_given, "schooling.aid_given", NO_AID)
            tally.at_least(
                county.retention_percent,
                of_year(retention_percent, occasion.on.year),
                "retention_percent",
                RETENTION,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.3-water", "4.3-power")
def households_share(rule: Rule, *, part: str, percent: float) -> Check:
    """Enough of the county's households have it."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        tally.share(
            (part, getattr(county, part)),
            ("households", county.households),
            percent,
            TOO_SMALL_A_SHARE,
        )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.3-road")
def roads(rule: Rule, *, percent: float, needs_hamlets: bool) -> Check:
    """Enough villages have a hardened road; from 2017 every large hamlet is joined."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = county.roads or CountyRoads()
        tally.share(
            ("county_roads.villages_joined", facts.villages_joined),
            ("villages", county.villages),
            percent,
            VILLAGES_NOT_JOINED,
        )
        if needs_hamlets:
            tally.share(
                ("roads.large_hamlets_joined", facts.large_hamlets_joined),
                ("roads.large_hamlets", facts.large_hamlets),
                100,
                HAMLETS_NOT_JOINED,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.3-service")
def services(rule: Rule, *, hospitals: int, percent: float) -> Check:
    """A hospital of the second grade, one in every township, services in villages."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = county.services or CountyServices()
        path = "county_services.second_grade_hospitals"
        tally.at_least(facts.second_grade_hospitals, hospitals, path, NO_HOSPITAL)
        tally.share(
            ("county_services.townships_with_hospital", facts.townships_with_hospital),
            ("county_services.townships", facts.townships),
            100,
            TOWNSHIPS,
        )
        tally.share(
            ("county_services.villages_with_services", facts.villages_with_services),
            ("villages", county.villages),
            100,
            VILLAGES,
        )
        if percent:
            tally.share(
                ("households_with_screen", facts.households_with_screen),
                ("households", county.households),
                percent,
                TOO_SMALL_A_SHARE,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.3-assist")
def assistance(
    rule: Rule, *, pension_percent: float, all_percent: float, needs_line: bool
) -> Check:
    """All who qualify have the allowance; from 2017 its standard reaches the line."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = county.assistance or Assistance()
        if needs_line:
            low_income_standard(tally, facts)
        tally.share(
            ("services.low_income_included", facts.low_income_included),
            ("services.low_income_qualified", facts.low_income_qualified),
            all_percent,
            NOT_INCLUDED,
        )
        if pension_percent:
            tally.share(
                ("services.pension_insured", facts.pension_insured),
                ("services.pension_due", facts.pension_due),
                pension_percent,
                PENSIONS,
            )
            tally.share(
                ("services.elders_drawing", facts.elders_drawing),
                ("services.elders_insured", facts.elders_insured),
                all_percent,
                NOT_DRAWING,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


def low_income_standard(tally: Tally, facts: Assistance) -> None:
    if facts.national_line is None:
        tally.gaps.append("assistance.national_line")
    else:
        tally.at_least(
            facts.low_income_standard,
            facts.national_line,
            "assistance.low_income_standard",
            LOW_STANDARD,
        )


@runs("4.3-rate")
def rate(rule: Rule, *, below_percent: float, needs_growth: bool) -> Check:
    """Rural incidence below the limit; from 2017 income also grows faster than the
    nation's. Equal is neither below nor faster."""

    def check(county: County, occasion: Occasion) -> Finding:
        tally = Tally()
        poor, population = county.poor_people, county.population
        shown = AS_REQUIRED()
        if poor is None or not population:
            tally.gaps.append("poor_people" if poor is None else "population")
        else:
            low = poor * 100 < below_percent * population
            shown = (RATE_LOW if low else RATE_TOO_HIGH)(
                poor=poor,
                population=population,
                rate=poor * 100 / population,
                below=below_percent,
            )
            if not low:
                tally.faults.append(shown)
        if needs_growth:
            growth(tally, county)
        return tally.finding(rule, shown)

    return check


def growth(tally: Tally, county: County) -> None:
    own, national = county.income_growth_percent, county.national_growth_percent
    if own is None:
        tally.gaps.append("income_growth_percent")
    if national is None:
        tally.gaps.append("national_growth_percent")
    if own is not None and national is not None and own <= national:
        tally.faults.append(SLOW_GROWTH(own=own, national=national))
