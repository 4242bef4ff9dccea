"""Histories drawn by seed: whatever can happen to posts, people and certificates."""

from datetime import date, timedelta
from random import Random

from certificates.models import Certificate, Suspension
from divisions.enums import Kind
from divisions.models import Designation, Division
from divisions.scoping import at
from rosters.enums import Tenure
from rosters.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, SelectionFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY


def drawn_history(napo, draw: Random) -> None:
    """Villages with and without tasks, now or once; people here and there, now, once
    or soon, offices among them, with certificates in every state; others on the way."""
    for number in range(10, 16):
        village = DivisionFactory(
            code=f"{napo.township.code}2{number}", level="village"
        )
        if draw.random() < 0.7:
            drawn_tasks(village, draw)
    places = list(Division.objects.exclude(level="region"))
    for _person in range(10):
        drawn_service(places, draw)
    for _person in range(3):
        person = UserFactory(at=draw.choice(places), is_active=draw.random() < 0.8)
        drawn_selection(person, napo.county, draw)


def drawn_tasks(village: Division, draw: Random) -> None:
    since = date(2015, 1, 1) + timedelta(days=draw.randrange(5000))
    Designation.objects.create(
        kind=Kind.HAS_TASKS,
        since=since,
        until=draw.choice([None, None, since + timedelta(days=900)]),
        is_demonstration=draw.random() < 0.5,
        **at(village),
    )


def drawn_service(places: list[Division], draw: Random) -> None:
    """One person with up to three certificates, in one post and perhaps before in
    another, or covering it as well."""
    place = draw.choice(places)
    first = drawn_certificate(draw, at=place)
    for _more in range(draw.choice([0, 0, 1, 2])):
        drawn_certificate(draw, holder=first.holder)
    drawn_assignment(place, first, draw, may_last=True)
    if draw.random() < 0.3:
        drawn_assignment(draw.choice(places), first, draw, may_last=False)
    if draw.random() < 0.5:
        drawn_selection(first.holder, Division.objects.get(code="451026"), draw)


def drawn_certificate(draw: Random, **whose) -> Certificate:
    issued = near(draw, -1500, 60)
    expires = issued + timedelta(days=draw.choice([200, 700, 1096, 2000]))
    ended = [None, None, None, issued + timedelta(days=draw.randrange(1200))]
    revoked = draw.choice(ended)
    certificate = CertificateFactory(
        issued_on=issued,
        expires_on=expires,
        revoked_on=revoked,
        revocation_reason="考试作弊" if revoked else "",
        superseded_on=draw.choice(ended),
        **whose,
    )
    for since in draw.choice([[], [], [near(draw, -500, 30)]]):
        until = draw.choice([None, since, since + timedelta(days=draw.randrange(90))])
        Suspension.objects.create(
            certificate=certificate, since=since, until=until, reason="核查"
        )
    return certificate


def drawn_assignment(
    place: Division, certificate: Certificate, draw: Random, *, may_last: bool
) -> Assignment:
    since = near(draw, -600, 300)
    until = since + timedelta(days=draw.choice([0, 1, 90, 300, 600, 900]))
    if may_last and draw.random() < 0.5:
        return AssignmentFactory(at=place, certificate=certificate, since=since)
    return AssignmentFactory(
        at=place,
        certificate=certificate,
        since=since,
        until=until,
        leaving="resigned",
        kind=draw.choice(Tenure.values),
    )


def drawn_selection(person, county: Division, draw: Random) -> None:
    chosen = near(draw, -600, 30)
    withdrawn = draw.choice([None, None, chosen + timedelta(days=draw.randrange(400))])
    SelectionFactory(person=person, at=county, chosen_on=chosen, withdrawn_on=withdrawn)


def near(draw: Random, first: int, last: int) -> date:
    """A day so many days from today, often one on which something turns."""
    turning = [0, 90, -400, *(day for day in (first, last) if day)]
    days = draw.choice([draw.randrange(first, last), draw.choice(turning)])
    return TODAY + timedelta(days=max(first, min(last, days)))
