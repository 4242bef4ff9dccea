"""ST01 to ST07: years in their order, exits with all their steps, helpers."""

from measures.casework.replaying import replay
from measures.citations import runs
from measures.cleaning.faults import Home, of_home
from measures.findings import Because, Reason

EXIT_BEFORE = Reason(
    "脱贫年度{exited}早于识别年度{identified}",
    "exited in {exited}, identified in {identified}",
)
RETURN_BEFORE = Reason(
    "返贫年度{returned}早于脱贫年度{exited}",
    "returned in {returned}, exited in {exited}",
)
FUTURE = Reason("{year}年晚于{now}年", "{year} is after {now}")
SAME_YEAR = Reason(
    "{year}年新识别或返贫，当年脱贫", "identified or returned in {year}, and exited"
)
NOT_COMPLETED = Reason("脱贫程序没有办完", "the exit has not all its steps")
NO_CAUSE = Reason("返贫没有原因", "a return without a cause")
NO_EXIT = Reason("返贫没有历年脱贫", "a return without a former exit")
NO_HELPER = Reason("没有帮扶联系人", "there is no helper")
INCOMPLETE_HELPER = Reason(
    "帮扶联系人的姓名、单位、隶属或电话不全",
    "the helper lacks name, unit, level or phone",
)
SETTLED_BEFORE = Reason(
    "{settled}年搬迁，早于识别年度{identified}",
    "resettled in {settled}, identified in {identified}",
)
NO_KEYS = Reason("脱贫户集中安置没有交钥匙", "exited, without the keys")
NOT_MOVED = Reason("脱贫户分散安置没有入住", "exited, but not moved in")


@of_home("ST01", "exited_in")
@runs("clean-status")
def exit_is_not_before_identification(home: Home) -> Because | None:
    """The years stand in the order in which things happen."""
    identified, exited = home.household.identified_in, home.household.exited_in
    if identified is None or exited is None or identified <= exited:
        return None
    return EXIT_BEFORE(exited=exited, identified=identified)


@of_home("ST01", "returned_in")
def return_is_not_before_the_exit(home: Home) -> Because | None:
    exited, returned = home.household.exited_in, home.household.returned_in
    if exited is None or returned is None or exited <= returned:
        return None
    return RETURN_BEFORE(returned=returned, exited=exited)


@of_home("ST01", "identified_in")
def no_year_lies_in_the_future(home: Home) -> Because | None:
    household, now = home.household, home.on.year
    for year in (household.identified_in, household.exited_in, household.returned_in):
        if year is not None and year > now:
            return FUTURE(year=year, now=now)
    return None


@of_home("ST02", "exited_in")
def does_not_exit_in_the_year_it_came(home: Home) -> Because | None:
    exited = home.household.exited_in
    if exited is None:
        return None
    if exited in (home.household.identified_in, home.household.returned_in):
        return SAME_YEAR(year=exited)
    return None


@of_home("ST03", "exit_case")
def exit_has_all_its_steps(home: Home) -> Because | None:
    case = home.household.exit_case
    if case is None or case.procedure != "exit" or case.subject != "household":
        return None
    answer = replay(case)
    if answer.refused is not None:
        return answer.refused.because
    if home.has_exited and answer.status != "exited":
        return NOT_COMPLETED()
    return None


@of_home("ST04", "returned_in")
def return_follows_an_exit(home: Home) -> Because | None:
    if home.household.returned_in is None or home.household.exited_in is not None:
        return None
    return NO_EXIT()


@of_home("ST04", "return_causes")
@runs("4.1.2-return-causes")
def return_has_a_cause(home: Home) -> Because | None:
    """A return is by disaster, disability, illness, schooling or another cause."""
    if home.household.returned_in is None:
        return None
    return None if home.household.return_causes else NO_CAUSE()


@of_home("ST06", "helper")
def who_has_not_exited_has_a_helper(home: Home) -> Because | None:
    if home.has_exited:
        return None
    helper = home.household.helper
    if helper is None:
        return NO_HELPER()
    if helper.name and helper.unit and helper.level and helper.phone:
        return None
    return INCOMPLETE_HELPER()


@of_home("ST07", "dwelling.resettlement")
def resettlement_comes_after_identification(home: Home) -> Because | None:
    dwelling, identified = home.household.dwelling, home.household.identified_in
    if dwelling is None or dwelling.resettlement is None:
        return None
    new = dwelling.resettlement
    settled = new.settled_in
    if settled is not None and identified is not None and settled < identified:
        return SETTLED_BEFORE(settled=settled, identified=identified)
    if not home.has_exited:
        return None
    if new.kind == "concentrated" and not new.keys_handed_over:
        return NO_KEYS()
    return NOT_MOVED() if new.kind == "scattered" and not new.moved_in else None
