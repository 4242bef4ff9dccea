"""Everybody who passed and lacks nothing, in every village of the region in turn.

Written in bulk, for sat one by one it would take an hour; the rows are what the domain
leaves, and the work that is measured begins after them.
"""

from itertools import cycle, islice

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from courses.models import LessonCompletion, LessonPage
from divisions.enums import Level
from divisions.models import Division
from exams.models import Sitting

from ..cast import choosing_office, exam_for
from ..staffing import choose, passed, save


def passed_sitting(people: int) -> tuple[Sitting, User]:
    """The sitting of the whole region, and the officer who may order its batch."""
    region = Division.objects.get(level=Level.REGION)
    sitting = exam_for(region, number=1)
    office = choosing_office(region, role=Role.REGION_OFFICE)
    counties = Division.objects.filter(level=Level.COUNTY).in_bulk(field_name="code")
    homes = list(islice(cycle(Division.objects.filter(level=Level.VILLAGE)), people))
    candidates = save(
        User(
            phone=f"195{number:08d}",
            real_name=f"考生{number}",
            home_division=home,
            home_code=home.code,
        )
        for number, home in enumerate(homes)
    )
    now = timezone.now()
    today = timezone.localdate(now)
    offices = [counties[home.code[:6]] for home in homes]
    choose(list(zip(candidates, offices, strict=True)), by=office, on=today)
    save(
        LessonCompletion(person=person, lesson=lesson, completed_at=now, answers={})
        for lesson in LessonPage.objects.live()
        for person in candidates
    )
    save(
        passed(sitting, person, home, now=now)
        for person, home in zip(candidates, homes, strict=True)
    )
    return sitting, office
