"""A region at work for a year: twenty thousand certified people in post, in turn in
every division with alleviation tasks.

As in any year, certificates run out month after month, some are renewed already, some
were suspended for a while, and everybody in post was chosen once.

Written in bulk, since thousands of exams sat through the domain would take minutes;
the rows are what the domain leaves, and only reading is measured on them.
"""

from datetime import date, datetime, timedelta
from itertools import cycle, islice

from django.utils import timezone

from accounts.models import User
from certificates.domain.lasting import VALID_MONTHS
from certificates.models import Certificate, Selection, Suspension
from core.dates import add_months
from divisions.enums import Kind
from divisions.models import Designation, Division
from divisions.scoping import at
from exams.enums import State
from exams.models import Attempt, Sitting
from rosters.models import Assignment

PEOPLE = 20_000
LONG_AGO = timedelta(days=365)
CHUNK = 1000
# None was issued within the last year: all are in force on every day of it.
MONTHS_LEFT = VALID_MONTHS - 12
RENEWED = SUSPENDED = 10  # every tenth


def fill_posts(sitting: Sitting, *, by: User) -> int:
    """Returns how many people are in post since a year ago."""
    then = timezone.now() - LONG_AGO
    since = timezone.localdate(then)
    with_tasks = (
        Designation.objects.in_force(since)
        .filter(kind=Kind.HAS_TASKS)
        .order_by("division_code")
    )
    divisions = [each.division for each in with_tasks.select_related("division")]
    places = list(islice(cycle(divisions), PEOPLE))
    people = save(
        User(
            phone=f"191{number:08d}",
            real_name=f"在岗{number}",
            home_division=place,
            home_code=place.code,
        )
        for number, place in enumerate(places)
    )
    posted = list(zip(people, places, strict=True))
    choose(posted, by=by, on=since)
    attempts = save(passed(sitting, *each, now=then) for each in posted)
    certificates = save(
        earned(attempt, place, until=ahead(1 + number % MONTHS_LEFT))
        for number, (attempt, place) in enumerate(zip(attempts, places, strict=True))
    )
    renew(certificates[::RENEWED], places[::RENEWED])
    suspend_for_a_while(certificates[::SUSPENDED], on=since)
    save(
        Assignment(
            person=each.holder,
            certificate=each,
            since=since,
            assigned_by=by,
            **at(place),
        )
        for each, place in zip(certificates, places, strict=True)
    )
    return len(places)


def save(rows) -> list:
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows, batch_size=CHUNK)


def passed(
    sitting: Sitting, person: User, place: Division, *, now: datetime, number: int = 1
) -> Attempt:
    return Attempt(
        candidate=person,
        sitting=sitting,
        number=number,
        paper=[],
        edition_code=sitting.release.edition_code,
        pass_percent=60,
        max_score=100,
        started_at=now - timedelta(hours=1),
        deadline_at=now,
        finished_at=now,
        state=State.MARKED,
        score=100,
        passed=True,
        **at(place),
    )


def choose(posted: list[tuple[User, Division]], *, by: User, on: date) -> None:
    save(
        Selection(
            person=person, chosen_on=on, chosen_by=by, basis="压测名单", **at(place)
        )
        for person, place in posted
    )


def ahead(months: int) -> date:
    return add_months(timezone.localdate(), months)


def renew(certificates: list[Certificate], places: list[Division]) -> None:
    """Those with ninety days left or less, by a second pass."""
    held = [
        (each, place)
        for each, place in zip(certificates, places, strict=True)
        if each.expires_on <= ahead(3)
    ]
    attempts = save(
        passed(each.attempt.sitting, each.holder, place, now=timezone.now(), number=2)
        for each, place in held
    )
    save(
        earned(attempt, place, until=ahead(VALID_MONTHS))
        for attempt, (_each, place) in zip(attempts, held, strict=True)
    )


def suspend_for_a_while(certificates: list[Certificate], *, on: date) -> None:
    """In the second month in post, so that all count on the days measured."""
    save(
        Suspension(
            certificate=each,
            since=on + timedelta(days=30),
            until=on + timedelta(days=60),
            reason="压测",
        )
        for each in certificates
    )


def earned(attempt: Attempt, place: Division, *, until: date) -> Certificate:
    return Certificate(
        number=f"bench{attempt.pk}",
        holder=attempt.candidate,
        attempt=attempt,
        holder_name=attempt.candidate.real_name,
        post_level=place.level,
        post_place=place.full_name,
        exam_name=str(attempt.sitting),
        edition_code=attempt.edition_code,
        office_name="压测",
        office_code=place.code[:6],
        issued_on=add_months(until, -VALID_MONTHS),
        expires_on=until,
        **at(place),
    )
