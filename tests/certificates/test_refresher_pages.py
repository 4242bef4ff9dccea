"""Due for a refresher, and what was decided, as the offices see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from certificates.domain.refreshing import decide_refreshers
from certificates.models import Refresher
from tests.certificates.refreshers import ISSUED, NOT_NEEDED, VILLAGE, examined_on
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
)


@pytest.fixture
def certificate(informant):
    return CertificateFactory(holder=informant, issued_on=ISSUED)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, napo, county_officer, count, django_assert_num_queries
):
    for _each in range(count):
        examined_on(VILLAGE, at=napo.village)
    client.force_login(county_officer)

    # user, grants; count, certificates, suspensions; papers, citations
    with django_assert_num_queries(7):
        page = client.get(reverse("certificates:due")).content.decode()

    assert page.count('name="certificates"') == count
    assert page.count("/measures/#village-core") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_decisions_cost_the_same_whatever_their_number(
    client, napo, county_officer, count, django_assert_num_queries
):
    today = timezone.localdate()
    certificates = [CertificateFactory(at=napo.village) for _ in range(count)]
    decide_refreshers(
        certificates,
        by=county_officer,
        on=today,
        at=timezone.now(),
        is_needed=True,
        due_on=today + timedelta(days=9),
        reason="新版办法",
    )
    client.force_login(county_officer)

    with django_assert_num_queries(4):  # user, grants, count, decisions
        page = client.get(reverse("certificates:decided")).content.decode()

    assert page.count("新版办法") == count


def test_an_office_decides_for_those_ticked(client, certificate, county_officer):
    client.force_login(county_officer)
    address = reverse("certificates:due")
    given = {"certificates": [certificate.pk], **NOT_NEEDED}
    client.post(address, given)

    kept = certificate.refreshers.get()
    assert (kept.is_needed, kept.reason) == (False, "已培训")


def test_an_office_decides_for_all_that_are_listed(client, napo, county_officer):
    for place in (napo.village, napo.other_village, napo.other_county):
        CertificateFactory(at=place)
    client.force_login(county_officer)
    day = timezone.localdate() + timedelta(days=30)
    given = {
        "all_listed": "on",
        "is_needed": "yes",
        "reason": "新版",
        "due_on": day,
    }
    client.post(reverse("certificates:due"), given)

    assert Refresher.objects.count() == 2
    assert set(Refresher.objects.values_list("due_on", flat=True)) == {day}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"is_needed": "yes", "reason": "新版"}, "due_on"),
        ({"is_needed": "no", "reason": ""}, "reason"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    client, certificate, county_officer, given, field
):
    client.force_login(county_officer)
    given |= {"certificates": [certificate.pk]}
    answer = client.post(reverse("certificates:due"), given)

    assert list(answer.context["form"].errors) == [field]
    assert not Refresher.objects.exists()


def test_who_was_ticked_stays_ticked_while_something_is_wrong(
    client, napo, certificate, county_officer
):
    examined_on(VILLAGE, at=napo.village)
    client.force_login(county_officer)

    unreasoned = {"certificates": [certificate.pk], **NOT_NEEDED, "reason": ""}
    page = client.post(reverse("certificates:due"), unreasoned).content.decode()

    assert page.count('name="certificates"') == 2
    assert page.count(f'name="certificates" value="{certificate.pk}" checked') == 1
    assert page.count(" checked") == 2  # and what is decided


def test_a_clause_is_chosen_by_its_words(client, certificate, county_officer):
    client.force_login(county_officer)

    options = client.get(reverse("certificates:due")).context["clauses"]

    words = dict(options)
    assert words["village-core"].startswith("2018年起，住房、医疗")
    assert len(words["hh-source-2017"]) == 60
    assert words["hh-source-2017"].endswith("...")


def test_nobody_ticked_is_said(client, certificate, county_officer):
    client.force_login(county_officer)
    answer = client.post(reverse("certificates:due"), NOT_NEEDED)

    assert list(answer.context["form"].errors) == ["certificates"]


def test_a_township_reads_the_list_and_decides_nothing(
    client, certificate, township_officer
):
    client.force_login(township_officer)
    address = reverse("certificates:due")
    page = client.get(address).content.decode()
    given = {"certificates": [certificate.pk], **NOT_NEEDED}
    client.post(address, given)

    assert certificate.spaced_number in page
    assert 'name="certificates"' not in page
    assert not Refresher.objects.exists()


def test_an_informant_has_no_such_lists(client, informant):
    client.force_login(informant)

    for name in ("due", "decided"):
        assert client.get(reverse(f"certificates:{name}")).status_code == 403


def test_one_is_decided_anew_on_its_page(client, certificate, county_officer):
    decide_refreshers(
        [certificate],
        by=county_officer,
        on=timezone.localdate(),
        at=timezone.now(),
        is_needed=True,
        due_on=timezone.localdate() + timedelta(days=9),
        reason="新版办法",
    )
    client.force_login(county_officer)
    address = reverse("certificates:refresher", args=[certificate.number])
    assert client.get(address).status_code == 200
    client.post(address, {"is_needed": "no", "reason": "已现场培训"})

    page = client.get(certificate.get_absolute_url()).content.decode()
    assert [text in page for text in ("新版办法", "已现场培训")] == [True, True]


def test_a_holder_and_a_stranger_may_not_decide(client, napo, certificate, informant):
    address = reverse("certificates:refresher", args=[certificate.number])
    client.force_login(informant)
    assert client.get(address).status_code == 403
    client.force_login(UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county))
    assert client.get(address).status_code == 404
