"""Two offices at the same moment; SQLite lets one writer in at a time anyway."""

import pytest
from django.db import connection

from accounts.models import User
from core.models import LogEntry
from rosters.domain.assigning import assign_person
from rosters.domain.importing.taking_in import (
    Extent,
    preview_upload,
    read_upload,
    take_in,
)
from rosters.models import Assignment
from tests.racing import at_once

from .conftest import TODAY
from .files import ASSIGNMENTS, PEOPLE, id_number, workbook

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="needs real row locks"
    ),
]


def assigning(person, division, by):
    """As in a request of its own: everybody read anew."""
    return lambda: assign_person(
        User.objects.get(pk=person.pk),
        division=division,
        by=User.objects.get(pk=by.pk),
        on=TODAY,
    )


def test_two_offices_assign_one_person_at_once(
    napo, county_officer, city_officer, ready
):
    assert connection.vendor == "postgresql"
    person = ready()

    answers = at_once(
        assigning(person, napo.village, county_officer),
        assigning(person, napo.township, city_officer),
    )

    assert "not-ready" in answers
    assert Assignment.objects.get() in answers
    assert LogEntry.objects.filter(action="person.assigned").count() == 1


def test_a_seat_is_filled_once_when_two_fill_it_at_once(
    napo, county_officer, city_officer, ready
):
    answers = at_once(
        assigning(ready(), napo.village, county_officer),
        assigning(ready(), napo.village, city_officer),
    )

    assert "seat-taken" in answers
    assert Assignment.objects.get() in answers


def test_an_import_and_an_office_fill_one_seat_at_once(
    napo, county_officer, city_officer, ready
):
    person = ready()
    person.id_number = id_number(1)
    person.save()
    row = (person.real_name, id_number(1), napo.village.code, "2026-06-01", "1号")
    upload = read_upload("assignments", "a.xlsx", workbook(ASSIGNMENTS, row))
    seen = preview_upload(upload, by=county_officer, on=TODAY).mark

    answers = at_once(
        lambda: take_in(
            upload,
            seen=seen,
            extent=Extent.WHOLE,
            by=User.objects.get(pk=county_officer.pk),
            on=TODAY,
        ),
        assigning(ready(), napo.village, city_officer),
    )

    assert Assignment.objects.count() == 1
    assert {"nothing-to-write", "seat-taken"} & {
        each for each in answers if isinstance(each, str)
    }


def test_one_file_taken_in_twice_at_once_is_written_once(napo, county_officer):
    row = ("罗", id_number(1), "13900000001", napo.village.code, "")
    upload = read_upload("people", "p.xlsx", workbook(PEOPLE, row))
    seen = preview_upload(upload, by=county_officer, on=TODAY).mark

    def take():
        by = User.objects.get(pk=county_officer.pk)
        return take_in(upload, seen=seen, extent=Extent.WHOLE, by=by, on=TODAY)

    answers = at_once(take, take)

    assert User.objects.filter(phone="13900000001").count() == 1
    assert {"nothing-to-write", "outcome-changed"} & {
        each for each in answers if isinstance(each, str)
    }
