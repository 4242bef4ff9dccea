from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from certificates.models import Selection
from divisions.enums import Kind
from divisions.models import Designation
from rosters.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.certificates import SelectionFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.rosters import AssignmentFactory
from tests.rosters.statements import SPARED

# User, grants, division, its forebears, gaps (5), seats, quota (2), opened.
PAGE_QUERIES = 12


def page_of(division, name="division", *more):
    return reverse(f"rosters:{name}", args=[division.code, *more])


def text(response) -> str:
    return response.content.decode()


class TestDivisionPage:
    def test_the_index_leads_to_the_widest_division(self, client, napo, county_officer):
        client.force_login(county_officer)

        response = client.get(reverse("rosters:index"))

        assert response.url == page_of(napo.county)

    def test_a_person_without_an_office_finds_nothing(self, client, napo, informant):
        client.force_login(informant)

        assert client.get(reverse("rosters:index")).status_code == 404
        assert client.get(page_of(napo.village)).status_code == 404

    def test_another_division_does_not_exist(self, client, napo, county_officer):
        client.force_login(county_officer)

        for division in (napo.city, napo.other_county):
            assert client.get(page_of(division)).status_code == 404

    def test_seats_are_shown_filled_and_empty(self, client, napo, county_officer):
        held = AssignmentFactory(at=napo.county)
        client.force_login(county_officer)

        page = text(client.get(page_of(napo.county)))

        assert held.person.real_name in page
        assert page.count('class="seat seat--empty"') == 2
        assert page_of(napo.county, "candidates") in page

    def test_a_township_office_looks_but_does_not_assign(
        self, client, napo, township_officer
    ):
        client.force_login(township_officer)

        page = text(client.get(page_of(napo.village)))

        assert 'class="seat seat--empty"' in page
        assert page_of(napo.village, "candidates") not in page
        assert client.get(page_of(napo.village, "candidates")).status_code == 403

    def test_the_day_in_the_address_is_the_day_shown(
        self, client, napo, county_officer
    ):
        held = AssignmentFactory(at=napo.village)
        expired = held.certificate.expires_on
        client.force_login(county_officer)

        def gap(on):
            response = client.get(page_of(napo.village), {"on": on.isoformat()})
            return response.context["table"].here.total.gap

        assert gap(expired - timedelta(days=1)) == 0
        assert gap(expired) == 1

    def test_a_day_that_is_none_is_told_and_today_is_shown(
        self, client, napo, county_officer
    ):
        client.force_login(county_officer)

        response = client.get(page_of(napo.county), {"on": "2026-02-30"})

        assert response.context["day"] == timezone.localdate()
        assert response.context["days"].errors["on"]

    def test_rows_are_sorted_and_filtered_in_the_address(
        self, client, napo, city_officer
    ):
        for _each in range(2):
            AssignmentFactory(at=napo.other_county)
        client.force_login(city_officer)

        def names(**query):
            rows = client.get(page_of(napo.city), query).context["rows"]
            return [row.division.name for row in rows]

        assert names() == ["那坡县", "凌云县"]
        assert names(sort="gap") == ["凌云县", "那坡县"]
        assert names(sort="-gap") == ["那坡县", "凌云县"]
        assert names(sort="nonsense") == ["那坡县", "凌云县"]
        assert names(only="gap") == ["那坡县"]

    def test_invented_flags_are_told(self, client, napo, county_officer):
        client.force_login(county_officer)
        assert "演示数据，由本平台" not in text(client.get(page_of(napo.county)))
        Designation.objects.filter(kind=Kind.HAS_TASKS).update(is_demonstration=True)

        assert "演示数据，由本平台" in text(client.get(page_of(napo.county)))

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_costs_the_same_whatever_its_length(
        self, client, napo, city_officer, django_assert_num_queries, count
    ):
        for number in range(count):
            county = DivisionFactory(code=f"45103{number}", name=f"县{number}")
            AssignmentFactory(at=county)
            AssignmentFactory(at=napo.city)
        client.force_login(city_officer)

        with django_assert_num_queries(PAGE_QUERIES - SPARED):
            response = client.get(page_of(napo.city))

        assert len(response.context["rows"]) == count + 2


class TestAssigning:
    def test_from_seat_to_post(self, client, napo, county_officer, ready):
        person = ready()
        client.force_login(county_officer)
        today = timezone.localdate()

        listed = text(client.get(page_of(napo.village, "candidates")))
        assert page_of(napo.village, "assign", person.pk) in listed
        response = client.post(
            page_of(napo.village, "assign", person.pk), {"since": today.isoformat()}
        )

        assert response.url == page_of(napo.village)
        assert Assignment.objects.get().person == person

    def test_what_is_missing_is_told_and_nothing_written(
        self, client, napo, county_officer, informant, lesson
    ):
        client.force_login(county_officer)

        response = client.post(
            page_of(napo.village, "assign", informant.pk),
            {"since": timezone.localdate().isoformat()},
        )

        page = text(response)
        for words in ("尚未由市、县扶贫办选定", "尚未完成培训", "没有有效的上岗证书"):
            assert words in page
        assert not Assignment.objects.exists()

    def test_a_person_of_another_county_does_not_exist(
        self, client, napo, county_officer
    ):
        outsider = UserFactory(at=napo.other_county)
        client.force_login(county_officer)

        response = client.get(page_of(napo.village, "assign", outsider.pk))

        assert response.status_code == 404

    def test_an_assignment_is_ended_with_day_and_reason(
        self, client, napo, county_officer
    ):
        held = AssignmentFactory(at=napo.village)
        client.force_login(county_officer)
        end = reverse("rosters:end", args=[held.pk])
        today = timezone.localdate()

        refused = client.post(end, {"until": today.isoformat()})
        assert refused.context["form"].errors["leaving"]
        client.post(end, {"until": today.isoformat(), "leaving": "resigned"})

        held.refresh_from_db()
        assert (held.until, held.leaving) == (today, "resigned")

    @pytest.mark.parametrize(
        ("role", "where", "status"),
        [
            (Role.COUNTY_OFFICE, "other_county", 404),
            (Role.TOWNSHIP_OFFICE, "township", 403),
            (Role.INFORMANT, "village", 404),
        ],
    )
    def test_others_do_not_end_it(self, client, napo, role, where, status):
        held = AssignmentFactory(at=napo.village)
        client.force_login(UserFactory(role=role, at=getattr(napo, where)))

        response = client.post(
            reverse("rosters:end", args=[held.pk]),
            {"until": timezone.localdate().isoformat(), "leaving": "resigned"},
        )

        assert response.status_code == status
        held.refresh_from_db()
        assert held.until is None


class TestSelecting:
    def test_the_office_ticks_and_chooses(
        self, client, napo, county_officer, informant
    ):
        client.force_login(county_officer)
        today = timezone.localdate()

        client.post(
            page_of(napo.county, "selections"),
            {"people": [informant.pk], "basis": "文件", "on": today.isoformat()},
        )

        chosen = Selection.objects.get()
        assert (chosen.person, chosen.chosen_by) == (informant, county_officer)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"people": []}, "people"),
            ({"basis": ""}, "basis"),
            ({"on": "2999-01-01"}, "on"),
        ],
    )
    def test_what_is_missing_is_told_at_the_field(
        self, client, napo, county_officer, informant, changes, field
    ):
        client.force_login(county_officer)
        given = {"people": [informant.pk], "basis": "文件", "on": "2026-06-01"}

        response = client.post(page_of(napo.county, "selections"), {**given, **changes})

        assert list(response.context["form"].errors) == [field]
        assert not Selection.objects.exists()

    def test_people_of_other_counties_cannot_be_ticked(
        self, client, napo, county_officer
    ):
        outsider = UserFactory(at=napo.other_county)
        client.force_login(county_officer)

        response = client.post(
            page_of(napo.county, "selections"),
            {"people": [outsider.pk], "basis": "文件", "on": "2026-06-01"},
        )

        assert list(response.context["form"].errors) == ["people"]
        assert not Selection.objects.exists()

    def test_a_choice_is_withdrawn_by_the_office_alone(
        self, client, napo, county_officer, township_officer, informant
    ):
        held = SelectionFactory(person=informant, at=napo.county)
        withdraw = reverse("rosters:withdraw", args=[held.pk])

        client.force_login(township_officer)
        assert client.post(withdraw).status_code == 404
        client.force_login(county_officer)
        client.post(withdraw)

        held.refresh_from_db()
        assert held.withdrawn_on == timezone.localdate()

    def test_all_who_are_chosen_can_be_paged_to(
        self, client, napo, county_officer, monkeypatch
    ):
        monkeypatch.setattr("rosters.views.selecting.PER_PAGE", 1)
        for chosen_on in (date(2026, 1, 1), date(2026, 2, 1)):
            SelectionFactory(at=napo.county, chosen_on=chosen_on)
        UserFactory.create_batch(2, at=napo.village)
        client.force_login(county_officer)
        address = page_of(napo.county, "selections")

        first = client.get(address, {"page": "2"})
        second = client.get(address + "?page=2&chosen=2")

        assert "?page=2&amp;chosen=2" in first.content.decode()
        pages = [each.context["chosen"].object_list for each in (first, second)]
        assert [len(page) for page in pages] == [1, 1]
        assert pages[0][0] != pages[1][0]

    def test_a_choice_is_withdrawn_by_the_second_press(
        self, client, napo, county_officer, informant
    ):
        held = SelectionFactory(person=informant, at=napo.county)
        client.force_login(county_officer)

        page = client.get(page_of(napo.county, "selections")).content.decode()

        _, _, first = page.partition('<details class="confirm">')
        said, _, second = first.partition("须重新培训")
        assert reverse("rosters:withdraw", args=[held.pk]) in said
        assert "csrfmiddlewaretoken" in said
        assert "<button" not in said
        assert "确认</button>" in second

    @pytest.mark.parametrize("who", ["city_officer", "township_officer"])
    def test_another_office_does_not_choose_here(self, client, napo, who, request):
        client.force_login(request.getfixturevalue(who))

        response = client.get(page_of(napo.county, "selections"))

        assert response.status_code in {403, 404}

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_lists_cost_the_same_whatever_their_length(
        self, client, napo, county_officer, django_assert_num_queries, count
    ):
        for _each in range(count):
            SelectionFactory(person=UserFactory(at=napo.village), at=napo.county)
            UserFactory(at=napo.village)
        client.force_login(county_officer)

        # User, grants, division, forebears, two counts and two pages.
        with django_assert_num_queries(8):
            client.get(page_of(napo.county, "selections"))
