"""Leaving, seats that open, the map, the trend: pages of the rosters besides."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.domain.revoking import revoke_certificate
from certificates.models import Suspension
from core.dates import add_months
from rosters.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, SelectionFactory
from tests.factories.households import make_household
from tests.factories.rosters import AssignmentFactory

from .test_views import page_of, text


class TestLeaving:
    def test_who_leaves_hands_over_the_households_of_the_village(
        self, client, napo, county_officer
    ):
        household = make_household(napo.village)
        elsewhere = make_household(napo.other_village)
        held = AssignmentFactory(at=napo.village)
        client.force_login(county_officer)

        response = client.post(
            reverse("rosters:end", args=[held.pk]),
            {"until": timezone.localdate().isoformat(), "leaving": "retired"},
        )
        page = text(client.get(response.url))

        assert household.code in page
        assert elsewhere.code not in page
        assert "退休" in page

    def test_the_list_of_another_county_does_not_exist(
        self, client, napo, county_officer, informant
    ):
        held = AssignmentFactory(at=napo.other_county)
        client.force_login(county_officer)

        page = reverse("rosters:handover", args=[held.pk])
        assert client.get(page).status_code == 404

    @pytest.mark.parametrize(
        ("how", "posts"),
        [("transfer", ["township"]), ("cover", ["village", "township"])],
    )
    def test_somebody_in_post_is_moved_or_covers(
        self, client, napo, county_officer, ready, how, posts
    ):
        person, today = ready(), timezone.localdate()
        client.force_login(county_officer)
        client.post(page_of(napo.village, "assign", person.pk), {"since": today})

        client.post(
            page_of(napo.township, "assign", person.pk),
            {"since": today, "how": how, "until": today + timedelta(days=30)},
        )

        held = Assignment.objects.in_force(today).values_list(
            "division_code", flat=True
        )
        assert sorted(held) == sorted(getattr(napo, post).code for post in posts)

    def test_a_cover_without_its_day_is_refused_at_the_field(
        self, client, napo, county_officer, ready
    ):
        client.force_login(county_officer)

        response = client.post(
            page_of(napo.village, "assign", ready().pk),
            {"since": timezone.localdate(), "how": "cover"},
        )

        assert response.context["form"].errors["until"]
        assert not Assignment.objects.exists()


class TestSeatsOpened:
    def test_a_certificate_that_ends_opens_the_seat_and_tells_the_office(
        self, client, napo, county_officer
    ):
        held = AssignmentFactory(at=napo.village)
        today = timezone.localdate()
        client.force_login(county_officer)
        assert "新空出的岗位" not in text(client.get(page_of(napo.county)))

        revoke_certificate(held.certificate, by=county_officer, on=today, reason="作弊")

        response = client.get(page_of(napo.county))
        assert "新空出的岗位" in text(response)
        (seat,) = response.context["opened"].seats
        assert (seat.assignment, seat.since, seat.is_revoked) == (held, today, True)

    def test_a_certificate_that_is_suspended_says_so_with_its_day(
        self, client, napo, county_officer
    ):
        held = AssignmentFactory(at=napo.village)
        today = timezone.localdate()
        Suspension.objects.create(
            certificate=held.certificate, since=today, reason="核查"
        )
        client.force_login(county_officer)

        response = client.get(page_of(napo.county))

        (seat,) = response.context["opened"].seats
        assert (seat.since, seat.is_suspended, seat.is_revoked) == (today, True, False)
        assert "证书暂停" in text(response)

    def test_the_latest_that_ran_out_comes_first(self, client, napo, county_officer):
        for months in (40, 37, 50):
            issued = add_months(timezone.localdate(), -months)
            AssignmentFactory(
                at=napo.village,
                certificate=CertificateFactory(at=napo.village, issued_on=issued),
            )
        client.force_login(county_officer)

        opened = client.get(page_of(napo.county)).context["opened"]

        assert opened.number == 3
        assert [seat.since for seat in opened.seats] == [
            add_months(add_months(timezone.localdate(), -months), 36)
            for months in (37, 40, 50)
        ]


class TestMapAndTrend:
    def test_the_tiles_lead_down_and_keep_the_day(self, client, napo, region_officer):
        client.force_login(region_officer)

        page = text(client.get(page_of(napo.region), {"on": "2026-06-01"}))

        assert f'class="tile tile--4" href="{page_of(napo.city)}?on=2026-06-01"' in page
        assert "缺9人" in page

    def test_a_county_has_no_map(self, client, napo, county_officer):
        client.force_login(county_officer)

        assert client.get(page_of(napo.county)).context["map"] is None

    def test_the_trend_says_in_its_table_what_it_draws(
        self, client, napo, county_officer
    ):
        AssignmentFactory(at=napo.village)
        client.force_login(county_officer)

        response = client.get(page_of(napo.county, "trend"), {"on": "2026-06-17"})

        assert text(response).count('class="trend__point"') == 13
        assert text(response).count("<tr>") == 14
        assert response.context["points"][-1].staff.gap == 4
        assert client.get(page_of(napo.city, "trend")).status_code == 404

    @pytest.mark.parametrize("key", ["expiring", "pipeline", "gap3", "gap12"])
    def test_what_is_coming_sorts_too(self, client, napo, city_officer, key):
        SelectionFactory(person=UserFactory(at=napo.village), at=napo.county)
        soon = add_months(timezone.localdate(), 1)
        certificate = CertificateFactory(
            at=napo.village, issued_on=add_months(soon, -36), expires_on=soon
        )
        AssignmentFactory(at=napo.village, certificate=certificate)
        client.force_login(city_officer)

        rows = client.get(page_of(napo.city), {"sort": f"-{key}"}).context["rows"]

        assert rows[0].division == napo.county
