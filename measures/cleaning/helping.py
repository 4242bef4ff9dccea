"""MS01 to MS05: does the help given fit the causes and the people?"""

from measures.citations import runs
from measures.cleaning.faults import Home, of_home
from measures.findings import Because, Reason, Term

ANSWERS = {
    "illness": ("health", "social"),
    "schooling": ("education", "compulsory_education"),
    "disability": ("comprehensive", "disability_subsidy"),
    "no_water": ("water",),
}
"""Which help answers which cause."""

DEVELOPING = frozenset(
    {"industry", "employment", "finance", "welfare_post", "labour_export"}
)
FULL_LABOUR = ("ordinary", "skilled")
VOCATIONAL = ("vocational", "higher_vocational")
OUTSIDE_COUNTY = ("in_region", "outside_region")

UNANSWERED = Reason("{cause}没有对应的帮扶措施", "no help answers: {cause}")
UNHOUSED = Reason("住房是危房，没有住房措施", "dilapidated, without help in housing")
WITHOUT_WATER = Reason("饮水不安全，没有饮水措施", "no safe water, no help in water")
OUT_OF_SCHOOL = Reason(
    "有辍学，没有义务教育措施", "a child out of school, no help in schooling"
)
UNINSURED = Reason("有人未参保，没有健康帮扶", "somebody uninsured, no help in health")
NOT_DEVELOPING = Reason(
    "有劳动力，没有产业、就业、金融或公益岗位措施",
    "there is labour, but no help in industry, work, finance or a post",
)
HELP_ONLY = Reason(
    "措施中有{help}，成员中没有", "{help} in the help, not at any member"
)
MEMBER_ONLY = Reason("成员享受{help}，措施中没有", "a member has {help}, the help not")
NO_VOCATIONAL_PUPIL = Reason(
    "雨露计划没有对应的中职、高职在校生", "rain-and-dew plan without a vocational pupil"
)
NOBODY_AWAY = Reason(
    "{help}，没有人在县外务工", "{help}, nobody works outside the county"
)


@of_home("MS01", "help_given")
@runs("clean-measures")
def help_answers_the_causes(home: Home) -> Because | None:
    """Every cause that a measure can answer has one."""
    given = home.household.help_given
    if given is None:
        return None
    for cause in home.household.causes or ():
        answers = ANSWERS.get(cause)
        if answers and not set(answers) & set(given):
            return UNANSWERED(cause=Term(f"cause:{cause}"))
    return None


@of_home("MS01", "help_given")
def help_answers_what_the_household_lacks(home: Home) -> Because | None:
    given = home.household.help_given
    if given is None:
        return None
    dwelling, water = home.household.dwelling, home.household.water
    if dwelling is not None and dwelling.dilapidated and "housing" not in given:
        return UNHOUSED()
    if water is not None and water.clear is False and "water" not in given:
        return WITHOUT_WATER()
    if home.household.out_of_school and "compulsory_education" not in given:
        return OUT_OF_SCHOOL()
    insurances = [each.medical_insurance for each in home.household.members]
    return UNINSURED() if "none" in insurances and "health" not in given else None


@of_home("MS02", "help_given")
def labour_gets_help_to_develop(home: Home) -> Because | None:
    given = home.household.help_given
    if given is None or DEVELOPING & set(given):
        return None
    able = any(each.labour in FULL_LABOUR for each in home.household.members)
    return NOT_DEVELOPING() if able else None


@of_home("MS03", "help_given")
def allowances_agree_with_the_members(home: Home) -> Because | None:
    given = home.household.help_given
    if given is None:
        return None
    members = home.household.members
    held = {
        "low_income": any(each.low_income_class for each in members),
        "special_poor": any(each.special_poor for each in members),
    }
    for kind, is_held in held.items():
        if is_held != (kind in given):
            said = MEMBER_ONLY if is_held else HELP_ONLY
            return said(help=Term(f"help:{kind}"))
    disabled = any("disabled" in (each.health or ()) for each in members)
    if "disability_subsidy" in given and not disabled:
        return HELP_ONLY(help=Term("help:disability_subsidy"))
    return None


@of_home("MS04", "help_given")
def the_plan_for_pupils_has_a_vocational_pupil(home: Home) -> Because | None:
    if "rain_dew" not in (home.household.help_given or ()):
        return None
    for each in home.household.members:
        if (each.schooling or "").startswith(VOCATIONAL):
            return None
    return NO_VOCATIONAL_PUPIL()


@of_home("MS05", "help_given")
def help_to_work_away_has_somebody_away(home: Home) -> Because | None:
    given = home.household.help_given or ()
    for kind in ("employment_subsidy", "labour_export"):
        if kind in given and not anybody_away(home):
            return NOBODY_AWAY(help=Term(f"help:{kind}"))
    return None


def anybody_away(home: Home) -> bool:
    return any(
        each.work_months and each.work_place in OUTSIDE_COUNTY
        for each in home.household.members
    )
