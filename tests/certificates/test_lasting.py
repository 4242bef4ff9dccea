"""How long certificates are good: who sets it, from when, and what stays on record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from certificates.domain.issuing import issue_certificate
from certificates.domain.lasting import (
    changes_of_validity,
    months_for,
    set_validity,
    table_of_validity,
)
from certificates.errors import NotTheRegion, ReasonForValidityMissing
from certificates.models import Refresher, Validity
from core.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import MarkedAttemptFactory, prepared

pytestmark = pytest.mark.django_db
PAGE = reverse("certificates:validity")
TODAY = date(2026, 3, 2)
WHY = "与培训周期一致"


def test_the_closest_period_holds_and_three_years_if_none_is_set(region_officer):
    assert months_for("village", "gx-2017") == 36

    for level, edition, years in (
        ("", "", 4),
        ("", "gx-2017", 5),
        ("village", "", 2),
        ("village", "gx-2017", 1),
    ):
        set_validity(level, edition, years=years, reason=WHY, by=region_officer)

    assert months_for("village", "gx-2017") == 12
    assert months_for("village", "other") == 24
    assert months_for("city", "gx-2017") == 60
    assert months_for("city", "other") == 48
    set_validity("village", "gx-2017", years=None, reason=WHY, by=region_officer)
    assert months_for("village", "gx-2017") == 24


def test_a_change_says_who_and_why_and_the_same_again_says_nothing(region_officer):
    set_validity("village", "", years=2, reason=WHY, by=region_officer)
    set_validity("village", "", years=2, reason="再说一次", by=region_officer)
    set_validity("village", "", years=None, reason="恢复", by=region_officer)
    set_validity("village", "", years=None, reason="恢复", by=region_officer)

    lifted, made = changes_of_validity()
    assert (made.action, made.by) == ("validity.set", region_officer)
    assert made.detail == {
        "level": "village",
        "edition": "",
        "before": None,
        "after": 24,
        "reason": WHY,
    }
    assert (lifted.detail["before"], lifted.detail["after"]) == (24, None)
    assert not Validity.objects.exists()


def test_what_is_issued_keeps_its_end(napo, region_officer):
    def issued():
        attempt = MarkedAttemptFactory(candidate=prepared(napo.village))
        return issue_certificate(attempt, by=None, on=TODAY)

    before = issued()
    set_validity("village", "", years=5, reason=WHY, by=region_officer)
    after = issued()

    before.refresh_from_db()
    assert (before.expires_on.year, after.expires_on.year) == (2029, 2031)


@pytest.mark.parametrize("person", ["county_officer", "city_officer", "trainer"])
def test_nobody_below_the_region_sets_it(request, client, person):
    user = request.getfixturevalue(person)
    client.force_login(user)

    with pytest.raises(NotTheRegion):
        set_validity("", "", years=9, reason=WHY, by=user)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"years": 9, "reason": WHY}).status_code == 403
    assert not Validity.objects.exists()


def test_an_administrator_of_a_county_does_not_set_it(napo):
    user = UserFactory(role=Role.ADMINISTRATOR, at=napo.county)

    with pytest.raises(NotTheRegion):
        set_validity("", "", years=9, reason=WHY, by=user)


def test_no_reason_no_change(region_officer):
    with pytest.raises(ReasonForValidityMissing):
        set_validity("", "", years=9, reason="  ", by=region_officer)

    assert not LogEntry.objects.exists()


def test_the_page_sets_a_period_and_says_who_did(client, region_officer):
    client.force_login(region_officer)
    told = {"post_level": "village", "edition_code": "", "years": "2", "reason": WHY}

    response = client.post(PAGE, told, follow=True)

    page = response.content.decode()
    assert Validity.objects.get().months == 24
    for words in ("本平台自定", "<strong>2 年</strong>", WHY, region_officer.real_name):
        assert words in page


@pytest.mark.parametrize(
    "wrong",
    [{"years": "0"}, {"years": "11"}, {"reason": ""}, {"post_level": "hamlet"}],
)
def test_what_is_wrong_is_said_and_changes_nothing(client, administrator, wrong):
    client.force_login(administrator)
    told = {"post_level": "", "edition_code": "", "years": "2", "reason": WHY} | wrong

    response = client.post(PAGE, told)

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not Validity.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_often_it_was_changed(
    client, region_officer, count, django_assert_num_queries
):
    for years in range(1, count + 1):
        set_validity("", "", years=years, reason=WHY, by=region_officer)
    client.force_login(region_officer)
    client.get(PAGE)

    with django_assert_num_queries(5):
        client.get(PAGE)


def test_the_table_says_what_holds_for_each(region_officer):
    set_validity("village", "", years=2, reason=WHY, by=region_officer)

    rows = dict(table_of_validity())

    assert [cell.is_set for cell in rows["village"]][:2] == [True, False]
    assert {cell.months for cell in rows["village"]} == {24}
    assert {cell.months for cell in rows["city"]} == {36}


def renewed_after_a_call(napo, officer, *, on, months=36):
    """The certificate held from TODAY on, and the one of a refresher passed ``on``,
    when certificates are good for ``months``."""
    person = prepared(napo.village)
    first = MarkedAttemptFactory(candidate=person, on=TODAY)
    held = issue_certificate(first, by=None, on=TODAY)
    Refresher.objects.create(
        certificate=held,
        edition_code="gx-2018",
        is_needed=True,
        due_on=on + timedelta(days=30),
        reason="新版办法",
        decided_on=TODAY + timedelta(days=1),
        decided_by=officer,
    )
    Validity.objects.create(months=months)
    again = MarkedAttemptFactory(candidate=person, on=on)
    return held, issue_certificate(again, by=None, on=on)


def test_a_refresher_long_before_the_end_begins_the_period_anew(napo, county_officer):
    _held, newer = renewed_after_a_call(napo, county_officer, on=date(2026, 6, 10))

    assert newer.expires_on == date(2029, 6, 10)


@pytest.mark.parametrize(
    ("days_before", "until"), [(91, date(2031, 12, 1)), (90, date(2032, 3, 2))]
)
def test_only_near_the_end_a_renewal_goes_on_from_it(
    napo, county_officer, days_before, until
):
    on = date(2029, 3, 2) - timedelta(days=days_before)

    _held, newer = renewed_after_a_call(napo, county_officer, on=on)

    assert newer.expires_on == until


def test_a_refresher_never_ends_earlier_than_what_it_renews(napo, county_officer):
    on = date(2026, 6, 10)

    held, newer = renewed_after_a_call(napo, county_officer, on=on, months=12)

    assert newer.expires_on == held.expires_on == date(2029, 3, 2)
