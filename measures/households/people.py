"""MEDICAL and EDU: what is owed to each person of the household."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from measures.citations import runs
from measures.findings import Because, Finding, Reason, Rule, Term
from measures.households.facts import Household, Member, SchoolAbsence
from measures.standards import Check, Occasion

INSURED = Reason("全部成员已参保", "every member is insured")
NOT_INSURED = Reason(
    "{who}的医疗保险为：{insurance}", "medical insurance of {who}: {insurance}"
)
NO_CRITICAL = Reason("{who}没有大病保险", "{who} has no critical-illness insurance")
ALL_AT_SCHOOL = Reason(
    "没有适龄少年儿童因贫失学辍学", "no child is out of school for want"
)
OUT_FOR_WANT = Reason(
    "{who}因经济原因失学辍学", "{who} is out of school for economic reasons"
)
TOO_FEW_VISITS = Reason(
    "{who}未上学，家访劝学{visits}次，少于{least}次",
    "{who} is out of school with {visits} home visits, fewer than {least}",
)
NOT_SIGNED = Reason(
    "{who}未上学，劝学后没有三方签字",
    "{who} is out of school and no three-party signature was given",
)
EXCUSED = ("illness", "disability")

JudgeAbsence = Callable[[SchoolAbsence, str], "Because | str | None"]


def who(member: Member | None, index: int | None) -> str:
    """The member's name, else the place on the list as the form counts it."""
    if member is not None and member.name:
        return member.name
    return f"No.{(index or 0) + 1}"


@runs("4.1.2-medical")
def medical_of_2016(rule: Rule, *, enough: Sequence[str]) -> Check:
    """Every member is in a public medical insurance."""
    return insured(rule, frozenset(enough), critical=False)


@runs("4.1.2-medical", "hh-medical-2017")
def medical_of_2017(rule: Rule, *, enough: Sequence[str]) -> Check:
    """Every member is insured this year; the residents' with critical-illness cover.

    Commercial insurance counts only if it is no worse than the residents'.
    """
    return insured(rule, frozenset(enough), critical=True)


def insured(rule: Rule, enough: frozenset[str], *, critical: bool) -> Check:
    yes = rule.met(INSURED())

    def check(household: Household, occasion: Occasion) -> Finding:
        if not household.members:
            return rule.unknown("members")
        faults: list[Because] = []
        gaps: list[str] = []
        for index, member in enumerate(household.members):
            held = member.medical_insurance
            if held is None:
                gaps.append("member.medical_insurance")
            elif held not in enough:
                insurance = Term(f"medical_insurance:{held}")
                faults.append(NOT_INSURED(who=who(member, index), insurance=insurance))
            elif critical and held == "resident":
                if member.critical_illness_insurance is None:
                    gaps.append("member.critical_illness_insurance")
                elif not member.critical_illness_insurance:
                    faults.append(NO_CRITICAL(who=who(member, index)))
        if faults or gaps:
            return rule.judge(faults, list(dict.fromkeys(gaps)), INSURED())
        return yes

    return check


@runs("4.1.2-education")
def education_of_2016(rule: Rule, *, school_age: int, school_years: int) -> Check:
    """No child of school age is out of school for want."""

    def judge_absence(absence: SchoolAbsence, name: str) -> Because | str | None:
        return judge_reason(absence, name)

    return schooled(rule, school_age, school_years, judge_absence)


@runs("4.1.2-education", "hh-education-2017")
def education_of_2017(
    rule: Rule, *, school_age: int, school_years: int, visits: int
) -> Check:
    """No child is out of school for economic reasons.

    For any other absence the office and the helper persuade: at least two home visits,
    and if the child still does not go, a three-party signature. Severe illness and
    disability excuse.
    """

    def judge_absence(absence: SchoolAbsence, name: str) -> Because | str | None:
        found = judge_reason(absence, name)
        if found is not None or absence.reason in EXCUSED:
            return found
        if absence.visits is None:
            return "out_of_school.visits"
        if absence.visits < visits:
            return TOO_FEW_VISITS(who=name, visits=absence.visits, least=visits)
        if absence.three_party_signed is None:
            return "out_of_school.three_party_signed"
        return None if absence.three_party_signed else NOT_SIGNED(who=name)

    return schooled(rule, school_age, school_years, judge_absence)


def judge_reason(absence: SchoolAbsence, name: str) -> Because | str | None:
    if absence.reason is None:
        return "out_of_school.reason"
    return OUT_FOR_WANT(who=name) if absence.reason == "economic" else None


def schooled(
    rule: Rule, school_age: int, school_years: int, judge_absence: JudgeAbsence
) -> Check:
    yes = rule.met(ALL_AT_SCHOOL())

    def check(household: Household, occasion: Occasion) -> Finding:
        members = household.members
        if not members:
            return rule.unknown("members")
        faults: list[Because] = []
        gaps: list[str] = []
        absent: set[int] = set()
        for absence in household.out_of_school or ():
            index = absence.member
            child = None
            if index is not None and index < len(members):
                absent.add(index)
                child = members[index]
            found = judge_absence(absence, who(child, index))
            if isinstance(found, str):
                gaps.append(found)
            elif found is not None:
                faults.append(found)
        last_start = school_start(occasion.on)
        for index, member in enumerate(members):
            if member.schooling is not None or index in absent:
                continue
            due = owes_school(member, last_start, school_age, school_years)
            if due is None:
                gaps.append("member.born")
            elif due:
                gaps.append("out_of_school.reason")
        if faults or gaps:
            return rule.judge(faults, list(dict.fromkeys(gaps)), ALL_AT_SCHOOL())
        return yes

    return check


@lru_cache(maxsize=1000)
def school_start(on: date) -> date:
    """The 31 August that the school year of this day counts ages by."""
    start = date(on.year, 8, 31)
    return start if on >= start else date(on.year - 1, 8, 31)


def owes_school(
    member: Member, start: date, school_age: int, school_years: int
) -> bool | None:
    """Whether the member is of compulsory-school age in the school year."""
    if member.education not in (None, "illiterate", "primary"):
        return False  # has finished the nine years
    born = member.born
    if born is None:
        return None if member.relation not in ("head", "spouse") else False
    age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
    return school_age <= age < school_age + school_years
