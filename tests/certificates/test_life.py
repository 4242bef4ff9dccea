from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from certificates.domain import reminding
from certificates.domain.issuing import issue_certificate
from certificates.domain.reissuing import reissue_certificate
from certificates.domain.reminding import (
    mail_reminders,
    remind_holders,
    reminders_for,
    see_reminders,
)
from certificates.domain.revoking import revoke_certificate
from certificates.domain.suspending import lift_suspension, suspend_certificate
from certificates.domain.verifying import verified_certificate
from certificates.enums import Reissue, State
from certificates.errors import (
    NothingToCorrect,
    NotInForce,
    NotYourCertificate,
    ReasonMissing,
)
from certificates.models import Certificate, Reminder, Suspension, Validity
from certificates.trust.revocations import revoked_numbers
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    prepared,
)

ISSUED = date(2026, 3, 2)
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
NOW = timezone.make_aware(datetime(2026, 6, 1, 6, 10))


@pytest.fixture
def certificate(informant):
    return CertificateFactory(
        holder=informant, issued_on=ISSUED, masked_id_number=informant.masked_id_number
    )


def is_valid(certificate, on):
    return Certificate.objects.valid(on).filter(pk=certificate.pk).exists()


class TestSuspension:
    def test_a_suspended_certificate_does_not_count_until_it_is_lifted(
        self, certificate, county_officer
    ):
        suspend_certificate(certificate, by=county_officer, on=JUNE, reason="核查中")
        lift_suspension(certificate, by=county_officer, on=JULY, reason="查无问题")

        before = JUNE - timedelta(days=1)
        assert [is_valid(certificate, day) for day in (before, JUNE, JULY)] == [
            True,
            False,
            True,
        ]
        assert certificate.state(JUNE) == State.SUSPENDED
        assert certificate.state(JULY) == State.VALID
        assert revoked_numbers(JUNE) == [certificate.number]
        assert revoked_numbers(JULY) == []

    def test_suspending_twice_is_once(self, certificate, county_officer):
        first = suspend_certificate(
            certificate, by=county_officer, on=JUNE, reason="核查中"
        )
        again = suspend_certificate(
            certificate, by=county_officer, on=JULY, reason="另一原因"
        )

        assert again == first
        assert Suspension.objects.count() == 1

    @pytest.mark.parametrize(
        ("who", "reason", "refusal"),
        [
            ("township_officer", "核查中", NotYourCertificate),
            ("informant", "核查中", NotYourCertificate),
            ("county_officer", " ", ReasonMissing),
        ],
    )
    def test_others_and_no_reason_are_refused(
        self, certificate, who, reason, refusal, request
    ):
        by = request.getfixturevalue(who)

        with pytest.raises(refusal):
            suspend_certificate(certificate, by=by, on=JUNE, reason=reason)
        assert not Suspension.objects.exists()


class TestReissue:
    def test_a_changed_name_brings_a_new_number_and_both_resolve(
        self, certificate, county_officer
    ):
        certificate.holder.real_name = "黄美丽"
        certificate.holder.save()

        newer = reissue_certificate(
            certificate, by=county_officer, on=JUNE, why=Reissue.CORRECTION
        )
        again = reissue_certificate(
            certificate, by=county_officer, on=JULY, why=Reissue.CORRECTION
        )
        certificate.refresh_from_db()

        assert again == newer
        assert newer.holder_name == "黄美丽"
        assert (newer.expires_on, newer.issued_on) == (certificate.expires_on, JUNE)
        assert newer.number != certificate.number
        assert certificate.state(JUNE) == State.SUPERSEDED
        assert newer.state(JUNE) == State.VALID
        for each in (certificate, newer):
            found = verified_certificate(each.number, each.verification_code)
            assert found == each
        assert revoked_numbers(JUNE) == [certificate.number]

    def test_without_a_change_there_is_nothing_to_correct(
        self, certificate, county_officer
    ):
        certificate.holder_name = certificate.holder.real_name
        certificate.save()

        with pytest.raises(NothingToCorrect):
            reissue_certificate(
                certificate, by=county_officer, on=JUNE, why=Reissue.CORRECTION
            )
        assert Certificate.objects.count() == 1

    def test_a_lost_paper_is_replaced_by_one_with_a_new_number(
        self, certificate, county_officer
    ):
        newer = reissue_certificate(
            certificate, by=county_officer, on=JUNE, why=Reissue.LOST
        )

        assert newer.holder_name == certificate.holder_name
        assert newer.supersedes == certificate

    def test_a_revoked_one_is_not_given_anew(self, certificate, county_officer):
        revoke_certificate(certificate, by=county_officer, on=JUNE, reason="作弊")

        with pytest.raises(NotInForce):
            reissue_certificate(
                certificate, by=county_officer, on=JUNE, why=Reissue.LOST
            )


class TestValidity:
    @pytest.mark.parametrize(
        ("rows", "until"),
        [
            ([], date(2029, 3, 2)),
            ([("", "", 24)], date(2028, 3, 2)),
            ([("", "", 24), ("", "gx-2017", 12)], date(2027, 3, 2)),
            ([("", "gx-2017", 12), ("village", "", 48)], date(2030, 3, 2)),
            ([("county", "", 12)], date(2029, 3, 2)),
        ],
    )
    def test_the_period_follows_level_and_edition(self, napo, rows, until):
        for level, edition, months in rows:
            Validity.objects.create(
                post_level=level, edition_code=edition, months=months
            )
        attempt = MarkedAttemptFactory(candidate=prepared(napo.village))

        assert issue_certificate(attempt, by=None, on=ISSUED).expires_on == until

    def test_early_renewal_goes_on_from_the_end_of_the_old_one(self, napo):
        attempt = MarkedAttemptFactory(candidate=prepared(napo.village))
        first = issue_certificate(attempt, by=None, on=ISSUED)
        day = first.expires_on - timedelta(days=30)
        again = MarkedAttemptFactory(candidate=attempt.candidate, on=day)

        second = issue_certificate(again, by=None, on=day)

        assert second.expires_on == date(2032, 3, 2)


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "kinds"),
        [
            (91, []),
            (90, ["expires-90"]),
            (31, ["expires-90"]),
            (30, ["expires-30"]),
            (7, ["expires-7"]),
            (1, ["expires-7"]),
            (0, []),
        ],
    )
    def test_a_holder_is_reminded_in_time(self, certificate, days, kinds):
        on = certificate.expires_on - timedelta(days=days)

        remind_holders(on=on, at=NOW)
        assert remind_holders(on=on, at=NOW) == 0

        assert list(Reminder.objects.values_list("kind", flat=True)) == kinds

    def test_whoever_has_renewed_is_left_alone(self, certificate, informant):
        CertificateFactory(holder=informant, issued_on=date(2029, 1, 5))

        assert remind_holders(on=date(2029, 2, 1), at=NOW) == 0

    def test_a_reminder_is_mailed_once_to_who_has_an_address(self, napo):
        UserFactory(at=napo.village)
        with_address = UserFactory(at=napo.village, email="a@example.org")
        for holder in (UserFactory(at=napo.village), with_address):
            CertificateFactory(holder=holder, issued_on=ISSUED)
        remind_holders(on=date(2029, 2, 1), at=NOW)

        assert mail_reminders(at=NOW) == 1
        assert mail_reminders(at=NOW) == 0
        assert [message.to for message in mail.outbox] == [["a@example.org"]]
        assert "2029" in mail.outbox[0].body

    def test_two_workers_mail_a_reminder_once(self, napo, monkeypatch):
        holder = UserFactory(at=napo.village, email="a@example.org")
        CertificateFactory(holder=holder, issued_on=ISSUED)
        remind_holders(on=date(2029, 2, 1), at=NOW)
        send = reminding.mail

        def send_while_another_worker_comes(reminder):
            monkeypatch.setattr(reminding, "mail", send)
            assert mail_reminders(at=NOW + timedelta(minutes=1)) == 0
            send(reminder)

        monkeypatch.setattr(reminding, "mail", send_while_another_worker_comes)

        assert mail_reminders(at=NOW) == 1
        assert len(mail.outbox) == 1

    def test_a_mail_that_failed_or_a_worker_that_died_is_made_up_for(
        self, napo, monkeypatch
    ):
        holder = UserFactory(at=napo.village, email="a@example.org")
        CertificateFactory(holder=holder, issued_on=ISSUED)
        remind_holders(on=date(2029, 2, 1), at=NOW)
        send = reminding.mail

        def fail(reminder):
            raise OSError

        monkeypatch.setattr(reminding, "mail", fail)
        assert mail_reminders(at=NOW) == 0
        monkeypatch.setattr(reminding, "mail", send)
        Reminder.objects.update(claimed_at=NOW)  # and dies
        assert mail_reminders(at=NOW + timedelta(minutes=5)) == 0

        assert mail_reminders(at=NOW + timedelta(minutes=11)) == 1

    def test_one_given_anew_reminds_no_second_time(
        self, certificate, informant, county_officer
    ):
        on = certificate.expires_on - timedelta(days=80)
        remind_holders(on=on, at=NOW)

        newer = reissue_certificate(
            certificate, by=county_officer, on=on, why=Reissue.LOST
        )

        assert remind_holders(on=on, at=NOW) == 0
        (reminder,) = reminders_for(informant, on=on)
        assert reminder.kind == "expires-90"
        near = newer.expires_on - timedelta(days=30)
        assert remind_holders(on=near, at=NOW) == 1

    def test_the_home_page_shows_it_until_it_is_read(self, client, informant):
        today = timezone.localdate()
        CertificateFactory(holder=informant, expires_on=today + timedelta(days=20))
        remind_holders(on=today, at=timezone.now())
        client.force_login(informant)

        before = client.get("/").content.decode()
        client.post(reverse("certificates:seen"))

        assert before.count("message--warning") == 1
        assert "message--warning" not in client.get("/").content.decode()
        assert see_reminders(informant, at=NOW) == 0


class TestPages:
    @pytest.mark.parametrize(
        ("name", "given", "state"),
        [
            ("suspend", {"reason": "核查中"}, State.SUSPENDED),
            ("reissue", {"why": "lost"}, State.SUPERSEDED),
            ("revoke", {"reason": "作弊"}, State.REVOKED),
        ],
    )
    def test_an_office_acts_and_a_stranger_reads_the_state(
        self, client, certificate, county_officer, name, given, state
    ):
        client.force_login(county_officer)
        address = reverse(f"certificates:{name}", args=[certificate.number])

        assert client.get(address).status_code == 200
        client.post(address, given)

        certificate = Certificate.objects.get(pk=certificate.pk)
        assert certificate.state(timezone.localdate()) == state
        assert client.get(certificate.get_absolute_url()).status_code == 200
        answer = reverse(
            "verify:answer", args=[certificate.number, certificate.verification_code]
        )
        assert client.get(answer).status_code == 200

    def test_a_holder_may_not_act_for_the_office(self, client, certificate, informant):
        client.force_login(informant)

        for name in ("suspend", "lift", "reissue", "answer"):
            address = reverse(f"certificates:{name}", args=[certificate.number])
            assert client.get(address).status_code == 403
