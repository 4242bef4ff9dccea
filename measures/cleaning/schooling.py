"""ED01 to ED07: education, schooling, and who is out of school."""

from measures.citations import runs
from measures.cleaning.faults import Person, of_person
from measures.findings import Because, Reason, Term
from measures.households.facts import SchoolAbsence
from measures.households.people import owes_school, school_start

SCHOOL_AGE, SCHOOL_YEARS = 6, 9
ADULT_STUDIES = ("technician", "higher_vocational", "bachelor", "postgraduate")
AGES = {
    "primary": (6, 14),
    "junior": (12, 17),
    "senior": (15, 20),
    "vocational": (15, 20),
}
YOUNGEST_POSTGRADUATE = 20
YOUNGEST_STUDENT = 18
LITTLE_EDUCATION = ("illiterate", "primary")

NEITHER = Reason(
    "文化程度和在校生状况都未填写", "neither education nor schooling is filled in"
)
BOTH = Reason(
    "文化程度和在校生状况同时填写", "both education and schooling are filled in"
)
NO_REASON = Reason(
    "适龄未在校，没有原因", "of school age, not at school, no reason given"
)
WRONG_GRADE = Reason(
    "{age}岁，{schooling}，应为{least}至{most}岁",
    "{age} years old, {schooling}: should be {least} to {most}",
)
TOO_YOUNG = Reason(
    "{age}岁，{schooling}", "{age} years old, {schooling}: too young for it"
)
TOO_LITTLE = Reason(
    "{age}岁，文化程度仅为{education}", "{age} years old, education only: {education}"
)
STILL_PRESCHOOL = Reason(
    "{age}岁且健康，仍为{schooling}", "{age} years old and healthy, still {schooling}"
)
HEALTHY = Reason(
    "{reason}未上学，健康状况为健康", "out of school for {reason}, but healthy"
)


def absence_of(person: Person) -> SchoolAbsence | None:
    for absence in person.household.out_of_school or ():
        if absence.member == person.index:
            return absence
    return None


@of_person("ED01", "education")
@runs("clean-schooling")
def education_or_schooling_is_filled_in(person: Person) -> Because | None:
    """Exactly one of the two; a reason for being out of school may stand in."""
    member = person.member
    if member.education is not None:
        return BOTH() if member.schooling is not None else None
    if member.schooling is not None or absence_of(person) is not None:
        return None
    return NEITHER()


@of_person("ED03", "schooling")
def child_of_school_age_is_at_school(person: Person) -> Because | None:
    member = person.member
    if member.schooling is not None or person.age is None:
        return None
    if not owes_school(member, school_start(person.on), SCHOOL_AGE, SCHOOL_YEARS):
        return None
    absence = absence_of(person)
    return None if absence is not None and absence.reason else NO_REASON()


@of_person("ED04", "schooling")
def grade_fits_the_age(person: Person) -> Because | None:
    schooling, age = person.member.schooling, person.age
    if schooling is None or age is None:
        return None
    stage = schooling.rstrip("_12345")
    if stage not in AGES:
        return None
    least, most = AGES[stage]
    if least <= age <= most:
        return None
    return WRONG_GRADE(
        age=age, schooling=Term(f"schooling:{schooling}"), least=least, most=most
    )


@of_person("ED05", "schooling")
def studies_fit_the_age(person: Person) -> Because | None:
    schooling, age = person.member.schooling, person.age
    if schooling is None or age is None or age >= YOUNGEST_POSTGRADUATE:
        return None
    young = age < YOUNGEST_STUDENT and schooling.startswith(ADULT_STUDIES)
    if young or schooling == "postgraduate":
        return TOO_YOUNG(age=age, schooling=Term(f"schooling:{schooling}"))
    return None


@of_person("ED05", "education")
def the_young_have_more_than_primary_education(person: Person) -> Because | None:
    education, age = person.member.education, person.age
    if age is None or not 16 <= age <= 22 or education not in LITTLE_EDUCATION:
        return None
    return TOO_LITTLE(age=age, education=Term(f"education:{education}"))


@of_person("ED06", "schooling")
def who_is_healthy_and_seven_has_left_preschool(person: Person) -> Because | None:
    schooling, age = person.member.schooling, person.age
    if schooling not in ("preschool_age", "preschool") or not person.healthy:
        return None
    if age is None or age < 7:
        return None
    return STILL_PRESCHOOL(age=age, schooling=Term(f"schooling:{schooling}"))


@of_person("ED07", "health")
def who_is_out_of_school_for_illness_is_not_healthy(person: Person) -> Because | None:
    if not person.healthy:
        return None
    absence = absence_of(person)
    if absence is None or absence.reason not in ("illness", "disability"):
        return None
    return HEALTHY(reason=Term(f"absence_reason:{absence.reason}"))
