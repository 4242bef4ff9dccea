"""IN01 to IN09: the sums of the income form, and what is plausible."""

from measures.citations import runs
from measures.cleaning.faults import Home, of_home
from measures.findings import Because, Reason
from measures.households.counting import fen
from measures.households.facts import Income, Transfers
from measures.households.standard import judge_item

ROUNDING = 1
"""Yuan a head that rounding may account for."""

MOST_AT_IDENTIFICATION, LEAST_ONCE_EXITED = 20_000, 4_000
LEAST_WAGE_A_YEAR = 100

TOTAL = Reason(
    "总收入填为{written}元，各项合计{due}元", "total is {written}, the kinds make {due}"
)
NET = Reason(
    "纯收入填为{written}元，总收入−支出={due}元",
    "net is {written}, total − expenses is {due}",
)
A_HEAD = Reason(
    "人均填为{written}元，纯收入÷人口={due}元", "a head is {written}, should be {due}"
)
MONTHS = Reason(
    "各月合计{sum}元，全年{written}元", "the months make {sum}, the year is {written}"
)
PARTS = Reason(
    "分项合计{sum}元，小计{written}元",
    "the parts make {sum}, the subtotal is {written}",
)
WAGE_WITHOUT_WORK = Reason("有工资性收入，没有人务工", "wages, but nobody works")
WORK_WITHOUT_WAGE = Reason("有人务工，没有工资性收入", "somebody works, but no wages")
LITTLE_WAGE = Reason("全年工资{wage}元", "wages of {wage} yuan in the year")
NO_TRANSFER = Reason(
    "享受低保、特困或残疾补贴，转移性收入为0", "an allowance is noted, transfers are 0"
)
NO_BUSINESS = Reason(
    "有产业帮扶，生产经营性收入为0", "help in industry, but no business income"
)
MUCH = Reason(
    "识别当年人均{yuan}元，超过{most}元",
    "{yuan} a head in the year of identification, more than {most}",
)
LITTLE = Reason("脱贫户人均{yuan}元，低于{least}元", "exited, with {yuan} a head")
JUMP = Reason(
    "人均由{before}元增至{now}元，增幅超过100%",
    "from {before} to {now} a head, more than doubled",
)


def transfers_total(transfer: Transfers) -> int | None:
    """All transfers in fen, whether they count or not."""
    parts = (
        transfer.basic_pension,
        transfer.low_income_a,
        transfer.low_income_b,
        transfer.low_income_c,
        transfer.temporary_relief,
        transfer.other_stable,
    )
    known = [fen(part) for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def total_due(income: Income) -> int | None:
    """The total that the kinds make, in fen."""
    if income.transfer is None:
        return None
    transfers = transfers_total(income.transfer)
    kinds = (income.business, income.wage, income.property, income.other)
    if transfers is None or None in kinds:
        return None
    return transfers + sum([fen(kind) for kind in kinds if kind])


@of_home("IN01", "income.total")
@runs("clean-income")
def kinds_make_the_total(home: Home) -> Because | None:
    """The total written on the form is the sum of its kinds."""
    income = home.household.income
    if income is None or income.total is None:
        return None
    due = total_due(income)
    if due is None or due == fen(income.total):
        return None
    return TOTAL(written=income.total, due=due / 100)


@of_home("IN02", "income.net")
def net_is_total_less_expenses(home: Home) -> Because | None:
    income = home.household.income
    if income is None or income.net is None:
        return None
    if income.total is None or income.expenses is None:
        return None
    due = fen(income.total) - fen(income.expenses)
    if due == fen(income.net):
        return None
    return NET(written=income.net, due=due / 100)


@of_home("IN02", "income.net_per_head")
def a_head_is_net_by_members(home: Home) -> Because | None:
    income, heads = home.household.income, home.household.heads
    if income is None or income.net_per_head is None or income.net is None:
        return None
    if not heads or abs(income.net_per_head - income.net / heads) <= ROUNDING:
        return None
    return A_HEAD(written=income.net_per_head, due=round(income.net / heads, 2))


@of_home("IN03", "income.monthly")
def months_make_the_year(home: Home) -> Because | None:
    income = home.household.income
    if income is None or not income.monthly or income.total is None:
        return None
    made = sum([fen(month) for month in income.monthly])
    if made == fen(income.total):
        return None
    return MONTHS(sum=made / 100, written=income.total)


@of_home("IN03", "income.business_parts")
def parts_make_the_business_income(home: Home) -> Because | None:
    income = home.household.income or Income()
    return parts_differ(income.business_parts, income.business)


@of_home("IN03", "income.wage_parts")
def parts_make_the_wages(home: Home) -> Because | None:
    income = home.household.income or Income()
    return parts_differ(income.wage_parts, income.wage)


@of_home("IN03", "income.property_parts")
def parts_make_the_property_income(home: Home) -> Because | None:
    income = home.household.income or Income()
    return parts_differ(income.property_parts, income.property)


def parts_differ(
    parts: tuple[float, ...] | None, whole: float | None
) -> Because | None:
    if parts is None or whole is None:
        return None
    made = sum([fen(part) for part in parts])
    return None if made == fen(whole) else PARTS(sum=made / 100, written=whole)


@of_home("IN04", "income")
def the_exited_are_above_the_line(home: Home) -> Because | None:
    if not home.has_exited:
        return None
    finding = judge_item(home.household, "INCOME", home.on)
    return finding.because if finding and finding.met is False else None


@of_home("IN05", "income.wage")
def wages_and_work_go_together(home: Home) -> Because | None:
    income = home.household.income
    if income is None or income.wage is None:
        return None
    months = [person.member.work_months for person in home.people]
    if any(months):
        if not income.wage:
            return WORK_WITHOUT_WAGE()
        small = income.wage < LEAST_WAGE_A_YEAR
        return LITTLE_WAGE(wage=income.wage) if small else None
    if income.wage and months and None not in months:
        return WAGE_WITHOUT_WORK()
    return None


@of_home("IN06", "income.transfer")
def an_allowance_shows_among_the_transfers(home: Home) -> Because | None:
    income = home.household.income
    if income is None or income.transfer is None:
        return None
    given = home.household.help_given or ()
    noted = any(
        each.low_income_class or each.special_poor for each in home.household.members
    ) or any(kind in given for kind in ALLOWANCES)
    return NO_TRANSFER() if noted and transfers_total(income.transfer) == 0 else None


ALLOWANCES = ("low_income", "special_poor", "disability_subsidy")


@of_home("IN07", "income.business")
def help_in_industry_shows_in_business(home: Home) -> Because | None:
    income = home.household.income
    if income is None or income.business != 0:
        return None
    return NO_BUSINESS() if "industry" in (home.household.help_given or ()) else None


@of_home("IN08", "income.net_per_head")
def income_a_head_is_plausible(home: Home) -> Because | None:
    income = home.household.income
    if income is None or income.net_per_head is None:
        return None
    yuan = income.net_per_head
    if home.household.identified_in == home.on.year and yuan > MOST_AT_IDENTIFICATION:
        return MUCH(yuan=yuan, most=MOST_AT_IDENTIFICATION)
    if home.has_exited and yuan < LEAST_ONCE_EXITED:
        return LITTLE(yuan=yuan, least=LEAST_ONCE_EXITED)
    return None


@of_home("IN09", "income.net_per_head")
def income_has_not_more_than_doubled(home: Home) -> Because | None:
    income = home.household.income
    if income is None or income.net_per_head is None:
        return None
    before = income.previous_net_per_head
    if before is None or before <= 0 or income.net_per_head <= 2 * before:
        return None
    return JUMP(before=before, now=income.net_per_head)
