"""The twelve items of the village standard."""

from measures.citations import runs
from measures.findings import Finding, Reason, Rule
from measures.standards import Check, Occasion, Tally, of_year
from measures.villages.facts import (
    Collective,
    Committee,
    Industry,
    MedicalCare,
    Roads,
    Schooling,
    Services,
    Village,
)

AS_REQUIRED = Reason("符合要求", "as required")
TOO_SMALL_A_SHARE = Reason(
    "{part}/{whole} = {share}%，低于{least}%",
    "{part} of {whole} = {share} %, below {least} %",
)
FEW_KINDS = Reason(
    "特色产业{value}个，少于{least}个", "{value} industries, below {least}"
)
MANY_KINDS = Reason(
    "特色产业{value}个，多于{most}个", "{value} industries, more than {most}"
)
NO_ENTITY = Reason(
    "没有合作社、新型经营主体或产业基地覆盖", "no cooperative, entity or base covers it"
)
NOT_TREATED = Reason("患病救治、报销没有落实", "treatment or reimbursement is wanting")
NO_ASSISTANCE = Reason("医疗救助没有落实", "medical assistance is not given")
OUT_FOR_WANT = Reason(
    "因经济原因辍学{value}人", "children out of school for economic reasons: {value}"
)
NOT_PERSUADED = Reason(
    "{value}人辍学而劝学家访、三方签字不足",
    "children out of school and not persuaded as required: {value}",
)
NO_AID = Reason("教育资助没有落实", "education aid is not given")
NOT_CARED_FOR = Reason("留守儿童关爱没有落实", "left-behind children are not cared for")
NOT_HARDENED = Reason("通村路没有硬化", "the road to the village is not hardened")
NARROW_BED = Reason(
    "路基宽{value}米，窄于{least}米", "the roadbed is {value} m wide, below {least} m"
)
NARROW = Reason(
    "路面宽{value}米，窄于{least}米", "the surface is {value} m wide, below {least} m"
)
HAMLETS_NOT_JOINED = Reason(
    "20户以上的屯通路{part}/{whole}",
    "of the hamlets of twenty households {part} of {whole} are joined",
)
NO_OFFICE = Reason("没有办公场所", "there is no office")
NO_BOARD = Reason("没有宣传栏", "there is no notice board")
NO_CLINIC = Reason("没有标准化卫生室", "there is no standard clinic")
NO_COURT = Reason("没有篮球场", "there is no court")
NO_CULTURE = Reason("没有文化室或戏台", "there is neither culture room nor stage")
NO_BROADBAND = Reason("没有通宽带", "there is no broadband")
PENSIONS = Reason(
    "养老保险参保{part}/{whole} = {share}%，低于{least}%",
    "pension insurance {part} of {whole} = {share} %, below {least} %",
)
NOT_DRAWING = Reason(
    "60岁以上参保人领取待遇{part}/{whole}，应为{least}%",
    "of the insured aged 60 {part} of {whole} draw, should be {least} %",
)
NOT_INCLUDED = Reason(
    "符合条件的低保对象纳入{part}/{whole}，应为{least}%",
    "of those who qualify {part} of {whole} have the allowance, should be {least} %",
)
NO_COOPERATIVE = Reason("没有村民合作社", "there is no villagers' cooperative")
NOT_STEADY = Reason("村集体经济收入不稳定", "the collective income is not steady")
LITTLE_INCOME = Reason(
    "村集体经济收入{value}元，低于{least}元", "collective income {value}, below {least}"
)
DUTIES_NOT_DONE = Reason("两委班子履职不好", "the committees do not do their duties")
STILL_WEAK = Reason(
    "软弱涣散，整顿结果没有达到较好以上", "found weak and not put right well"
)
RATE_TOO_HIGH = Reason(
    "贫困发生率 {poor}/{population} = {rate}%，没有低于{below}%",
    "incidence {poor} of {population} = {rate} %, not below {below} %",
)
RATE_LOW = Reason(
    "贫困发生率 {poor}/{population} = {rate}%，低于{below}%",
    "incidence {poor} of {population} = {rate} %, below {below} %",
)


@runs("4.2-industry")
def industry(
    rule: Rule,
    *,
    least_kinds: int,
    most_kinds: int,
    covered_percent: float,
    needs_entity: bool,
) -> Check:
    """Industries cover enough poor households, those who cannot take part left out."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.industry or Industry()
        tally.at_least(facts.kinds, least_kinds, "industry.kinds", FEW_KINDS)
        if most_kinds and facts.kinds is not None:
            tally.at_most(facts.kinds, most_kinds, "industry.kinds", MANY_KINDS)
        tally.share(
            ("industry.poor_households_covered", facts.poor_households_covered),
            to_cover(village.poor_households, facts),
            covered_percent,
            TOO_SMALL_A_SHARE,
        )
        if needs_entity:
            tally.holds(facts.has_entity, "industry.has_entity", NO_ENTITY)
        return tally.finding(rule, AS_REQUIRED())

    return check


def to_cover(poor: int | None, facts: Industry) -> tuple[str, int | None]:
    """The poor households an industry can be asked to cover, or what is missing."""
    if poor is None:
        return "poor_households", None
    if facts.poor_households_excluded is None:
        return "industry.poor_households_excluded", None
    return "poor_households", max(0, poor - facts.poor_households_excluded)


@runs("4.2-housing", "4.2-water", "4.2-power", "4.2-television")
def households_share(rule: Rule, *, part: str, percent: float) -> Check:
    """Enough of the village's households have it."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        tally.share(
            (part, getattr(village, part)),
            ("households", village.households),
            percent,
            TOO_SMALL_A_SHARE,
        )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.2-medical")
def medical(rule: Rule, *, percent: float, needs_care: bool) -> Check:
    """Enough residents are insured; from 2017 the ill are treated and assisted."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.medical or MedicalCare()
        tally.share(
            ("medical.people_insured", facts.people_insured),
            ("population", village.population),
            percent,
            TOO_SMALL_A_SHARE,
        )
        if needs_care:
            tally.holds(facts.illness_treated, "medical.illness_treated", NOT_TREATED)
            tally.holds(
                facts.assistance_given, "medical.assistance_given", NO_ASSISTANCE
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.2-education")
def education(rule: Rule, *, needs_aid: bool, needs_care: bool) -> Check:
    """No child is out of school for want."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.schooling or Schooling()
        tally.at_most(
            facts.out_for_economic_reasons,
            0,
            "schooling.out_for_economic_reasons",
            OUT_FOR_WANT,
        )
        if needs_aid:
            tally.at_most(
                facts.not_persuaded, 0, "schooling.not_persuaded", NOT_PERSUADED
            )
            tally.holds(facts.aid_given, "schooling.aid_given", NO_AID)
        if needs_care:
            tally.holds(
                facts.left_behind_cared_for,
                "schooling.left_behind_cared_for",
                NOT_CARED_FOR,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.2-road")
def roads(
    rule: Rule, *, roadbed_m: float, surface_m: float, needs_hamlets: bool
) -> Check:
    """A hardened road wide enough; from 2017 every large hamlet is joined as well.

    In a nature reserve the widths are left to the reserve's own rules.
    """

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.roads or Roads()
        tally.holds(facts.hardened, "roads.hardened", NOT_HARDENED)
        widths = Tally()
        widths.at_least(facts.roadbed_m, roadbed_m, "roads.roadbed_m", NARROW_BED)
        widths.at_least(facts.surface_m, surface_m, "roads.surface_m", NARROW)
        if widths.faults and facts.nature_reserve:
            tally.gaps.append("road.reserve_rules")
        else:
            tally.faults.extend(widths.faults)
            tally.gaps.extend(widths.gaps)
        if needs_hamlets:
            tally.share(
                ("roads.large_hamlets_joined", facts.large_hamlets_joined),
                ("roads.large_hamlets", facts.large_hamlets),
                100,
                HAMLETS_NOT_JOINED,
            )
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.2-service")
def services_of_2016(rule: Rule) -> Check:
    """Office, notice board and clinic; more of the text has not come down to us."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        seat_of_village(tally, village.services or Services())
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.2-service")
def services_of_2017(
    rule: Rule, *, pension_percent: float, all_percent: float
) -> Check:
    """Office, board, clinic, court, culture, broadband, pensions and allowances."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.services or Services()
        seat_of_village(tally, facts)
        tally.holds(facts.court, "services.court", NO_COURT)
        if not (facts.culture_room or facts.stage):
            if facts.culture_room is None or facts.stage is None:
                tally.gaps.append("services.culture_room")
            else:
                tally.faults.append(NO_CULTURE())
        tally.holds(facts.broadband, "services.broadband", NO_BROADBAND)
        social_insurance(tally, facts, pension_percent, all_percent)
        return tally.finding(rule, AS_REQUIRED())

    return check


def seat_of_village(tally: Tally, facts: Services) -> None:
    """Office, board and clinic; a village at the township's seat needs no clinic."""
    tally.holds(facts.office, "services.office", NO_OFFICE)
    tally.holds(facts.notice_board, "services.notice_board", NO_BOARD)
    if not facts.township_seat:
        tally.holds(facts.standard_clinic, "services.standard_clinic", NO_CLINIC)


def social_insurance(
    tally: Tally, facts: Services, pension_percent: float, all_percent: float
) -> None:
    """Pensions and allowances; ``all_percent`` is a hundred: nobody is left out."""
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
    tally.share(
        ("services.low_income_included", facts.low_income_included),
        ("services.low_income_qualified", facts.low_income_qualified),
        all_percent,
        NOT_INCLUDED,
    )


@runs("4.2-collective")
def collective_of_2016(rule: Rule) -> Check:
    """The village has some collective income; the amount asked for was not found."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.collective or Collective()
        tally.at_least(facts.income, 0.01, "collective.income", LITTLE_INCOME)
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.2-collective")
def collective_of_2017(rule: Rule, *, yuan: dict[str, float]) -> Check:
    """A cooperative with steady income that reaches the amount of the year."""
    assumed = Rule(rule.code, rule.citation, "assumed", rule.blocking)
    stated = ("2017", "2020")

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.collective or Collective()
        least = of_year(yuan, occasion.on.year)
        tally.holds(facts.cooperative, "collective.cooperative", NO_COOPERATIVE)
        tally.holds(facts.steady, "collective.steady", NOT_STEADY)
        tally.at_least(facts.income, least, "collective.income", LITTLE_INCOME)
        known = str(occasion.on.year) in stated
        return tally.finding(rule if known else assumed, AS_REQUIRED())

    return check


@runs("4.2-committee")
def committee(rule: Rule) -> Check:
    """Duties done; if the team was found weak, it has been put right well."""

    def check(village: Village, occasion: Occasion) -> Finding:
        tally = Tally()
        facts = village.committee or Committee()
        tally.holds(facts.duties_done, "committee.duties_done", DUTIES_NOT_DONE)
        if facts.found_weak is None:
            tally.gaps.append("committee.found_weak")
        elif facts.found_weak:
            if facts.put_right is None:
                tally.gaps.append("committee.put_right")
            elif facts.put_right not in ("very_good", "good"):
                tally.faults.append(STILL_WEAK())
        return tally.finding(rule, AS_REQUIRED())

    return check


@runs("4.2-rate")
def rate(rule: Rule, *, below_percent: float) -> Check:
    """Remaining poor people are fewer than so many per cent; equal is not fewer."""

    def check(village: Village, occasion: Occasion) -> Finding:
        poor, population = village.poor_people, village.population
        if poor is None or not population:
            gap = "poor_people" if poor is None else "population"
            return rule.unknown(gap)
        values = {
            "poor": poor,
            "population": population,
            "rate": poor * 100 / population,
            "below": below_percent,
        }
        if poor * 100 < below_percent * population:
            return rule.met(RATE_LOW(**values))
        return rule.unmet(RATE_TOO_HIGH(**values))

    return check
