"""The eight vetoes 八个一票否决, and whether a household is to be removed for one."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from measures.book import page
from measures.citations import cite, runs
from measures.findings import (
    Answer,
    Because,
    Finding,
    Reason,
    Rule,
    Term,
    missing,
    together,
)
from measures.households.facts import Household, VetoFact
from measures.households.standard import check_household
from measures.law import Edition, IncomeLine

SECTION, CHAPTER = "四(一)3", 2

Removal = Literal["applies", "does_not_apply", "may_be_kept"]

ABSENT = Reason("核实没有此情形", "verified: no such case")
HOLDS = Reason("有此情形{since}", "the case holds{since}")
SINCE = Reason("，始于{day}", ", since {day}")
UNDATED = Reason("，起始日期未填", ", since an unknown day")
WORTH = Reason(
    "价值{value}元，不低于{least}元{since}",
    "worth {value} yuan, not below {least}{since}",
)
WORTH_LESS = Reason("价值{value}元，低于{least}元", "worth {value} yuan, below {least}")
AWAY = Reason(
    "全家外出{value}年，不少于{least}年{since}",
    "away {value} years, not fewer than {least}{since}",
)
NOT_LONG = Reason(
    "全家外出{value}年，不足{least}年", "away {value} years, fewer than {least}"
)
RESETTLED = Reason(
    "易地搬迁安置房不属于此情形", "a resettlement dwelling is not such a case"
)

BEFORE = Reason(
    "识别前已有一票否决情形：{vetoes}", "a veto held before identification: {vetoes}"
)
REMOVED = Reason(
    "{before}；应按六步程序剔除", "{before}; to be removed by the six steps"
)
EXCEPTION_FAILS = Reason(
    "{before}；不符合除外情形（{why}），应按六步程序剔除",
    "{before}; the exception does not hold ({why}): to be removed by the six steps",
)
KEPT = Reason(
    "{before}；但未达到八有一超（{items}）且确属生活困难，按同样程序审定后可以不予剔除",
    "{before}; but the standard is not met ({items}) and the hardship is real: after "
    "the same steps it may be kept",
)
NONE_HOLDS = Reason("没有一票否决情形", "no veto holds")
ONLY_AFTER = Reason(
    "一票否决情形发生在识别之后，不属于错评，达到标准的按脱贫退出",
    "the veto arose after identification: not a wrong registration; such a household "
    "leaves by the normal exit",
)
UNDECIDED = Reason(
    "尚不能认定识别前有一票否决情形（{why}）",
    "a veto before identification is not established ({why})",
)
STANDARD_MET = Reason("已达到八有一超", "the standard is met")
NO_HARDSHIP = Reason("不属于生活困难", "no real hardship")


class VetoFinding(Finding):
    """Whether a veto case holds, since when, and whether before identification."""

    __slots__ = ("before_identification", "since")

    def __init__(
        self,
        rule: Rule,
        met: bool | None,
        because: Because,
        since: date | None = None,
        before_identification: bool | None = None,
    ) -> None:
        super().__init__(rule, met, because)
        self.since = since
        self.before_identification = before_identification


@dataclass(frozen=True, slots=True)
class VetoAnswer:
    """The eight findings, and what follows for the household."""

    vetoes: tuple[VetoFinding, ...]
    removal: Removal
    because: Because

    @property
    def holding(self) -> tuple[VetoFinding, ...]:
        return tuple(finding for finding in self.vetoes if finding.met)


@dataclass(frozen=True, slots=True)
class Veto:
    """One of the eight, with the part of it that a machine can check."""

    rule: Rule
    least_yuan: float | None
    least_years: float | None
    not_for_resettled: bool


@cache
def eight_vetoes() -> tuple[Veto, ...]:
    """The eight, in the order of document 30."""
    return tuple(
        Veto(
            Rule(entry["code"], cite(SECTION, CHAPTER), entry["attested"]),
            entry.get("least_yuan"),
            entry.get("least_years"),
            entry.get("not_for_resettled", False),
        )
        for entry in page("vetoes")["veto"]
    )


@runs("4.1.3-removal", "4.1.3-vetoes")
def weigh_vetoes(
    household: Household,
    edition: Edition | str | None = None,
    income_line: IncomeLine | float | None = None,
) -> VetoAnswer:
    """Which vetoes hold, and does removal apply?

    Only a veto that held before identification leads to removal; what arose later does
    not. Removal needs proof: where a date or a value is missing, it does not apply yet.
    """
    found = tuple(weigh_veto(veto, household) for veto in eight_vetoes())
    before = [each for each in found if each.met and each.before_identification]
    if before:
        names = tuple(Term(f"veto:{each.code}") for each in before)
        answer = check_household(household, edition, income_line)
        return VetoAnswer(
            found, *weigh_exception(household, answer, BEFORE(vetoes=names))
        )
    open_questions = {
        str(each.because): each.because for each in found if is_open(each)
    }
    if open_questions:
        why = UNDECIDED(why=together(list(open_questions.values())))
        return VetoAnswer(found, "does_not_apply", why)
    nothing = ONLY_AFTER() if any(each.met for each in found) else NONE_HOLDS()
    return VetoAnswer(found, "does_not_apply", nothing)


@runs("4.1.3-exception")
def weigh_exception(
    household: Household, answer: Answer, before: Because
) -> tuple[Removal, Because]:
    """A household in real hardship that does not meet the standard may be kept."""
    if answer.met is False and household.hardship:
        items = tuple(Term(f"item:{finding.code}") for finding in answer.unmet)
        return "may_be_kept", KEPT(before=before, items=items)
    if answer.met is None:
        gaps = together([finding.because for finding in answer.unknown])
        return "applies", EXCEPTION_FAILS(before=before, why=gaps)
    if answer.met:
        return "applies", EXCEPTION_FAILS(before=before, why=STANDARD_MET())
    why = missing("hardship") if household.hardship is None else NO_HARDSHIP()
    return "applies", EXCEPTION_FAILS(before=before, why=why)


def is_open(finding: VetoFinding) -> bool:
    """Whether it may yet turn out that the case held before identification."""
    if finding.met is False or finding.before_identification is False:
        return False
    return finding.met is None or finding.before_identification is None


def weigh_veto(veto: Veto, household: Household) -> VetoFinding:
    if household.vetoes is None:
        return VetoFinding(veto.rule, None, missing("vetoes"))
    cases = [fact for fact in household.vetoes if fact.code == veto.rule.code]
    if not cases:
        return VetoFinding(veto.rule, False, ABSENT(), None, False)
    weighed = [weigh_case(veto, case, household) for case in cases]
    return max(weighed, key=weight)


def weight(finding: VetoFinding) -> tuple[int, int]:
    """Of several cases of one veto the one that matters most speaks for it."""
    order = {False: 0, None: 1, True: 2}
    return order[finding.met], order[finding.before_identification]


def weigh_case(veto: Veto, case: VetoFact, household: Household) -> VetoFinding:
    since = SINCE(day=case.since) if case.since else UNDATED()
    met, because = machine_check(veto, case, household, since)
    if met is False:
        return VetoFinding(veto.rule, met, because, case.since, False)
    before = held_before_identification(household, case.since)
    return VetoFinding(veto.rule, met, because, case.since, before)


@runs("5-search-vehicle")
def machine_check(
    veto: Veto, case: VetoFact, household: Household, since: Because
) -> tuple[bool | None, Because]:
    """The part of a veto that a number decides; the amount itself is included."""
    dwelling = household.dwelling
    if veto.not_for_resettled and dwelling and dwelling.resettlement:
        return False, RESETTLED()
    least = veto.least_yuan
    if least is not None:
        if case.value is None:
            return None, missing("vetoes.value")
        if case.value < least:
            return False, WORTH_LESS(value=case.value, least=least)
        return True, WORTH(value=case.value, least=least, since=since)
    least = veto.least_years
    if least is not None and case.value is not None:
        if case.value < least:
            return False, NOT_LONG(value=case.value, least=least)
        return True, AWAY(value=case.value, least=least, since=since)
    return True, HOLDS(since=since)


@runs("4.1.3-before")
def held_before_identification(household: Household, since: date | None) -> bool | None:
    """Whether a case that began on ``since`` was there before identification.

    Where only the year of identification is known, a case of that same year is open.
    """
    if since is None:
        return None
    if household.identified_on is not None:
        return since < household.identified_on
    if household.identified_in is None or since.year == household.identified_in:
        return None
    return since.year < household.identified_in
