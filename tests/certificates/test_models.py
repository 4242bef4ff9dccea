from datetime import date

import pytest
from django.db import IntegrityError, transaction

from certificates.domain.revoking import revoke_certificate
from certificates.enums import State
from certificates.errors import AlreadyExpired, NotYourCertificate, ReasonMissing
from certificates.models import Certificate
from core.models import LogEntry
from tests.factories.certificates import CertificateFactory

ISSUED, EXPIRES = date(2026, 3, 2), date(2029, 3, 2)


@pytest.fixture
def certificate(napo):
    return CertificateFactory(at=napo.village, issued_on=ISSUED)


@pytest.mark.parametrize(
    ("on", "valid"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2029, 3, 1), True),
        (date(2029, 3, 2), False),
    ],
)
def test_valid_from_the_day_of_issue_to_the_day_before_expiry(certificate, on, valid):
    assert Certificate.objects.valid(on).exists() is valid


def test_valid_looks_back_at_how_things_stood(certificate, county_officer):
    revoke_certificate(
        certificate, by=county_officer, on=date(2026, 5, 1), reason="作弊"
    )

    assert Certificate.objects.valid(date(2026, 4, 30)).exists()
    assert not Certificate.objects.valid(date(2026, 5, 1)).exists()


def test_expiring_leaves_out_what_lasts_longer(certificate):
    on = date(2028, 12, 31)

    assert not Certificate.objects.expiring(before=EXPIRES, on=on).exists()
    assert Certificate.objects.expiring(before=date(2029, 3, 3), on=on).exists()


def test_states_follow_from_the_dates(certificate):
    assert certificate.state(date(2029, 3, 1)) == State.VALID
    assert certificate.state(date(2029, 3, 2)) == State.EXPIRED
    certificate.revoked_on = date(2026, 5, 1)
    assert certificate.state(date(2026, 5, 1)) == State.REVOKED


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_on": ISSUED},
        {"revoked_on": date(2026, 3, 1), "revocation_reason": "x"},
        {"revoked_on": date(2026, 3, 3)},
        {"revocation_reason": "x"},
    ],
)
def test_the_database_keeps_dates_and_reasons_together(certificate, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(**wrong)


def test_a_name_is_masked_but_for_its_first_character(certificate):
    certificate.holder_name = "阿卜杜热合曼·买买提"

    assert certificate.masked_name == "阿*********"


def test_revoking_twice_keeps_the_first_reason(certificate, county_officer):
    on = date(2026, 5, 1)
    revoke_certificate(certificate, by=county_officer, on=on, reason="作弊")
    again = revoke_certificate(certificate, by=county_officer, on=on, reason="其他")

    assert again.revocation_reason == "作弊"
    assert LogEntry.objects.filter(action="certificate.revoked").count() == 1


@pytest.mark.parametrize(
    ("who", "on", "reason", "refusal"),
    [
        ("county_officer", date(2026, 5, 1), " ", ReasonMissing),
        ("county_officer", EXPIRES, "作弊", AlreadyExpired),
        ("township_officer", date(2026, 5, 1), "作弊", NotYourCertificate),
        ("trainer", date(2026, 5, 1), "作弊", NotYourCertificate),
    ],
)
def test_a_revocation_is_refused_and_nothing_written(
    certificate, who, on, reason, refusal, request
):
    with pytest.raises(refusal):
        revoke_certificate(
            certificate, by=request.getfixturevalue(who), on=on, reason=reason
        )

    certificate.refresh_from_db()
    assert certificate.revoked_on is None


def test_nobody_revokes_their_own(county_officer):
    own = CertificateFactory(holder=county_officer, issued_on=ISSUED)

    with pytest.raises(NotYourCertificate):
        revoke_certificate(own, by=county_officer, on=date(2026, 5, 1), reason="作弊")
