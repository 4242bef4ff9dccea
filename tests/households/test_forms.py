"""Sections and members of a card, each on a page of its own."""

import re

import pytest

from core.models import LogEntry
from households.models import Member
from tests.factories.households import make_household

INDEX = "/households/"
ADD = "/households/add/"


def shown(response):
    return response.content.decode()


SECTIONS = [
    ("income", {"income__wage": "12000.5", "income_stable": "no"}),
    ("livelihood", {"land__paddy_mu": "2.5", "stable_sources": ["premises"]}),
    ("dwelling", {"dwelling__grade": "C", "dwelling__resettlement__kind": ""}),
    ("living", {"water__assurance": "0.9", "electricity": "yes"}),
    ("helper", {"helper__name": "演示陆干部"}),
    ("household", {"address": "那怀屯", "chief_cause": "illness"}),
]


@pytest.mark.parametrize(("section", "form"), SECTIONS)
def test_each_section_is_edited_on_its_own_page(client, napo, informant, section, form):
    household = make_household(napo.village)
    path = f"{household.get_absolute_url()}edit/{section}/"
    client.force_login(informant)

    assert client.get(path).status_code == 200
    response = client.post(path, form, follow=True)

    assert "已保存" in shown(response)
    assert LogEntry.objects.filter(action="household.edited").count() == 1


def test_a_section_shows_what_it_holds_and_saves_it_unchanged(client, napo, informant):
    household = make_household(napo.village)
    path = f"{household.get_absolute_url()}edit/living/"
    client.force_login(informant)
    page = client.get(path)

    form = {
        name: page.context["form"][name].value() for name in page.context["form"].fields
    }
    client.post(
        path, {name: value for name, value in form.items() if value is not None}
    )

    assert not LogEntry.objects.filter(action="household.edited").exists()


def test_a_figure_out_of_range_is_refused_at_its_field(client, napo, informant):
    household = make_household(napo.village)
    client.force_login(informant)

    response = client.post(
        f"{household.get_absolute_url()}edit/living/", {"water__assurance": "95"}
    )

    [error] = response.context["form"].errors["water__assurance"]
    assert error == "供水保证率：超出范围：应在0到1之间"
    household.refresh_from_db()
    assert household.water["assurance"] == 0.95


def test_the_vetoes_are_answered_one_by_one(client, napo, informant):
    household = make_household(napo.village, vetoes=None)
    path = f"{household.get_absolute_url()}edit/vetoes/"
    client.force_login(informant)
    fields = client.get(path).context["form"].fields
    answers = {name: "no" for name in fields if name.isupper()}

    half = client.post(path, {"VETO_VEHICLE": "yes"})
    whole = {"VETO_VEHICLE": "yes", "VETO_VEHICLE_since": "2014-03-01"}
    client.post(path, {**answers, **whole, "VETO_VEHICLE_value": "30000"})

    assert len(half.context["form"].errors) == 7
    household.refresh_from_db()
    assert household.vetoes == [
        {"code": "VETO_VEHICLE", "since": "2014-03-01", "value": 30000}
    ]


def test_children_out_of_school_are_entered_beside_their_names(client, napo, informant):
    household = make_household(napo.village)
    client.force_login(informant)

    client.post(
        f"{household.get_absolute_url()}edit/schooling/",
        {"reason_2": "weary", "visits_2": "1", "signed_2": "no"},
    )

    child = household.members.get(position=2)
    assert (child.absence_reason, child.absence_visits, child.absence_signed) == (
        "weary",
        1,
        False,
    )


def test_an_unknown_section_is_not_found(client, napo, informant):
    household = make_household(napo.village)
    client.force_login(informant)

    path = f"{household.get_absolute_url()}edit/secrets/"
    assert client.get(path).status_code == 404


def test_a_member_is_added_and_mended(client, napo, informant):
    household = make_household(napo.village)
    base = household.get_absolute_url()
    client.force_login(informant)

    added = client.post(
        f"{base}members/add/",
        {"name": "演示韦公", "relation": "father", "born": "1948-01-01", "sex": "male"},
        follow=True,
    )
    member = Member.objects.get(name="演示韦公")
    client.post(
        f"{base}members/{member.pk}/",
        {
            "name": "演示韦公",
            "relation": "father",
            "health": ["chronic"],
            "sex": "male",
        },
    )

    member.refresh_from_db()
    assert "已新增：演示韦公。" in shown(added)
    assert (member.health, member.born) == (["chronic"], None)


def test_a_member_saved_with_an_empty_number_keeps_it(client, napo, informant):
    household = make_household(napo.village)
    member = household.members.get(position=1)
    client.force_login(informant)

    client.post(
        f"{household.get_absolute_url()}members/{member.pk}/",
        {"name": "演示黄小妹", "relation": "spouse"},
    )

    kept = Member.objects.get(pk=member.pk)
    assert kept.id_number == member.id_number


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"relation": ""}, "relation", "必需字段"),
        ({"relation": "head"}, "relation", "每户只能有一名户主。"),
        ({"id_number": "1"}, "id_number", "号码有误：公民身份号码应为18位。"),
        (
            {"work_months": "13"},
            "work_months",
            "务工时间（月）：超出范围：应在0到12之间",
        ),
    ],
)
def test_a_bad_member_is_refused_at_its_field(
    client, napo, informant, changes, field, message
):
    household = make_household(napo.village)
    client.force_login(informant)

    response = client.post(
        f"{household.get_absolute_url()}members/add/",
        {"name": "演示新人", "relation": "son", **changes},
    )

    assert response.context["form"].errors[field] == [message]
    assert household.members.count() == 3


def test_a_member_leaves_by_a_form(client, napo, informant):
    household = make_household(napo.village)
    head, spouse = household.members.filter(position__lt=2).order_by("position")
    path = f"{household.get_absolute_url()}members/{head.pk}/leave/"
    client.force_login(informant)

    refused = client.post(path, {"because": "death", "on": "2999-01-01"})
    client.post(path, {"because": "death", "on": "2017-11-01", "new_head": spouse.pk})

    assert refused.context["form"].errors["on"] == ["日期不能晚于今天。"]
    household.refresh_from_db()
    assert household.head_name == spouse.name


def test_no_page_speaks_english(client, napo, informant):
    household = make_household(napo.village)
    base = household.get_absolute_url()
    client.force_login(informant)
    paths = [INDEX, ADD, base, f"{base}members/add/"]
    paths += [f"{base}edit/{section}/" for section, _form in SECTIONS]

    for path in [*paths, f"{base}edit/vetoes/", f"{base}edit/schooling/"]:
        [main] = re.findall(r"<main.*</main>", shown(client.get(path)), re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", main)
        assert re.findall(r"[A-Za-z]{4,}", words) == [], path
