from datetime import date

import pytest

from accounts.enums import Role
from ledger.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.ledger import make_subject, open_exit, walk

INDEX = "/ledger/"


@pytest.fixture
def case(napo, informant):
    return open_exit(make_subject(napo.village), by=informant)


def sending(case, step="verify_household", **changes):
    usual = {
        "step": step,
        "index": case.entries.count(),
        "key": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "outcome": "passed",
        "on": "2017-11-02",
        "documents": ["verification_form", "double_recognition_form"],
        "note": "",
    }
    return {**usual, **changes}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, napo, township_officer, count, django_assert_num_queries
):
    for _each in range(count):
        open_exit(make_subject(napo.village))
    client.force_login(township_officer)

    with django_assert_num_queries(4):  # user, grants, count, cases
        response = client.get(INDEX)

    assert response.content.decode().count('<th scope="row">') == count


def test_a_case_waits_for_those_whose_step_is_next(client, case, people):
    for level, titles in (("township", 1), ("village", 0), ("county", 0)):
        client.force_login(people[level])
        assert len(client.get(INDEX).context["page"].object_list) == titles, level


def test_all_open_cases_of_the_own_divisions_are_a_list_too(client, case, people):
    client.force_login(people["county"])

    page = client.get(INDEX, {"show": "open"}).context["page"]

    assert list(page) == [case]


def test_enrolments_are_no_cases_to_work_on(client, napo, people):
    make_subject(napo.village)
    client.force_login(people["county"])

    page = client.get(INDEX, {"show": "closed"}).context["page"]

    assert not list(page)


def test_a_stranger_does_not_find_the_case(client, case, napo):
    client.force_login(UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county))

    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(case.get_absolute_url(), sending(case)).status_code == 404
    assert not case.entries.exists()


def test_a_trainer_of_the_region_does_not_find_the_case(client, case, trainer):
    client.force_login(trainer)

    assert client.get(case.get_absolute_url()).status_code == 404
    assert not list(client.get(INDEX, {"show": "open"}).context["page"])


def test_the_page_offers_the_due_step_to_its_level(client, case, people):
    client.force_login(people["township"])

    page = client.get(case.get_absolute_url()).content.decode()

    assert "记入台账" in page
    assert "入户核验" in page


def test_the_page_tells_other_levels_whose_turn_it_is(client, case, people):
    client.force_login(people["county"])

    page = client.get(case.get_absolute_url()).content.decode()

    assert "记入台账" not in page
    assert "由乡镇办理" in page


def test_a_step_that_cannot_pass_says_why_beforehand(client, napo, people):
    case = open_exit(make_subject(napo.village), standard_met=False)
    client.force_login(people["township"])

    page = client.get(case.get_absolute_url()).content.decode()

    assert "按目前情况，这一步不能通过：未达到脱贫摘帽标准" in page


def test_a_step_is_entered_into_the_ledger(client, case, people):
    client.force_login(people["township"])

    response = client.post(case.get_absolute_url(), sending(case), follow=True)

    entry = case.entries.get()
    assert (entry.step, entry.by, entry.on) == (
        "verify_household",
        people["township"],
        date(2017, 11, 2),
    )
    assert "已记入台账：入户核验。" in response.content.decode()


def test_the_same_form_sent_twice_is_one_entry(client, case, people):
    client.force_login(people["township"])
    form = sending(case)

    client.post(case.get_absolute_url(), form)
    response = client.post(case.get_absolute_url(), form, follow=True)

    assert case.entries.count() == 1
    assert "已记入台账：入户核验。" in response.content.decode()


REFUSED = [
    ({"on": "2999-01-01"}, "日期不能晚于今天。"),
    ({"on": ""}, "必需字段"),
    ({"outcome": "kept"}, "kept"),
    ({"documents": ["verification_form"]}, "缺少：双认定表"),
    ({"outcome": "failed", "note": ""}, "请写明不通过的理由，以便告知农户。"),
    (
        {"step": "decide_in_county", "documents": []},
        "现在应办理：入户核验，不是县级审定公告",
    ),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED)
def test_a_bad_form_is_refused_and_nothing_is_written(
    client, case, people, changes, message
):
    client.force_login(people["township"])

    response = client.post(case.get_absolute_url(), sending(case, **changes))

    assert message in response.content.decode()
    assert not case.entries.exists()


def test_a_step_sent_by_another_level_is_refused_and_nothing_is_written(
    client, case, people
):
    client.force_login(people["county"])

    response = client.post(case.get_absolute_url(), sending(case))

    assert "入户核验应由乡镇办理，不是县级" in response.content.decode()
    assert not case.entries.exists()


def test_a_step_that_no_procedure_has_is_refused(client, case, people):
    client.force_login(people["township"])

    response = client.post(
        case.get_absolute_url(), sending(case, step="jump"), follow=True
    )

    assert "此程序没有这一步。" in response.content.decode()
    assert not case.entries.exists()


def test_a_failed_step_needs_no_notice_but_a_reason(client, case, people):
    walk(case, people, steps=2)
    client.force_login(people["township"])

    client.post(
        case.get_absolute_url(),
        sending(
            case,
            "review_in_township",
            on="2017-11-03",
            outcome="failed",
            note="收入核算有误",
            documents=[],
        ),
    )

    entry = Entry.objects.get(step="review_in_township")
    assert (entry.outcome, entry.note, entry.notice) == ("failed", "收入核算有误", None)


def test_a_closed_case_shows_its_ledger_and_nothing_to_do(client, case, people):
    walk(case, people)
    client.force_login(people["region"])

    response = client.get(case.get_absolute_url())

    page = response.content.decode()
    assert [stop.state for stop in response.context["stations"]] == ["done"] * 6
    assert "状态：已脱贫" in page
    assert "记入台账</button>" not in page


def test_a_step_sent_to_a_closed_case_is_told_why_it_is_refused(client, case, people):
    walk(case, people)
    client.force_login(people["region"])

    response = client.post(case.get_absolute_url(), sending(case, "file", documents=[]))

    assert "事项已经办结或终止" in response.content.decode()
    assert case.entries.count() == 6
