import pytest

from core.models import LogEntry
from exams.domain.planning import code_for, next_title
from exams.models import Blueprint, Cell
from tests.factories.exams import make_blueprint, make_release, make_version

pytestmark = pytest.mark.django_db
NEW = "/exams/blueprints/new/"
KEY = "2f1c8a34-5b1e-4c53-9a0e-6a1f8f6f3c11"
SECTION = "解读 四(一)2"


@pytest.fixture
def release():
    for number in range(4):
        make_version(stem=f"单选{number}？", cites=[SECTION])
        make_version("judge", stem=f"判断{number}？", cites=["解读 三"])
    return make_release()


@pytest.fixture
def author(client, trainer):
    client.force_login(trainer)
    return trainer


def row(number, **said):
    typed = {
        "subject": "policy",
        "kind": "single",
        "count": "",
        "points": "",
        "easiest": "1",
        "hardest": "5",
        **said,
    }
    return {f"form-{number}-{name}": value for name, value in typed.items()}


def sent(release, *rows, **said):
    typed = {
        "key": KEY,
        "title": "新的卷子",
        "spares_attempts": "2",
        "exposure_percent": "60",
        "release": str(release.pk),
        "form-TOTAL_FORMS": str(len(rows)),
        "form-INITIAL_FORMS": "0",
    }
    for number, each in enumerate(rows):
        typed |= row(number, **each)
    return typed | said


def test_a_trainer_draws_up_a_blueprint(client, author, release):
    parts = (
        {"count": "2", "points": "3", "cites": [SECTION]},
        {},
        {"kind": "judge", "count": "1", "points": "2", "hardest": "3"},
    )

    answer = client.post(NEW, sent(release, *parts))

    made = Blueprint.objects.get()
    assert answer.url == f"/exams/blueprints/{made.pk}/"
    assert made.parts == [
        Cell("policy", "single", 2, 3, cites=(SECTION,)),
        Cell("policy", "judge", 1, 2, 1, 3),
    ]
    assert (made.title, made.spares_attempts, made.exposure_percent) == (
        "新的卷子",
        2,
        60,
    )
    assert LogEntry.objects.get(action="blueprint.drawn-up").by == author


def test_sent_twice_it_is_one_blueprint(client, author, release):
    typed = sent(release, {"count": "2", "points": "3"})

    assert client.post(NEW, typed).url == client.post(NEW, typed).url
    assert Blueprint.objects.count() == 1


def test_it_is_proven_before_it_is_kept(client, author, release):
    typed = sent(release, {"count": "2", "points": "3"}, prove="1")

    page = client.post(NEW, typed)

    assert page.context["proof"].papers == 6
    assert "发布版中有4题可用" in page.content.decode()
    assert not Blueprint.objects.exists()


def test_one_that_cannot_be_filled_is_shown_and_not_kept(client, author, release):
    page = client.post(NEW, sent(release, {"count": "5", "points": "3"}))

    assert page.context["proof"].cells[0].is_short
    assert "需要5题，题库有4题" in page.content.decode()
    assert not Blueprint.objects.exists()


@pytest.mark.parametrize(
    ("rows", "said", "words"),
    [
        ([{}], {}, "试卷蓝图至少要有一格"),
        ([{"count": "2"}], {}, "第1部分，每题分值"),
        ([{"count": "2", "points": "0"}], {}, "第1部分，每题分值"),
        ([{"count": "2", "points": "1", "easiest": "4", "hardest": "2"}], {}, "低于"),
        ([{"count": "2", "points": "1", "cites": ["没有"]}], {}, "第1部分，只出引用"),
        ([{"count": "2", "points": "1", "kind": "songs"}], {}, "第1部分，题型"),
        ([{"count": "150", "points": "1"}] * 2, {}, "一份试卷最多200题"),
        ([{"count": "2", "points": "1"}], {"title": "测试卷"}, "已有同名"),
        ([{"count": "2", "points": "1"}], {"exposure_percent": "0"}, "同一题"),
        ([{"count": "2", "points": "1"}], {"spares_attempts": "11"}, "最近几次"),
        ([{"count": "2", "points": "1"}], {"key": "x"}, "UUID"),
        ([], {"form-TOTAL_FORMS": "-1"}, "试卷蓝图至少要有一格"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(
    client, author, release, rows, said, words
):
    make_blueprint()

    page = client.post(NEW, sent(release, *rows, **said))

    assert page.status_code == 200
    assert words in page.content.decode()
    assert Blueprint.objects.count() == 1


def test_more_rows_keep_what_was_typed(client, author, release):
    typed = sent(
        release,
        {"count": "x", "points": "7", "cites": [SECTION]},
        title="半成品",
        add="1",
    )

    page = client.post(NEW, typed)

    cells = page.context["cells"]
    assert len(cells.forms) == 4
    assert page.context["form"]["title"].value() == "半成品"
    assert [cells[0][name].value() for name in ("count", "points", "cites")] == [
        "x",
        "7",
        [SECTION],
    ]
    assert "error-summary" not in page.content.decode()


def test_a_copy_begins_as_the_blueprint_that_stays_as_it_is(client, author, release):
    cells = [Cell("policy", "single", 2, 3, cites=("哪里都没有",))]
    base = make_blueprint(cells=cells)

    page = client.get(f"{NEW}?copy={base.pk}")
    parts = {"count": "2", "points": "5", "cites": [SECTION]}
    client.post(f"{NEW}?copy={base.pk}", sent(release, parts))

    first = page.context["cells"][0]
    assert first["cites"].value() == ["哪里都没有"]
    assert page.context["form"]["title"].value() == "测试卷（第2版）"
    made = Blueprint.objects.get(
        code=code_for(page.context["form"].fields["key"].clean(KEY))
    )
    assert (made.based_on, made.max_score) == (base, 10)
    base.refresh_from_db()
    assert base.parts == cells


def test_copies_are_numbered():
    assert next_title(Blueprint(title="卷（第2版）")) == "卷（第3版）"
    assert len(next_title(Blueprint(title="长" * 100))) == 100


def test_a_blueprint_is_shown_with_what_it_can_draw(client, author, release):
    made = make_blueprint(cells=[Cell("policy", "single", 2, 3)])

    page = client.get(f"/exams/blueprints/{made.pk}/").content.decode()

    assert "平均1.0题（共2题）" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    client, author, release, count, django_assert_num_queries
):
    for number in range(count):
        make_blueprint(f"tests-{number}")

    with django_assert_num_queries(4):  # user, grants, count, blueprints
        page = client.get("/exams/blueprints/")

    assert page.content.decode().count("测试卷") == count


@pytest.mark.parametrize("path", ["", "new/", "1/"])
def test_only_authors_draw_up_blueprints(client, county_officer, path):
    client.force_login(county_officer)

    assert client.get(f"/exams/blueprints/{path}").status_code == 403
    assert client.post(NEW, {}).status_code == 403


@pytest.mark.parametrize("number", ["9" * 30, "x", "-1"])
def test_what_is_not_there_is_not_copied(client, author, release, number):
    assert client.get(f"{NEW}?copy={number}").status_code in (200, 404)


@pytest.mark.parametrize("box", [{}, {"evens_difficulty": "on"}])
def test_more_rows_keep_the_box_as_it_was(client, author, release, box):
    typed = sent(release, {"count": "2", "points": "3"}, add="1", **box)

    form = client.post(NEW, typed).context["form"]

    assert bool(form["evens_difficulty"].value()) == bool(box)


def test_a_blueprint_that_evens_papers_out_says_so_and_so_does_its_copy(
    client, author, release
):
    parts = {"count": "2", "points": "3"}
    made = client.post(NEW, sent(release, parts, evens_difficulty="on")).url

    assert Blueprint.objects.get().evens_difficulty
    page = client.get(made).content.decode()
    assert "取难度最接近平均的一份" in page
    assert "100份中有95份在2.00到2.00之间" in page
    copied = client.get(NEW, {"copy": Blueprint.objects.get().pk}).context["form"]
    assert copied["evens_difficulty"].value() is True
