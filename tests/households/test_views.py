from datetime import date

import pytest

from accounts.enums import Role
from core.models import LogEntry
from households.models import Household
from ledger.models import Case
from tests.factories.accounts import UserFactory
from tests.factories.households import id_number, make_household, person

INDEX = "/households/"
ADD = "/households/add/"
EXIT = {"procedure": "exit", "on": "2017-11-15"}


def shown(response):
    return response.content.decode()


def head_form(**changes):
    usual = {
        "village": "451026100201",
        "name": "演示韦大山",
        "id_number": id_number(),
        "ethnicity": "壮族",
        "identified_on": "2015-12-20",
        "attribute": "general",
        "chief_cause": "no_skill",
        "causes": ["illness", "no_skill"],
    }
    return {**usual, **changes}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, napo, county_officer, count, django_assert_num_queries
):
    for _each in range(count):
        make_household(napo.village)
    client.force_login(county_officer)

    with django_assert_num_queries(4):  # user, grants, count, households
        response = client.get(INDEX)

    assert shown(response).count('<th scope="row">') == count


def test_the_list_is_of_the_own_divisions(client, napo, informant):
    mine = make_household(napo.village)
    make_household(napo.other_village)
    client.force_login(informant)

    assert list(client.get(INDEX).context["page"]) == [mine]


def test_the_list_is_searched_by_head_code_and_status(client, napo, informant):
    first = make_household(napo.village, exited_in=2016)
    second = make_household(napo.village, members=[person(name="演示黄二")])
    client.force_login(informant)

    for asked, expected in (
        ({"q": "黄二"}, [second]),
        ({"q": first.code}, [first]),
        ({"status": "exited"}, [first]),
        ({"q": "没有"}, []),
    ):
        assert list(client.get(INDEX, asked).context["page"]) == expected, asked


@pytest.mark.parametrize("count", [1, 3])
def test_the_card_costs_the_same_whatever_the_number_of_members(
    client, napo, informant, count, django_assert_num_queries
):
    people = [person(), *(person("son", born="1995-01-01") for _i in range(count))]
    household = make_household(napo.village, members=people)
    client.force_login(informant)

    # user, grants, household, members, cases; ledger and its notices (3);
    # status and history (3)
    with django_assert_num_queries(12):
        client.get(household.get_absolute_url())


def test_a_stranger_finds_neither_card_nor_forms(client, napo):
    household = make_household(napo.village)
    member = household.members.first()
    base = household.get_absolute_url()
    client.force_login(UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county))

    for path in (
        base,
        f"{base}edit/income/",
        f"{base}members/add/",
        f"{base}members/{member.pk}/",
        f"{base}members/{member.pk}/leave/",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"{base}cases/", {"procedure": "exit"}).status_code == 404


def test_a_trainer_of_the_region_finds_no_household(client, napo, trainer):
    household = make_household(napo.village)
    client.force_login(trainer)

    assert client.get(household.get_absolute_url()).status_code == 404
    assert not list(client.get(INDEX).context["page"])


def test_county_and_above_read_and_do_not_edit(client, napo, county_officer):
    household = make_household(napo.village)
    client.force_login(county_officer)

    assert client.get(household.get_absolute_url()).status_code == 200
    assert client.get(f"{household.get_absolute_url()}edit/income/").status_code == 403
    assert client.get(ADD).status_code == 403


def test_no_id_number_is_on_any_page(client, napo, informant):
    household = make_household(napo.village)
    base = household.get_absolute_url()
    client.force_login(informant)
    numbers = [member.id_number for member in household.present_members()]
    first = household.present_members()[0]

    pages = shown(client.get(base)) + shown(client.get(f"{base}members/{first.pk}/"))

    assert [number for number in numbers if number in pages] == []
    assert first.masked_id_number in pages


def test_a_household_is_entered_with_its_head_first(client, napo, informant):
    client.force_login(informant)

    response = client.post(ADD, head_form(address="那怀屯3号"), follow=True)

    household = Household.objects.get()
    [head] = household.present_members()
    assert "该户已登记入册。请继续登记家庭成员。" in shown(response)
    assert (household.status, household.causes) == (
        "registered",
        ["no_skill", "illness"],
    )
    assert (head.relation, head.born, head.sex) == ("head", date(1970, 2, 3), "male")
    assert household.address == "那怀屯3号"


REFUSED = [
    ({"name": ""}, "name", "每户须有户主：请先登记户主。"),
    ({"id_number": "450102197002031231"}, "id_number", "校验码不正确"),
    ({"id_number": "123"}, "id_number", "公民身份号码应为18位"),
    ({"born": "2999-01-01", "id_number": ""}, "born", "日期不能晚于今天。"),
    ({"identified_on": "2999-01-01"}, "identified_on", "日期不能晚于今天。"),
    ({"born": "1971-02-03"}, "born", "公民身份号码显示为：1970-02-03。"),
    ({"sex": "female"}, "sex", "公民身份号码显示为：男。"),
    ({"village": "451027"}, "village", "451027"),
]


@pytest.mark.parametrize(("changes", "field", "message"), REFUSED)
def test_a_bad_household_is_refused_at_its_field_and_nothing_is_written(
    client, napo, informant, changes, field, message
):
    client.force_login(informant)

    response = client.post(ADD, head_form(**changes))

    assert message in response.context["form"].errors[field][0]
    assert message in shown(response)
    assert not Household.objects.exists()
    assert not LogEntry.objects.filter(action="household.registered").exists()


def test_a_duplicate_id_number_is_refused_at_its_field(client, napo, informant):
    number = id_number()
    make_household(napo.other_village, members=[person(id_number=number)])
    client.force_login(informant)

    response = client.post(ADD, head_form(id_number=number))

    message = "演示韦大山的公民身份号码已在册，不能重复登记。"
    assert response.context["form"].errors["id_number"] == [message]
    assert Household.objects.count() == 1


def test_a_household_of_another_village_is_not_entered(client, napo, informant):
    client.force_login(informant)

    response = client.post(ADD, head_form(village="451026100202"))

    assert "village" in response.context["form"].errors
    assert not Household.objects.exists()


def test_a_form_sent_twice_makes_one_household(client, napo, informant):
    client.force_login(informant)
    form = head_form()

    client.post(ADD, form)
    client.post(ADD, form)

    assert Household.objects.count() == 1


def test_the_card_is_judged_on_the_day_that_is_asked(client, napo, informant):
    household = make_household(napo.village, electricity=False)
    client.force_login(informant)

    page = shown(client.get(household.get_absolute_url(), {"on": "2017-11-15"}))

    assert "未达到标准。" in page
    assert "解读 四(一)2" in page


def test_a_day_without_rules_says_so(client, napo, informant):
    household = make_household(napo.village)
    client.force_login(informant)

    page = shown(client.get(household.get_absolute_url(), {"on": "2014-01-01"}))

    assert "以前没有规则版本" in page


def test_an_exit_is_started_from_the_card(client, napo, informant):
    household = make_household(napo.village)
    client.force_login(informant)

    response = client.post(
        f"{household.get_absolute_url()}cases/",
        {"procedure": "exit", "on": "2017-11-15"},
    )

    case = Case.objects.by_procedure().get()
    assert response["Location"] == case.get_absolute_url()
    assert case.facts["standard_met"] is True


def test_started_twice_is_one_case(client, napo, informant):
    household = make_household(napo.village)
    path = f"{household.get_absolute_url()}cases/"
    client.force_login(informant)

    client.post(path, EXIT)
    client.post(path, EXIT)

    assert Case.objects.by_procedure().count() == 1


def test_the_card_offers_what_may_start_and_says_why_the_rest_may_not(
    client, napo, informant
):
    household = make_household(napo.village)
    path = household.get_absolute_url()
    client.force_login(informant)

    before = client.get(path, {"on": "2017-11-15"})
    client.post(f"{path}cases/", EXIT)
    after = client.get(path, {"on": "2017-11-15"})

    closed = {offer.code: offer.closed for offer in before.context["offers"]}
    assert closed["exit"] == ""
    assert closed["return"] == "没有历年脱贫记录，不能按返贫办理"
    assert "exit" not in [offer.code for offer in after.context["offers"]]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"procedure": "return", "on": "2017-11-15"}, "没有历年脱贫记录"),
        ({"procedure": "exit", "on": "2999-01-01"}, "日期不能晚于今天。"),
        ({"procedure": "dance", "on": "2017-11-15"}, "dance"),
    ],
)
def test_a_case_that_may_not_start_says_why(client, napo, informant, form, message):
    household = make_household(napo.village)
    client.force_login(informant)

    response = client.post(f"{household.get_absolute_url()}cases/", form, follow=True)

    assert message in shown(response)
    assert not Case.objects.by_procedure().exists()


def test_a_city_reads_and_starts_nothing(client, napo, city_officer):
    household = make_household(napo.village)
    client.force_login(city_officer)

    response = client.post(
        f"{household.get_absolute_url()}cases/",
        {"procedure": "exit", "on": "2017-11-15"},
    )

    assert response.status_code == 403
    assert not Case.objects.by_procedure().exists()
