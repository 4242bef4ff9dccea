"""Two offices at the same moment; SQLite lets one writer in at a time anyway."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from accounts.models import User
from core.errors import Refused
from core.models import LogEntry
from rosters.domain.assigning import assign_person
from rosters.models import Assignment

from .conftest import TODAY

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="needs real row locks"
    ),
]


def at_once(*calls):
    """Run the calls in threads of their own; return what each gave or refused."""
    barrier, answers = Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        barrier.wait()
        try:
            answers[place] = call()
        except Refused as refusal:
            answers[place] = refusal.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


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
