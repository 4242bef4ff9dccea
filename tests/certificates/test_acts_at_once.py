"""Two officers act on one certificate at the same moment, in threads of their own."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from certificates.domain.reissuing import reissue_certificate
from certificates.domain.revoking import revoke_certificate
from certificates.enums import Reissue
from certificates.models import Certificate, NumberSeries
from core.models import LogEntry
from tests.factories.certificates import CertificateFactory
from tests.racing import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]
TODAY = timezone.localdate()


def read_anew(certificate, by):
    """As in a request of its own."""
    return Certificate.objects.get(pk=certificate.pk), User.objects.get(pk=by.pk)


def reissuing(certificate, by):
    def reissue():
        mine, me = read_anew(certificate, by)
        return reissue_certificate(mine, by=me, on=TODAY, why=Reissue.LOST)

    return reissue


def revoking(certificate, by, reason):
    def revoke():
        mine, me = read_anew(certificate, by)
        return revoke_certificate(mine, by=me, on=TODAY, reason=reason)

    return revoke


@pytest.fixture
def certificate(napo):
    return CertificateFactory(at=napo.village, issued_on=TODAY)


def test_given_anew_by_two_at_once_it_has_one_new_number(
    certificate, county_officer, city_officer
):
    first, second = at_once(
        reissuing(certificate, county_officer), reissuing(certificate, city_officer)
    )

    assert first == second
    assert Certificate.objects.count() == 2
    assert NumberSeries.objects.get().last == 1


def test_revoked_by_two_at_once_it_keeps_one_reason(
    certificate, county_officer, city_officer
):
    at_once(
        revoking(certificate, county_officer, "冒名"),
        revoking(certificate, city_officer, "失信"),
    )

    (entry,) = LogEntry.objects.filter(action="certificate.revoked")
    certificate.refresh_from_db()
    assert certificate.revocation_reason == entry.detail["reason"]


def test_revoked_while_it_is_given_anew_nothing_stays_good(
    certificate, county_officer, city_officer
):
    answers = at_once(
        reissuing(certificate, county_officer),
        revoking(certificate, city_officer, "冒名"),
    )

    # Whoever came second was told, or took the newer one along.
    good = Certificate.objects.valid(TODAY)
    refused = [each for each in answers if isinstance(each, str)]
    assert refused == ["not-in-force"] or not good.exists()
