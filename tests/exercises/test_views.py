import pytest
from django.urls import reverse

from exercises.forms import ITEMS
from exercises.models import Run
from tests.factories.accounts import UserFactory
from tests.factories.exercises import RunFactory, seed_with

pytestmark = pytest.mark.django_db
MARKS = dict.fromkeys(ITEMS, "met") | {"decision": "exit"}
FIRST_STEP = {
    "step": "verify_household",
    "level": "township",
    "outcome": "passed",
    "on": "2017-11-20",
    "notice_days": "",
    "turn": "0",
}


@pytest.fixture
def learner(client, informant):
    client.force_login(informant)
    return client


def url(name, run):
    return reverse(f"exercises:{name}", args=[run.pk])


def test_exercises_are_for_people_who_signed_in(client):
    response = client.get(reverse("exercises:index"))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_who_holds_no_role_does_not_practise(client, db):
    client.force_login(UserFactory())

    assert client.get(reverse("exercises:index")).status_code == 403
    assert client.post(reverse("exercises:new")).status_code == 403
    assert not Run.objects.exists()


@pytest.mark.parametrize("name", ["run", "mark", "step"])
def test_anothers_run_is_not_found(learner, trainer, name):
    run = RunFactory(trainer, marked=name == "step")
    data = {"mark": MARKS, "step": FIRST_STEP}.get(name)

    response = (
        learner.post(url(name, run), data) if data else learner.get(url("run", run))
    )

    assert response.status_code == 404
    lines = len(run.lines)
    run.refresh_from_db()
    assert len(run.lines) == lines


def test_an_empty_list_invites_to_a_first_case(learner):
    assert "还没有案例" in learner.get(reverse("exercises:index")).content.decode()


def test_the_list_shows_ones_own_runs_only(learner, informant, trainer):
    RunFactory(informant)
    RunFactory(trainer, "no-power")

    page = learner.get(reverse("exercises:index")).content.decode()

    assert f"案例{seed_with()}<" in page
    assert f"案例{seed_with('no-power')}<" not in page


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_run_and_for_three(
    learner, informant, size, django_assert_num_queries
):
    for codes in [(), ("no-power",), ("area-short",)][:size]:
        RunFactory(informant, *codes)

    with django_assert_num_queries(4):
        learner.get(reverse("exercises:index"))


def test_a_new_case_is_drawn_and_opened(learner, informant):
    response = learner.post(reverse("exercises:new"))

    run = Run.objects.get()
    assert response["Location"] == run.get_absolute_url()
    assert (run.person, 1 <= run.seed <= 999_999) == (informant, True)


def test_a_certain_case_is_opened_by_its_number(learner):
    learner.post(reverse("exercises:new"), {"seed": "4711"})

    assert Run.objects.get().seed == 4711


@pytest.mark.parametrize("seed", ["0", "1000000", "abc"])
def test_a_number_that_draws_no_case_is_refused_at_the_field(learner, seed):
    response = learner.post(reverse("exercises:new"), {"seed": seed})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"seed"}
    assert not Run.objects.exists()


def test_the_case_shows_the_registers_card_and_its_number(learner, informant):
    run = RunFactory(informant, "area-short")

    page = learner.get(url("run", run)).content.decode()

    assert f"案例{run.seed}" in page
    assert run.facts["members"][0]["name"] in page
    assert run.facts["members"][0]["id_number"] not in page
    assert "提交认定" in page


def test_before_the_judgement_nothing_is_given_away(learner, informant):
    run = RunFactory(informant, "area-short")

    page = learner.get(url("run", run)).content.decode()

    assert "12.9" not in page
    assert "area-short" not in page


def test_an_open_item_is_named_and_nothing_is_judged(learner, informant):
    run = RunFactory(informant)
    marks = {code: mark for code, mark in MARKS.items() if code != "WATER"}

    response = learner.post(url("mark", run), marks)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"WATER"}
    run.refresh_from_db()
    assert not run.is_marked


def test_a_wrong_mark_is_explained_with_its_citation(learner, informant):
    run = RunFactory(informant, "area-short")

    page = learner.post(url("mark", run), MARKS, follow=True).content.decode()

    assert "人均住房12.9平方米" in page
    assert "解读 四(一)2 · 第二章" in page
    assert "应为：有项目未达标：不能脱贫，继续帮扶" in page


def test_the_steps_ahead_are_not_given_away(learner, informant):
    run = RunFactory(informant, marked=True)

    learner.post(url("step", run), FIRST_STEP)

    shown = learner.get(url("run", run)).context["stations"]
    assert [station.code for station in shown] == ["verify_household"]


def test_a_lawful_step_is_taken(learner, informant):
    run = RunFactory(informant, marked=True)

    response = learner.post(url("step", run), FIRST_STEP)

    assert response["Location"] == f"{run.get_absolute_url()}#moving"
    run.refresh_from_db()
    assert [each["step"] for each in run.steps] == ["verify_household"]


def test_an_unlawful_step_is_explained_on_the_page(learner, informant):
    run = RunFactory(informant, marked=True)

    response = learner.post(
        url("step", run), {**FIRST_STEP, "level": "county"}, follow=True
    )

    assert "入户核验应由乡镇办理" in response.content.decode()
    run.refresh_from_db()
    assert run.steps == []


def test_a_double_submit_is_judged_once(learner, informant):
    run = RunFactory(informant, marked=True)
    learner.post(url("step", run), FIRST_STEP)

    learner.post(url("step", run), FIRST_STEP)

    run.refresh_from_db()
    assert run.turn == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("on", "2017-02-30"), ("on", ""), ("level", "moon"), ("notice_days", "-1")],
)
def test_a_step_that_cannot_be_read_is_refused_at_its_field(
    learner, informant, field, value
):
    run = RunFactory(informant, marked=True)

    response = learner.post(url("step", run), {**FIRST_STEP, field: value})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    run.refresh_from_db()
    assert run.turn == 0


def test_a_step_before_the_judgement_is_refused_with_the_reason(learner, informant):
    run = RunFactory(informant)

    response = learner.post(url("step", run), FIRST_STEP, follow=True)

    run.refresh_from_db()
    assert run.lines == []
    assert "请先认定这一户，再办理程序。" in response.content.decode()


def test_a_finished_run_offers_the_same_case_and_a_new_one(learner, informant):
    run = RunFactory(informant, "no-power", marked=True)
    learner.post(url("step", run), {**FIRST_STEP, "outcome": "failed"})

    page = learner.get(url("run", run)).content.decode()

    assert "得分100" in page
    assert f'name="seed" value="{run.seed}"' in page
    assert "换一个案例" in page
    again = learner.post(reverse("exercises:new"), {"seed": run.seed})
    assert again["Location"] != run.get_absolute_url()


def test_a_run_reads_in_english_too(learner, informant):
    run = RunFactory(informant, "area-short")
    learner.post(url("mark", run), MARKS)
    learner.cookies["django_language"] = "en"

    page = learner.get(url("run", run)).content.decode()

    assert "An item is not met: it stays and is helped on" in page
    assert "housing secured" in page


@pytest.mark.parametrize("name", ["mark", "step"])
def test_acts_are_not_done_by_reading(learner, informant, name):
    assert learner.get(url(name, RunFactory(informant))).status_code == 405
