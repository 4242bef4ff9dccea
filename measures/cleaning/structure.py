"""HH01 to HH12: how a household is made up, and why it is poor."""

import re

from measures.citations import runs
from measures.cleaning.faults import Home, Person, of_home, of_person
from measures.findings import Because, Reason, Term

MOST_CAUSES = 3
"""One chief cause and two others, as the forms of 2014 and 2019 have it."""

GENERATION = 12
"""The least years between parent and child, before which a date is doubted."""

PHONE = re.compile(r"1[3-9][0-9]{9}")

NEITHER_SEX_ALONE = frozenset({"head", "spouse", "sibling", "other"})
MEN = NEITHER_SEX_ALONE | {
    *("son", "grandson", "maternal_grandson", "great_grandson", "nephew"),
    *("father", "wifes_father", "husbands_father", "son_in_law", "uncle"),
    *("grandfather", "maternal_grandfather"),
}
WOMEN = NEITHER_SEX_ALONE | {
    *("daughter", "granddaughter", "maternal_granddaughter", "great_granddaughter"),
    *("mother", "wifes_mother", "husbands_mother", "daughter_in_law", "niece"),
    *("grandmother", "maternal_grandmother", "sibling_in_law"),
}
OLDER = frozenset({"father", "mother"})
YOUNGER = frozenset({"son", "daughter"})
FULL_LABOUR = frozenset({"ordinary", "skilled"})

HEADS = Reason("户主{count}名，应为1名", "{count} heads, should be one")
SPOUSES = Reason("配偶{count}名，最多1名", "{count} spouses, at most one")
SAME_SEX = Reason("户主与配偶性别相同", "head and spouse are of one sex")
NOT_OF_THIS_SEX = Reason(
    "与户主关系为{relation}，性别为{sex}", "{relation}, but the sex is {sex}"
)
NO_RELATION = Reason("与户主关系未填写", "the relation is blank")
COUNT_DIFFERS = Reason(
    "人口数{count}，成员{listed}人", "the count is {count}, {listed} are listed"
)
EMPTY = Reason("没有家庭成员", "there are no members")
WRONG_AGE = Reason(
    "{relation}与户主年龄相差不合理", "{relation}: the age does not fit the head's"
)
BAD_PHONE = Reason("不是11位手机号码", "is not a telephone number of eleven digits")
PHONE_APART = Reason(
    "与他人电话相同，务工区域不同", "shares a telephone with one who works elsewhere"
)
POPULATION = Reason(
    "年初{start}人，增加{added}，减少{gone}，年末应为{due}人，填为{end}人",
    "{start} at the start, {added} added, {gone} gone: should be {due}, is {end}",
)
NO_CAUSE = Reason("致贫原因未填写", "no cause is given")
CAUSE_TWICE = Reason("致贫原因重复", "a cause stands twice")
MANY_CAUSES = Reason(
    "致贫原因{count}个，最多{most}个", "{count} causes, at most {most}"
)
NOBODY_DISABLED = Reason("因残致贫，没有残疾成员", "by disability, nobody is disabled")
NO_PUPIL = Reason("因学致贫，没有在校生", "by schooling, nobody is at school")
NOBODY_ILL = Reason("因病致贫，全部成员健康", "by illness, everybody is healthy")
LABOUR_ENOUGH = Reason(
    "缺劳力，{able}/{all}人有劳动力", "lack of labour, but {able} of {all} have it"
)


@of_home("HH01", "members")
@runs("clean-structure")
def has_exactly_one_head(home: Home) -> Because | None:
    """A household has one head, no more and no fewer."""
    if not home.people:
        return None
    heads = sum([person.member.relation == "head" for person in home.people])
    return HEADS(count=heads) if heads != 1 else None


@of_home("HH02", "members")
def has_at_most_one_spouse(home: Home) -> Because | None:
    spouses = sum([person.member.relation == "spouse" for person in home.people])
    return SPOUSES(count=spouses) if spouses > 1 else None


@of_person("HH03", "sex")
def spouse_is_of_the_other_sex(person: Person) -> Because | None:
    sex = person.member.sex
    if person.member.relation != "spouse" or sex is None:
        return None
    same = [
        other
        for other in person.household.members
        if other.relation == "head" and other.sex == sex
    ]
    return SAME_SEX() if same else None


@of_person("HH04", "relation")
def relation_fits_the_sex(person: Person) -> Because | None:
    relation, sex = person.member.relation, person.member.sex
    if relation is None or sex is None:
        return None
    if relation in (MEN if sex == "male" else WOMEN):
        return None
    return NOT_OF_THIS_SEX(
        relation=Term(f"relation:{relation}"), sex=Term(f"sex:{sex}")
    )


@of_person("HH05", "relation")
def relation_is_filled_in(person: Person) -> Because | None:
    return NO_RELATION() if person.member.relation is None else None


@of_home("HH06", "member_count")
def count_equals_the_members(home: Home) -> Because | None:
    count, listed = home.household.member_count, len(home.people)
    if not listed and not count:
        return EMPTY()
    if count is not None and count != listed:
        return COUNT_DIFFERS(count=count, listed=listed)
    return None


@of_person("HH07", "born")
def generations_are_apart(person: Person) -> Because | None:
    relation, born = person.member.relation, person.member.born
    if born is None or relation not in OLDER | YOUNGER:
        return None
    for other in person.household.members:
        if other.relation != "head" or other.born is None:
            continue
        older, younger = (born, other.born) if relation in OLDER else (other.born, born)
        if younger.year - older.year < GENERATION:
            return WRONG_AGE(relation=Term(f"relation:{relation}"))
    return None


@of_person("HH08", "phone")
def phone_has_eleven_digits(person: Person) -> Because | None:
    phone = person.member.phone
    return BAD_PHONE() if phone and not PHONE.fullmatch(phone) else None


@of_home("HH08", "helper.phone")
def helpers_phone_has_eleven_digits(home: Home) -> Because | None:
    helper = home.household.helper
    if helper is None or not helper.phone or PHONE.fullmatch(helper.phone):
        return None
    return BAD_PHONE()


@of_person("HH09", "phone")
def one_phone_works_in_one_place(person: Person) -> Because | None:
    member = person.member
    if not member.phone or not member.work_place:
        return None
    for other in person.household.members[: person.index]:
        shared = other.phone == member.phone and other.work_place is not None
        if shared and other.work_place != member.work_place:
            return PHONE_APART()
    return None


@of_home("HH10", "population_change")
def people_at_the_end_follow_from_the_changes(home: Home) -> Because | None:
    change = home.household.population_change
    if change is None or change.at_start is None or change.at_end is None:
        return None
    due = change.at_start + len(change.added) - len(change.gone)
    if due == change.at_end:
        return None
    return POPULATION(
        start=change.at_start,
        added=len(change.added),
        gone=len(change.gone),
        due=due,
        end=change.at_end,
    )


@of_home("HH11", "causes")
def causes_are_given_and_differ(home: Home) -> Because | None:
    causes = home.household.causes
    if not causes:
        return NO_CAUSE()
    if len(set(causes)) < len(causes):
        return CAUSE_TWICE()
    if len(causes) > MOST_CAUSES:
        return MANY_CAUSES(count=len(causes), most=MOST_CAUSES)
    return None


@of_home("HH12", "causes")
def disability_as_cause_has_a_disabled_member(home: Home) -> Because | None:
    if "disability" not in (home.household.causes or ()):
        return None
    known = [person.member.health for person in home.people]
    if None in known or any("disabled" in health for health in known if health):
        return None
    return NOBODY_DISABLED()


@of_home("HH12", "causes")
def schooling_as_cause_has_a_pupil(home: Home) -> Because | None:
    if "schooling" not in (home.household.causes or ()):
        return None
    return None if any(person.at_school for person in home.people) else NO_PUPIL()


@of_home("HH12", "causes")
def illness_as_cause_has_an_ill_member(home: Home) -> Because | None:
    if "illness" not in (home.household.causes or ()) or not home.people:
        return None
    return NOBODY_ILL() if all(person.healthy for person in home.people) else None


@of_home("HH12", "causes")
def lack_of_labour_has_few_who_can_work(home: Home) -> Because | None:
    if "no_labour" not in (home.household.causes or ()) or not home.people:
        return None
    able = sum([person.member.labour in FULL_LABOUR for person in home.people])
    if able * 2 < len(home.people):
        return None
    return LABOUR_ENOUGH(able=able, all=len(home.people))
