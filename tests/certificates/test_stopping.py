"""What an office stops, a new exam or an older certificate does not pass by."""

from datetime import date

import pytest
from django.urls import reverse

from certificates.domain.appealing import answer_appeal, make_appeal
from certificates.domain.issuing import issue_certificate, issue_earned
from certificates.domain.revoking import revoke_certificate
from certificates.domain.suspending import lift_suspension, suspend_certificate
from certificates.enums import State
from certificates.errors import NotEarned
from certificates.models import Certificate
from core.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    prepared,
)

ISSUED, PASSED_AGAIN = date(2026, 3, 2), date(2029, 1, 10)
BEFORE, LIFTED = date(2028, 12, 1), date(2029, 1, 20)
AFTER_THE_END = date(2029, 3, 10)


@pytest.fixture
def held(napo):
    """Good from ISSUED on for three years."""
    person = prepared(napo.village)
    attempt = MarkedAttemptFactory(candidate=person, on=ISSUED)
    return issue_certificate(attempt, by=None, on=ISSUED)


def pass_again(person, on=PASSED_AGAIN):
    return MarkedAttemptFactory(candidate=person, on=on)


def renewed(held):
    return issue_certificate(pass_again(held.holder), by=None, on=PASSED_AGAIN)


def states(*certificates, on):
    found = Certificate.objects.in_bulk([each.pk for each in certificates])
    return [found[each.pk].state(on) for each in certificates]


class TestSuspended:
    @pytest.mark.parametrize("day", [PASSED_AGAIN, AFTER_THE_END])
    def test_nothing_is_issued_while_a_suspension_stands(
        self, held, county_officer, day
    ):
        suspend_certificate(held, by=county_officer, on=BEFORE, reason="核查中")
        attempt = pass_again(held.holder, on=day)

        with pytest.raises(NotEarned) as refusal:
            issue_certificate(attempt, by=None, on=day)

        assert [each.code for each in refusal.value.missing] == ["still-suspended"]
        assert held.spaced_number in str(refusal.value)
        assert issue_earned(by=None) == []
        assert Certificate.objects.get() == held

    def test_a_suspension_stops_what_was_passed_before_it(self, held, county_officer):
        attempt = pass_again(held.holder)
        suspend_certificate(held, by=county_officer, on=LIFTED, reason="核查中")

        with pytest.raises(NotEarned):
            issue_certificate(attempt, by=None, on=PASSED_AGAIN)

    def test_lifted_it_is_issued_from_that_day(self, held, county_officer):
        suspend_certificate(held, by=county_officer, on=BEFORE, reason="核查中")
        pass_again(held.holder)
        lift_suspension(held, by=county_officer, on=LIFTED, reason="查无问题")

        (newer,) = issue_earned(by=None)

        assert (newer.passed_on, newer.issued_on) == (PASSED_AGAIN, LIFTED)

    def test_another_one_that_is_valid_goes_with_it_and_comes_back(
        self, held, county_officer
    ):
        newer, later = renewed(held), date(2029, 2, 1)
        suspend_certificate(newer, by=county_officer, on=LIFTED, reason="核查中")

        assert states(held, newer, on=LIFTED) == [State.SUSPENDED, State.SUSPENDED]

        lift_suspension(held, by=county_officer, on=later, reason="查无问题")

        assert states(held, newer, on=later) == [State.VALID, State.VALID]

    def test_a_revocation_ends_the_suspension_before_it(self, held, county_officer):
        suspend_certificate(held, by=county_officer, on=BEFORE, reason="核查中")
        revoke_certificate(held, by=county_officer, on=BEFORE, reason="作弊")

        assert renewed(held).state(PASSED_AGAIN) == State.VALID

    def test_the_office_can_lift_it_after_the_end(self, client, napo, county_officer):
        held = CertificateFactory(at=napo.village, issued_on=date(2020, 3, 2))
        suspend_certificate(held, by=county_officer, on=date(2023, 1, 2), reason="查")
        client.force_login(county_officer)
        lift = reverse("certificates:lift", args=[held.number])

        assert lift in client.get(held.get_absolute_url()).content.decode()


class TestRevoked:
    def test_every_other_one_that_is_good_goes_with_it(self, held, county_officer):
        newer = renewed(held)

        revoke_certificate(newer, by=county_officer, on=LIFTED, reason="作弊")
        revoke_certificate(newer, by=county_officer, on=AFTER_THE_END, reason="再次")

        assert states(held, newer, on=LIFTED) == [State.REVOKED, State.REVOKED]
        logged = LogEntry.objects.filter(action="certificate.revoked")
        assert logged.count() == 2

    def test_one_that_ran_out_stays_as_it_was(self, held, county_officer):
        newer = renewed(held)

        revoke_certificate(newer, by=county_officer, on=AFTER_THE_END, reason="作弊")

        assert states(held, newer, on=AFTER_THE_END) == [State.EXPIRED, State.REVOKED]

    def test_nobody_elses_is_touched(self, napo, held, county_officer):
        other = MarkedAttemptFactory(candidate=prepared(napo.village), on=ISSUED)
        theirs = issue_certificate(other, by=None, on=ISSUED)

        revoke_certificate(held, by=county_officer, on=BEFORE, reason="作弊")

        assert states(held, theirs, on=BEFORE) == [State.REVOKED, State.VALID]

    def test_an_appeal_gives_back_all_that_went_together(
        self, napo, held, county_officer
    ):
        city_officer = UserFactory(role="city_office", at=napo.city)
        newer, later = renewed(held), date(2029, 2, 1)
        revoke_certificate(newer, by=county_officer, on=LIFTED, reason="作弊")
        for each in (held, newer):
            make_appeal(each, by=held.holder, on=LIFTED, words="没有作弊")

        answer_appeal(newer, by=city_officer, on=later, granted=True, answer="属实")

        assert states(held, newer, on=later) == [State.VALID, State.VALID]
        assert states(held, newer, on=LIFTED) == [State.SUSPENDED, State.SUSPENDED]
        (appeal,) = held.appeals.all()
        assert (appeal.granted, appeal.answered_by) == (True, city_officer)
