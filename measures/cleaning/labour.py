"""LB01 to LB11: labour and work away from home."""

from datetime import date

from measures.citations import runs
from measures.cleaning.faults import Person, age_on, of_person
from measures.findings import Because, Reason, Term

WORKING_AGE, OLD = 16, 60
WELFARE_POST_AGE = (16, 69)
MOST_WELFARE_KINDS = 2
FULL = ("ordinary", "skilled")
WANTING = ("weak", "lost", "none")
OUTSIDE_COUNTY = ("in_region", "outside_region")
LEAST_PAY, MOST_PAY = 100, 30_000

UNDERAGE = Reason(
    "{age}岁，劳动能力为{labour}，应为无劳动力",
    "{age} years old, {labour}: should be no labour",
)
ABLE_AGE = Reason(
    "{age}岁、健康、不在校，劳动能力为{labour}",
    "{age} years old, healthy and no pupil, but {labour}",
)
PUPIL = Reason("在校生，劳动能力为{labour}", "a pupil, but {labour}")
AGED = Reason("{age}岁，劳动能力为{labour}", "{age} years old, but {labour}")
WORKS_WITHOUT_LABOUR = Reason("务工，劳动能力为{labour}", "works away, but {labour}")
WORKING_PUPIL = Reason("在校生务工", "a pupil works away")
WORKING_SPECIAL_POOR = Reason("特困供养人员务工", "the specially poor works away")
NO_MONTHS = Reason("填了务工区域，没有务工时间", "a place of work without months")
NO_PLACE = Reason("填了务工时间，没有务工区域", "months of work without a place")
OVERLAP = Reason(
    "{start}开始的务工早于上一份的结束",
    "the job of {start} begins before the last ends",
)
BACKWARDS = Reason(
    "务工{start}开始，{end}结束", "a job begins on {start} and ends on {end}"
)
STILL_AT_WORK = Reason(
    "填为不务工，上一份务工没有结束时间", "not working, but the last job has no end"
)
TOO_YOUNG = Reason("{age}岁开始务工", "began work at {age}")
ODD_PAY = Reason("月工资{pay}元", "monthly pay {pay} yuan")
POST_WITHOUT_MONTHS = Reason("公益性岗位没有月数", "a welfare post without months")
POST_AT_AGE = Reason("{age}岁从事公益性岗位", "a welfare post at {age}")
POST_WITHOUT_LABOUR = Reason("{labour}从事公益性岗位", "a welfare post with {labour}")
MANY_POSTS = Reason("公益性岗位{kinds}类", "{kinds} kinds of welfare posts")
POST_AND_AWAY = Reason(
    "公益性岗位同时在县外务工", "a welfare post beside work outside the county"
)
INCOMPLETE_JOB = Reason("务工信息不全", "the job lacks company, trade, pay or channel")


def labour_term(person: Person) -> Term:
    return Term(f"labour:{person.member.labour}")


@of_person("LB01", "labour")
@runs("clean-labour")
def under_sixteen_has_no_labour(person: Person) -> Because | None:
    """Children do not count as labour."""
    age = person.age
    if age is None or age >= WORKING_AGE or person.member.labour in (None, "none"):
        return None
    return UNDERAGE(age=age, labour=labour_term(person))


@of_person("LB02", "labour")
def healthy_and_of_working_age_has_labour(person: Person) -> Because | None:
    age = person.age
    if age is None or not WORKING_AGE <= age < OLD:
        return None
    if not person.healthy or person.at_school or person.member.labour not in WANTING:
        return None
    return ABLE_AGE(age=age, labour=labour_term(person))


@of_person("LB03", "labour")
def pupil_has_no_labour(person: Person) -> Because | None:
    if not person.at_school or person.member.labour in (None, "none"):
        return None
    return PUPIL(labour=labour_term(person))


@of_person("LB04", "labour")
def sixty_is_not_full_labour(person: Person) -> Because | None:
    if person.age is None or person.age < OLD or person.member.labour not in FULL:
        return None
    return AGED(age=person.age, labour=labour_term(person))


@of_person("LB05", "labour")
def who_works_away_can_work(person: Person) -> Because | None:
    member = person.member
    if not member.work_months:
        return None
    if person.at_school:
        return WORKING_PUPIL()
    if member.special_poor:
        return WORKING_SPECIAL_POOR()
    if member.labour in WANTING:
        return WORKS_WITHOUT_LABOUR(labour=labour_term(person))
    return None


@of_person("LB06", "work_months")
def place_of_work_has_months(person: Person) -> Because | None:
    member = person.member
    return NO_MONTHS() if member.work_place and not member.work_months else None


@of_person("LB06", "work_place")
def months_of_work_have_a_place(person: Person) -> Because | None:
    member = person.member
    return NO_PLACE() if member.work_months and not member.work_place else None


@of_person("LB07", "jobs")
def jobs_follow_one_another(person: Person) -> Because | None:
    last_end: date | None = None
    for job in person.member.jobs or ():
        if job.started_on is None:
            continue
        if job.ended_on is not None and job.ended_on < job.started_on:
            return BACKWARDS(start=job.started_on, end=job.ended_on)
        if last_end is not None and job.started_on < last_end:
            return OVERLAP(start=job.started_on)
        last_end = job.ended_on
    return None


@of_person("LB07", "jobs")
def who_no_longer_works_has_an_end_date(person: Person) -> Because | None:
    jobs = person.member.jobs
    if not jobs or person.member.work_months != 0:
        return None
    return STILL_AT_WORK() if jobs[-1].ended_on is None else None


@of_person("LB08", "jobs")
def work_begins_at_sixteen(person: Person) -> Because | None:
    for job in person.member.jobs or ():
        if job.started_on is None:
            continue
        age = age_on(person.member.born, job.started_on)
        if age is not None and age < WORKING_AGE:
            return TOO_YOUNG(age=age)
    return None


@of_person("LB09", "jobs")
def pay_is_plausible(person: Person) -> Because | None:
    for job in person.member.jobs or ():
        pay = job.monthly_pay
        if pay is not None and not LEAST_PAY <= pay <= MOST_PAY:
            return ODD_PAY(pay=pay)
    return None


@of_person("LB10", "welfare_post")
def welfare_post_fits_the_person(person: Person) -> Because | None:
    post = person.member.welfare_post
    if post is None:
        return None
    if not post.months:
        return POST_WITHOUT_MONTHS()
    least, most = WELFARE_POST_AGE
    if person.age is not None and not least <= person.age <= most:
        return POST_AT_AGE(age=person.age)
    if person.member.labour in ("none", "lost"):
        return POST_WITHOUT_LABOUR(labour=labour_term(person))
    if (post.kinds or 0) > MOST_WELFARE_KINDS:
        return MANY_POSTS(kinds=post.kinds)
    if person.member.work_months and person.member.work_place in OUTSIDE_COUNTY:
        return POST_AND_AWAY()
    return None


@of_person("LB11", "jobs")
def job_is_described_in_full(person: Person) -> Because | None:
    for job in person.member.jobs or ():
        if not (job.company and job.trade and job.channel) or job.monthly_pay is None:
            return INCOMPLETE_JOB()
    return None
