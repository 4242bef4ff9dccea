"""Seats that opened are noted: once each, at once, and until they are taken again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from certificates.domain.appealing import answer_appeal, make_appeal
from certificates.domain.issuing import issue_certificate
from certificates.domain.revoking import revoke_certificate
from certificates.domain.suspending import lift_suspension, suspend_certificate
from core.dates import add_months
from rosters.domain.assigning import assign_person
from rosters.domain.leaving import leave_post
from rosters.domain.noting import (
    note_openings,
    note_openings_at,
    note_openings_of,
)
from rosters.domain.tallying import tally_of
from rosters.domain.transferring import transfer_person
from rosters.enums import Leaving
from rosters.models import Opening
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    prepared,
)
from tests.factories.rosters import AssignmentFactory

from .openings import EARLIER, TODAY, TOMORROW, leave, morning

pytestmark = pytest.mark.usefixtures("office")


def quota_of(division, *, on) -> int:
    return tally_of(division, on=on).gap_at(division.code, in_post=0)


def test_a_certificate_opens_its_seat_on_the_day_it_runs_out(napo):
    certificate = CertificateFactory(at=napo.village, issued_on=date(2023, 6, 1))
    AssignmentFactory(at=napo.village, certificate=certificate)
    day = certificate.expires_on

    note_openings(on=day - timedelta(days=1), at=morning(day))
    assert not Opening.objects.exists()
    note_openings(on=day, at=morning(day))

    opening = Opening.objects.get()
    assert (opening.why, opening.since) == ("expired", day)
    assert opening.office_code == napo.county.code


def test_a_revocation_a_suspension_and_a_leaving_say_so(napo, office):
    held = [
        AssignmentFactory(
            at=napo.village,
            certificate=CertificateFactory(at=napo.village, issued_on=date(2026, 3, 2)),
        )
        for _each in range(3)
    ]
    revoke_certificate(held[0].certificate, by=office, on=TODAY, reason="作弊")
    suspend_certificate(held[1].certificate, by=office, on=TODAY, reason="核查")
    leave(held[2], TODAY)

    note_openings(on=TODAY, at=morning(TODAY))

    assert set(Opening.objects.values_list("assignment", "why", "since")) == {
        (held[0].pk, "revoked", TODAY),
        (held[1].pk, "suspended", TODAY),
        (held[2].pk, "left", TODAY),
    }


def test_a_revocation_is_noted_at_once_and_no_second_time_by_night(
    napo, held, office, django_capture_on_commit_callbacks
):
    AssignmentFactory(at=napo.village)  # of somebody else
    today = timezone.localdate()

    with django_capture_on_commit_callbacks(execute=True):
        revoke_certificate(held.certificate, by=office, on=today, reason="作弊")

    opening = Opening.objects.get()
    assert (opening.assignment, opening.why) == (held, "revoked")
    note_openings(on=today, at=morning(today))
    assert Opening.objects.get() == opening


def test_a_suspension_is_noted_at_once_and_its_lifting_too(
    held, office, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    terms = {"by": office, "on": today, "reason": "核查"}
    seen = []
    for act in (suspend_certificate, lift_suspension, suspend_certificate):
        for _twice in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                act(held.certificate, **terms)
        by_day = Opening.objects.values_list("why", "since", "closed_on")
        seen.append(by_day.get())
        note_openings(on=today, at=morning(today))
        assert by_day.get() == seen[-1]

    assert seen == [
        ("suspended", today, None),
        ("suspended", today, today),
        ("suspended", today, None),
    ]


def test_an_appeal_that_is_granted_closes_the_seat_at_once(
    held, office, city_officer, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        revoke_certificate(held.certificate, by=office, on=today, reason="作弊")
        make_appeal(held.certificate, by=held.person, on=today, words="没有作弊")
    assert Opening.objects.get().closed_on is None

    with django_capture_on_commit_callbacks(execute=True):
        answer_appeal(
            held.certificate, by=city_officer, on=today, granted=True, answer="属实"
        )

    assert Opening.objects.get().closed_on == today


def test_a_new_certificate_closes_the_seat_at_once(
    napo, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    person = prepared(napo.village)
    old = CertificateFactory(holder=person, issued_on=add_months(today, -36))
    AssignmentFactory(at=napo.village, certificate=old)
    note_openings(on=today, at=morning(today))
    assert Opening.objects.get().closed_on is None
    passed = MarkedAttemptFactory(candidate=person, on=today - timedelta(days=1))

    with django_capture_on_commit_callbacks(execute=True):
        issue_certificate(passed, by=None, on=today)

    assert Opening.objects.get().closed_on == today


def test_a_leaving_is_noted_at_once_and_whoever_comes_closes_it(
    held, office, ready, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    terms = {"leaving": Leaving.RESIGNED, "today": today, "by": office}
    with django_capture_on_commit_callbacks(execute=True):
        leave_post(held, on=today + timedelta(days=30), **terms)
    assert not Opening.objects.exists()

    held.refresh_from_db()
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            leave_post(held, on=today, **terms)
        note_openings(on=today, at=morning(today))
    opening = Opening.objects.get()
    assert (opening.why, opening.since) == ("left", today)
    assert opening.closed_on is None

    with django_capture_on_commit_callbacks(execute=True):
        assign_person(ready(), division=held.division, by=office, on=today)
    opening.refresh_from_db()
    assert opening.closed_on == today


def test_a_transfer_opens_the_seat_it_leaves_at_once(
    napo, office, ready, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    held = assign_person(ready(), division=napo.village, by=office, on=TODAY)

    with django_capture_on_commit_callbacks(execute=True):
        transfer_person(held, division=napo.township, by=office, on=today)

    assert Opening.objects.get().assignment == held
    assert note_openings(on=today, at=morning(today)) == 1


def test_who_leaves_while_suspended_leaves_one_seat_open_until_it_is_taken(
    napo, held, office, ready, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        suspend_certificate(held.certificate, by=office, on=today, reason="核查")
    with django_capture_on_commit_callbacks(execute=True):
        leave_post(held, by=office, on=today, leaving=Leaving.UNFIT, today=today)
    assert set(Opening.objects.still().values_list("why", flat=True)) == {
        "suspended",
        "left",
    }

    with django_capture_on_commit_callbacks(execute=True):
        assign_person(ready(), division=napo.village, by=office, on=today)

    assert not Opening.objects.still().exists()


def test_each_is_noted_once_and_a_second_stop_again(held, office):
    suspend_certificate(held.certificate, by=office, on=TODAY, reason="核查")
    for _each in range(2):
        note_openings(on=TODAY, at=morning(TODAY))
    lift_suspension(held.certificate, by=office, on=TODAY, reason="无误")
    suspend_certificate(held.certificate, by=office, on=TOMORROW, reason="又查")
    note_openings(on=TOMORROW, at=morning(TOMORROW))

    assert list(Opening.objects.values_list("since", flat=True)) == [
        TOMORROW,
        TODAY,
    ]


def test_a_seat_that_somebody_took_over_did_not_open(napo, held):
    leave(held, TODAY)
    AssignmentFactory(
        at=napo.village,
        certificate=CertificateFactory(at=napo.village, issued_on=TODAY),
        since=TODAY,
    )

    assert note_openings(on=TODAY, at=morning(TODAY)) == 0


def test_of_two_who_left_one_was_followed_and_one_seat_stands_open(napo):
    first, second = (
        AssignmentFactory(
            at=napo.county,
            certificate=CertificateFactory(at=napo.county, issued_on=EARLIER),
        )
        for _each in range(2)
    )
    leave(first, TODAY)
    leave(second, TODAY)
    for _each in range(quota_of(napo.county, on=TODAY) - 1):
        AssignmentFactory(
            at=napo.county,
            certificate=CertificateFactory(at=napo.county, issued_on=TODAY),
            since=TODAY,
        )

    note_openings(on=TODAY, at=morning(TODAY))

    assert Opening.objects.get().assignment == second


def test_who_was_one_too_many_opens_no_seat(napo, held):
    further = AssignmentFactory(
        at=napo.village,
        certificate=CertificateFactory(at=napo.village, issued_on=EARLIER),
    )
    leave(further, TODAY)

    assert note_openings(on=TODAY, at=morning(TODAY)) == 0


def test_what_opened_long_ago_or_never_was_filled_is_left_alone(napo, held, office):
    revoke_certificate(held.certificate, by=office, on=TODAY, reason="作弊")
    later = TODAY + timedelta(days=7)

    assert note_openings(on=later - timedelta(days=1), at=morning(later)) == 1
    assert note_openings(on=later, at=morning(later)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_noting_costs_the_same_for_many(napo, office, count, django_assert_num_queries):
    for _each in range(count):
        certificate = CertificateFactory(at=napo.village, issued_on=date(2026, 3, 2))
        AssignmentFactory(at=napo.village, certificate=certificate)
        revoke_certificate(certificate, by=office, on=TODAY, reason="作弊")

    # Savepoint twice; ends, leavings, notes; those that stand open.
    with django_assert_num_queries(6):
        note_openings(on=TODAY, at=morning(TODAY))


@pytest.mark.parametrize("count", [1, 3])
def test_noting_of_many_people_costs_the_same(
    napo, office, count, django_assert_num_queries
):
    held = [
        AssignmentFactory(
            at=napo.village,
            certificate=CertificateFactory(at=napo.village, issued_on=EARLIER),
        )
        for _each in range(count)
    ]
    for each in held:
        revoke_certificate(each.certificate, by=office, on=TODAY, reason="作弊")

    # Savepoint twice; ends, notes; those that stand open.
    with django_assert_num_queries(5):
        note_openings_of([each.person_id for each in held], on=TODAY, at=morning(TODAY))

    assert Opening.objects.count() == count


@pytest.mark.parametrize("count", [1, 3])
def test_noting_at_many_divisions_costs_the_same(
    napo, count, django_assert_num_queries
):
    places = [napo.village, napo.township, napo.county][:count]
    for place in places:
        certificate = CertificateFactory(at=place, issued_on=EARLIER)
        leave(AssignmentFactory(at=place, certificate=certificate), TODAY)

    # Savepoint twice; leavings, designations, those in post, notes; those open.
    with django_assert_num_queries(7):
        note_openings_at(places, on=TODAY, at=morning(TODAY))

    assert set(Opening.objects.values_list("division", flat=True)) == {
        place.pk for place in places
    }
