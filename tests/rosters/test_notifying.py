"""The offices are told of seats that opened: each once, by one mail a day at most."""

from datetime import date, timedelta

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
from rosters.domain.notifying import gather_digests, send_digests
from rosters.domain.noting import note_openings
from rosters.models import Digest, Opening
from rosters.tasks import tell_of_openings
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.rosters import AssignmentFactory

from .openings import EARLIER, TODAY, TOMORROW, leave, morning

pytestmark = pytest.mark.usefixtures("office")


def tell(on=TODAY):
    note_openings(on=on, at=morning(on))
    gather_digests(on=on, at=morning(on))
    return send_digests(on=on, at=morning(on))


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

    def test_a_seat_that_counts_again_is_in_no_mail(self, held, office):
        suspend_certificate(held.certificate, by=office, on=TODAY, reason="核查")
        note_openings(on=TODAY, at=morning(TODAY))
        gather_digests(on=TODAY, at=morning(TODAY))  # and the mail failed
        lift_suspension(held.certificate, by=office, on=TODAY, reason="无误")

        tell()
        tell(TOMORROW)

        assert mail.outbox == []

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


def test_the_home_page_says_since_when_a_seat_is_open_no_more(client, napo, office):
    held, still = (AssignmentFactory(at=place) for place in (napo.village, napo.county))
    today = timezone.localdate()
    leave(held, today)
    leave(still, today)
    note_openings(on=today, at=timezone.now())
    Opening.objects.filter(assignment=held).update(closed_on=date(2026, 6, 3))
    client.force_login(office)

    page = client.get("/").content.decode()

    assert page.count("不再空缺") == 1
    assert "2026年6月3日起不再空缺" in page
    assert page.index(still.person.real_name) < page.index(held.person.real_name)
