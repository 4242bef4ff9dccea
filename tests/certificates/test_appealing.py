"""An appeal against a revocation goes to the office above, and to no other."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Grant, User
from certificates.domain.appealing import answer_appeal, make_appeal
from certificates.domain.hearing import appeals_heard_by
from certificates.domain.revoking import revoke_certificate
from certificates.errors import (
    HeardElsewhere,
    NoAppeal,
    NotRevoked,
    NotYourCertificate,
    OwnRevocation,
)
from certificates.models import Certificate, Suspension
from core.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory

ISSUED = date(2026, 3, 2)
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
OFFICES = {
    "township": (Role.TOWNSHIP_OFFICE, "township"),
    "county": (Role.COUNTY_OFFICE, "county"),
    "city": (Role.CITY_OFFICE, "city"),
    "region": (Role.REGION_OFFICE, "region"),
    "other county": (Role.COUNTY_OFFICE, "other_county"),
    "administrator": (Role.ADMINISTRATOR, "region"),
}


@pytest.fixture
def officer(napo):
    """Somebody else at every call."""

    def officer(office):
        role, place = OFFICES[office]
        return UserFactory(role=role, at=getattr(napo, place))

    return officer


@pytest.fixture
def certificate(informant):
    return CertificateFactory(holder=informant, issued_on=ISSUED)


@pytest.fixture
def appealed(certificate, informant, officer):
    """The certificate, revoked by somebody of that office and appealed for."""

    def appealed(office):
        by = officer(office)
        revoke_certificate(certificate, by=by, on=JUNE, reason="作弊")
        make_appeal(certificate, by=informant, on=JUNE, words="并无此事")
        return by

    return appealed


def is_valid(certificate, on):
    return Certificate.objects.valid(on).filter(pk=certificate.pk).exists()


def grant(certificate, by):
    return answer_appeal(certificate, by=by, on=JULY, granted=True, answer="予以恢复")


@pytest.mark.parametrize(
    ("revoked_by", "heard_by", "office"),
    [
        ("county", "city", "百色市扶贫开发领导小组办公室"),
        ("city", "region", "广西壮族自治区扶贫开发领导小组办公室"),
        ("region", "region", "广西壮族自治区扶贫开发领导小组办公室"),
    ],
)
def test_the_office_above_answers_and_gives_it_back_for_the_days_to_come(
    certificate, appealed, officer, revoked_by, heard_by, office
):
    revoker = appealed(revoked_by)

    answered = grant(certificate, officer(heard_by))

    assert [is_valid(certificate, day) for day in (JUNE, JULY)] == [False, True]
    assert answered.answering_office == office
    assert answered.is_same_office == (revoked_by == heard_by)
    assert Suspension.objects.get().suspended_by == revoker
    logged = LogEntry.objects.get(action="appeal.answered").detail
    assert (logged["office"], logged["same_office"]) == (
        office,
        revoked_by == heard_by,
    )


@pytest.mark.parametrize(
    ("revoked_by", "asked", "refusal"),
    [
        ("county", "county", HeardElsewhere),
        ("county", "region", HeardElsewhere),
        ("county", "township", NotYourCertificate),
        ("county", "other county", NotYourCertificate),
        ("county", "administrator", NotYourCertificate),
        ("city", "county", HeardElsewhere),
        ("city", "city", HeardElsewhere),
        ("region", "city", HeardElsewhere),
    ],
)
def test_any_other_office_is_refused_and_nothing_is_written(
    certificate, appealed, officer, revoked_by, asked, refusal
):
    appealed(revoked_by)

    with pytest.raises(refusal):
        grant(certificate, officer(asked))

    assert certificate.appeals.get().answered_on is None
    assert not is_valid(certificate, JULY)


def test_the_refusal_names_the_office_that_answers(certificate, appealed, officer):
    appealed("county")

    with pytest.raises(HeardElsewhere, match="百色市扶贫开发领导小组办公室"):
        grant(certificate, officer("county"))


@pytest.mark.parametrize("office", ["county", "city", "region"])
def test_whoever_revoked_it_does_not_answer(certificate, appealed, office):
    by = appealed(office)

    with pytest.raises(OwnRevocation if office == "region" else HeardElsewhere):
        grant(certificate, by)

    assert not is_valid(certificate, JULY)


def test_whoever_revoked_and_moved_up_since_does_not_answer(
    napo, certificate, appealed
):
    by = appealed("county")
    Grant.objects.create(
        user=by,
        role=Role.CITY_OFFICE,
        since=JUNE + timedelta(days=1),
        division=napo.city,
        division_code=napo.city.code,
    )

    with pytest.raises(OwnRevocation):
        grant(certificate, User.objects.get(pk=by.pk))


def test_an_old_revocation_is_answered_above_the_office_that_issues(
    certificate, appealed, officer
):
    appealed("county")
    Certificate.objects.update(revoked_by=None)

    with pytest.raises(HeardElsewhere):
        grant(certificate, officer("county"))
    grant(certificate, officer("city"))

    assert is_valid(certificate, JULY)


def test_a_revoker_who_left_the_office_the_same_day_counts_as_of_that_office(
    certificate, appealed, officer
):
    by = appealed("city")
    by.grants.update(since=ISSUED, until=JUNE)

    with pytest.raises(HeardElsewhere):
        grant(certificate, officer("city"))
    grant(certificate, officer("region"))

    assert is_valid(certificate, JULY)


def test_nobody_answers_their_own_appeal(napo, certificate, appealed):
    appealed("county")
    holder = certificate.holder
    Grant.objects.create(
        user=holder,
        role=Role.CITY_OFFICE,
        since=ISSUED,
        division=napo.city,
        division_code=napo.city.code,
    )

    with pytest.raises(NotYourCertificate):
        grant(certificate, User.objects.get(pk=holder.pk))


def test_a_dismissed_appeal_changes_nothing(certificate, appealed, city_officer):
    appealed("county")

    answer_appeal(
        certificate, by=city_officer, on=JULY, granted=False, answer="维持撤销"
    )

    assert not is_valid(certificate, JULY)
    with pytest.raises(NoAppeal):
        grant(certificate, city_officer)


def test_only_the_holder_of_a_revoked_one_appeals(
    certificate, informant, county_officer
):
    with pytest.raises(NotRevoked):
        make_appeal(certificate, by=informant, on=JUNE, words="并无此事")
    revoke_certificate(certificate, by=county_officer, on=JUNE, reason="作弊")
    with pytest.raises(NotRevoked):
        make_appeal(certificate, by=county_officer, on=JUNE, words="并无此事")


class TestQueue:
    @pytest.mark.parametrize(
        ("revoked_by", "listed_for"),
        [("county", ["city"]), ("city", ["region"]), ("region", ["region"])],
    )
    def test_an_appeal_waits_with_those_who_may_answer_it(
        self, appealed, officer, revoked_by, listed_for
    ):
        by = appealed(revoked_by)

        found = [name for name in OFFICES if appeals_heard_by(officer(name))]

        assert found == listed_for
        assert appeals_heard_by(by) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_costs_the_same_whatever_its_length(
        self, client, napo, city_officer, count, django_assert_num_queries
    ):
        revoker = UserFactory(role=Role.COUNTY_OFFICE, at=napo.county)
        for _each in range(count):
            certificate = CertificateFactory(at=napo.village)
            revoke_certificate(
                certificate, by=revoker, on=timezone.localdate(), reason="作弊"
            )
            make_appeal(
                certificate,
                by=certificate.holder,
                on=timezone.localdate(),
                words="并无此事",
            )
        client.force_login(city_officer)

        with django_assert_num_queries(4):  # user, grants, appeals, revokers'
            page = client.get(reverse("certificates:appeals")).content.decode()

        assert page.count("并无此事") == count

    def test_an_informant_has_no_such_list(self, client, informant):
        client.force_login(informant)

        assert client.get(reverse("certificates:appeals")).status_code == 403


class TestPages:
    def test_an_office_that_does_not_hear_it_is_told_who_does(
        self, client, certificate, appealed, county_officer
    ):
        appealed("county")
        client.force_login(county_officer)
        address = reverse("certificates:answer", args=[certificate.number])

        for ask in (client.get, client.post):
            told = ask(address, {"granted": "yes", "answer": "恢复"}, follow=True)
            assert "百色市扶贫开发领导小组办公室" in told.content.decode()

        assert certificate.appeals.get().answered_on is None

    def test_the_office_above_answers_on_the_page(
        self, client, certificate, appealed, city_officer
    ):
        appealed("county")
        client.force_login(city_officer)
        address = reverse("certificates:answer", args=[certificate.number])
        shown = client.get(certificate.get_absolute_url()).content.decode()

        client.post(address, {"granted": "yes", "answer": "查无此事"})

        assert address in shown
        assert is_valid(certificate, timezone.localdate())
        after = client.get(certificate.get_absolute_url()).content.decode()
        assert "百色市扶贫开发领导小组办公室" in after
