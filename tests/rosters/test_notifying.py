"""The offices are told of seats that opened: each once, by one mail a day at most."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from certificates.domain.refreshing import decide_refreshers
from certificates.domain.revoking import revoke_certificate
from certificates.domain.suspending import lift_suspension, suspend_certificate
from divisions.enums import Kind
from divisions.models import Designation
from divisions.scoping import at
from rosters.domain.notifying import gather_digests, note_openings, send_digests
from rosters.domain.tallying import tally_of
from rosters.enums import Leaving
from rosters.models import Assignment, Digest, Opening
from rosters.tasks import tell_of_openings
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.rosters import AssignmentFactory

TODAY = date(2026, 6, 1)
EARLIER = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)


def morning(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 6, 20))


def tell(on=TODAY):
    note_openings(on=on, at=morning(on))
    gather_digests(on=on, at=morning(on))
    return send_digests(on=on, at=morning(on))


@pytest.fixture(autouse=True)
def office(napo):
    return UserFactory(
        role=Role.COUNTY_OFFICE, at=napo.county, email="office@example.org"
    )


@pytest.fixture
def held(napo):
    certificate = CertificateFactory(at=napo.village, issued_on=date(2026, 3, 2))
    return AssignmentFactory(at=napo.village, certificate=certificate)


def leave(held, on, leaving=Leaving.RESIGNED):
    Assignment.objects.filter(pk=held.pk).update(until=on, leaving=leaving)


def quota_of(division, *, on) -> int:
    return tally_of(division, on=on).gap_at(division.code, in_post=0)


class TestNoting:
    def test_a_certificate_opens_its_seat_on_the_day_it_runs_out(self, napo):
        certificate = CertificateFactory(at=napo.village, issued_on=date(2023, 6, 1))
        AssignmentFactory(at=napo.village, certificate=certificate)
        day = certificate.expires_on

        note_openings(on=day - timedelta(days=1), at=morning(day))
        assert not Opening.objects.exists()
        note_openings(on=day, at=morning(day))

        opening = Opening.objects.get()
        assert (opening.why, opening.since) == ("expired", day)
        assert opening.office_code == napo.county.code

    def test_a_revocation_a_suspension_and_a_leaving_say_so(self, napo, office):
        held = [
            AssignmentFactory(
                at=napo.village,
                certificate=CertificateFactory(
                    at=napo.village, issued_on=date(2026, 3, 2)
                ),
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
        self, napo, held, office, django_capture_on_commit_callbacks
    ):
        AssignmentFactory(at=napo.village)  # of somebody else
        today = timezone.localdate()

        with django_capture_on_commit_callbacks(execute=True):
            revoke_certificate(held.certificate, by=office, on=today, reason="作弊")

        opening = Opening.objects.get()
        assert (opening.assignment, opening.why) == (held, "revoked")
        note_openings(on=today, at=morning(today))
        assert Opening.objects.get() == opening

    def test_each_is_noted_once_and_a_second_stop_again(self, held, office):
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

    def test_a_seat_that_somebody_took_over_did_not_open(self, napo, held):
        leave(held, TODAY)
        AssignmentFactory(
            at=napo.village,
            certificate=CertificateFactory(at=napo.village, issued_on=TODAY),
            since=TODAY,
        )

        assert note_openings(on=TODAY, at=morning(TODAY)) == 0

    def test_of_two_who_left_one_was_followed_and_one_seat_stands_open(self, napo):
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

    def test_who_was_one_too_many_opens_no_seat(self, napo, held):
        further = AssignmentFactory(
            at=napo.village,
            certificate=CertificateFactory(at=napo.village, issued_on=EARLIER),
        )
        leave(further, TODAY)

        assert note_openings(on=TODAY, at=morning(TODAY)) == 0

    def test_what_opened_long_ago_or_never_was_filled_is_left_alone(
        self, napo, held, office
    ):
        revoke_certificate(held.certificate, by=office, on=TODAY, reason="作弊")
        later = TODAY + timedelta(days=7)

        assert note_openings(on=later - timedelta(days=1), at=morning(later)) == 1
        assert note_openings(on=later, at=morning(later)) == 0

    @pytest.mark.parametrize("count", [1, 3])
    def test_noting_costs_the_same_for_many(
        self, napo, office, count, django_assert_num_queries
    ):
        for _each in range(count):
            certificate = CertificateFactory(
                at=napo.village, issued_on=date(2026, 3, 2)
            )
            AssignmentFactory(at=napo.village, certificate=certificate)
            revoke_certificate(certificate, by=office, on=TODAY, reason="作弊")

        with django_assert_num_queries(5):  # savepoint twice; ends, leavings, notes
            note_openings(on=TODAY, at=morning(TODAY))


class TestMail:
    def test_names_place_post_and_reason_with_a_link(self, held, office, settings):
        settings.SITE_URL = "https://pxpt.example.cn"
        revoke_certificate(held.certificate, by=office, on=TODAY, reason="作弊")

        assert tell() == 1

        (message,) = mail.outbox
        assert message.recipients() == ["office@example.org"]
        assert message.subject == "空岗与复训提醒"
        for words in (
            "那坡县扶贫开发领导小组办公室",
            held.division.full_name,
            "行政村信息员",
            held.person.real_name,
            "证书被撤销",
            "2026年6月1日",
            "https://pxpt.example.cn/rosters/451026/",
        ):
            assert words in message.body

    def test_an_office_gets_one_mail_a_day_and_the_rest_the_next(
        self, napo, held, office
    ):
        leave(held, TODAY)
        assert [tell(), tell()] == [1, 0]
        other = AssignmentFactory(
            at=napo.other_village,
            certificate=CertificateFactory(
                at=napo.other_village, issued_on=date(2026, 3, 2)
            ),
        )
        revoke_certificate(other.certificate, by=office, on=TODAY, reason="作弊")

        assert tell() == 0
        assert tell(TOMORROW) == 1

        first, second = (message.body for message in mail.outbox)
        assert held.division.full_name in first
        assert other.division.full_name in second
        assert held.division.full_name not in second

    def test_each_office_gets_its_own_and_no_other(self, napo, office):
        for place, address in (
            (napo.other_county, "other@example.org"),
            (napo.city, "city@example.org"),
        ):
            role = Role.CITY_OFFICE if place == napo.city else Role.COUNTY_OFFICE
            UserFactory(role=role, at=place, email=address)
        UserFactory(role=Role.TOWNSHIP_OFFICE, at=napo.township, email="t@example.org")
        for place in (napo.village, napo.other_county, napo.city):
            leave(AssignmentFactory(at=place), timezone.localdate())

        assert tell(timezone.localdate()) == 3

        assert sorted(message.recipients() for message in mail.outbox) == [
            ["city@example.org"],
            ["office@example.org"],
            ["other@example.org"],
        ]

    def test_an_office_without_an_address_is_told_when_it_has_one(self, held, office):
        office.email = None
        office.save()
        leave(held, TODAY)
        assert tell() == 0
        office.email = "neu@example.org"
        office.save()

        assert tell(TOMORROW) == 1

        assert [message.recipients() for message in mail.outbox] == [
            ["neu@example.org"]
        ]

    def test_a_mail_that_failed_is_sent_by_the_next_call(
        self, held, settings, monkeypatch
    ):
        leave(held, TODAY)
        with monkeypatch.context() as broken:
            broken.setattr(
                "django.core.mail.EmailMessage.send", raise_os_error, raising=True
            )
            assert tell() == 0

        assert tell() == 1
        assert len(mail.outbox) == 1

    def test_a_day_whose_mail_never_went_out_is_made_up_for_in_one_mail(
        self, napo, held, office
    ):
        leave(held, TODAY)
        note_openings(on=TODAY, at=morning(TODAY))
        gather_digests(on=TODAY, at=morning(TODAY))  # and the worker died
        Designation.objects.create(
            kind=Kind.HAS_TASKS, since=EARLIER, **at(napo.other_village)
        )
        other = AssignmentFactory(at=napo.other_village)
        leave(other, TOMORROW)

        assert tell(TOMORROW) == 1

        (message,) = mail.outbox
        assert held.division.full_name in message.body
        assert other.division.full_name in message.body

    def test_a_refresher_that_was_not_done_is_told_once_after_its_day(
        self, napo, office
    ):
        certificate = CertificateFactory(at=napo.village, issued_on=date(2026, 3, 2))
        decide_refreshers(
            [certificate],
            by=office,
            on=TODAY - timedelta(days=9),
            at=morning(TODAY),
            is_needed=True,
            due_on=TODAY,
            reason="新版办法",
        )
        days = [TODAY + timedelta(days=more) for more in range(4)]

        assert [tell(day) for day in days] == [0, 1, 0, 0]

        (message,) = mail.outbox
        assert "1人" in message.body
        assert "/certificates/due/decided/?state=late" in message.body

    def test_of_two_workers_one_sends_it(self, held):
        leave(held, TODAY)
        note_openings(on=TODAY, at=morning(TODAY))
        gather_digests(on=TODAY, at=morning(TODAY))
        Digest.objects.update(claimed_at=morning(TODAY))

        assert send_digests(on=TODAY, at=morning(TODAY)) == 0
        later = morning(TODAY) + timedelta(minutes=11)
        assert send_digests(on=TODAY, at=later) == 1

    def test_the_database_holds_one_mail_an_office_and_day(self, db):
        Digest.objects.create(office_code="451026", on=TODAY)

        with pytest.raises(IntegrityError), transaction.atomic():
            Digest.objects.create(office_code="451026", on=TODAY)

    def test_the_nightly_task_does_all_of_it_once(self, napo, office):
        leave(AssignmentFactory(at=napo.village), timezone.localdate())

        for _each in range(2):
            tell_of_openings()

        assert len(mail.outbox) == 1


def raise_os_error(*args, **kwargs):
    raise OSError("no route to the mail server")


def test_the_home_page_lists_them_for_the_offices_above(
    client, napo, office, city_officer
):
    held = AssignmentFactory(at=napo.village)
    leave(held, timezone.localdate())
    note_openings(on=timezone.localdate(), at=timezone.now())
    stranger = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)

    shown = {}
    for user in (office, city_officer, stranger):
        client.force_login(user)
        shown[user] = held.person.real_name in client.get("/").content.decode()

    assert shown == {office: True, city_officer: True, stranger: False}
