from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.granting import sync_admin_access
from core.models import LogEntry
from exams.domain.authoring import open_bank_to_trainers
from exams.domain.drawing import draw_paper, redraw_paper
from exams.domain.excluding import exclude_items, lift_exclusion
from exams.domain.feasibility import prove
from exams.domain.planning import draw_up_blueprint
from exams.domain.releasing import keep_starter_release, sign_release
from exams.domain.retiring import retire_item
from exams.errors import NoReason, NotTwoQuestions, TooFewApart
from exams.models import Blueprint, Cell, Exclusion, Item, Release
from tests.factories.exams import (
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db
ONE_CELL = [Cell("policy", "single", 2, 1)]
BANK = "/admin/questions/"
KEPT_APART = "/exams/exclusions/"


@pytest.fixture
def author(client, trainer):
    open_bank_to_trainers()
    sync_admin_access(trainer, on=timezone.localdate())
    client.force_login(trainer)
    return trainer


@pytest.fixture
def items():
    return [make_version(stem=f"第{number}题？").item for number in range(4)]


@pytest.fixture
def apart(trainer):
    """Keep the questions of a pair apart."""

    def keep(one, other, reason="一题透露另一题。"):
        return exclude_items(one, other, reason=reason, by=trainer, at=NOON)

    return keep


def items_of(paper):
    asked = [row["version"] for row in paper]
    return set(Item.objects.filter(versions__in=asked).values_list("code", flat=True))


def test_two_questions_are_kept_apart_once(items, apart, trainer):
    exclusion = apart(items[2], items[1])
    again = apart(items[1], items[2], reason="另一条。")

    assert again == exclusion
    assert (exclusion.one, exclusion.other) == (items[1], items[2])
    assert Exclusion.objects.get().reason == "一题透露另一题。"
    logged = LogEntry.objects.get(action="items.excluded")
    assert (logged.by, logged.detail["other"]) == (trainer, items[2].code)


def test_a_question_is_not_kept_apart_from_itself_or_without_a_reason(items, apart):
    with pytest.raises(NotTwoQuestions) as refusal:
        apart(items[0], items[0])
    with pytest.raises(NoReason):
        apart(items[0], items[1], reason=" ")

    assert refusal.value.code == "not-two-questions"
    assert not Exclusion.objects.exists()


def test_the_database_keeps_a_pair_in_one_order(items, apart, trainer):
    facts = {"reason": "相近。", "by": trainer, "at": NOON}

    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.create(one=items[1], other=items[0], **facts)


def test_lifting_says_so_once(items, apart, trainer):
    exclusion = apart(items[0], items[1])

    lift_exclusion(exclusion, by=trainer)
    lift_exclusion(exclusion, by=trainer)

    assert not Exclusion.objects.exists()
    assert LogEntry.objects.filter(action="items.exclusion-lifted").count() == 1


def test_no_paper_of_the_next_release_holds_both(items, apart):
    for other in items[1:3]:
        apart(items[0], other)
    blueprint, release = make_blueprint(cells=ONE_CELL), make_release()

    papers = [
        items_of(draw_paper(blueprint, release, seed=str(seed))) for seed in range(60)
    ]

    codes = [item.code for item in items]
    assert {frozenset(paper) for paper in papers} == {
        frozenset({codes[0], codes[3]}),
        frozenset({codes[1], codes[2]}),
        frozenset({codes[1], codes[3]}),
        frozenset({codes[2], codes[3]}),
    }


def test_a_release_keeps_what_it_was_signed_with(items, apart, trainer):
    before = sign_release("line", by=trainer, at=NOON)
    exclusion = apart(items[0], items[1])
    after = sign_release("line", by=trainer, at=NOON)
    lift_exclusion(exclusion, by=trainer)

    pair = [items[0].current_id, items[1].current_id]
    assert (before.number, before.exclusions) == (1, [])
    assert (after.number, after.exclusions) == (2, [pair])
    assert Release.objects.get(pk=after.pk).exclusions == [pair]
    assert sign_release("line", by=trainer, at=NOON).exclusions == []


def test_new_versions_are_kept_apart_as_the_old_ones(items, apart, trainer):
    apart(items[0], items[1])
    version = make_version(code=items[0].code, stem="改过的题？")

    release = sign_release("line", by=trainer, at=NOON)

    assert release.exclusions == [[version.pk, items[1].current_id]]


def test_a_paper_is_drawn_again_after_its_questions_were_let_together(
    items, apart, trainer, informant
):
    exclusion = apart(items[0], items[1])
    sitting = SittingFactory(
        blueprint=make_blueprint(cells=[Cell("policy", "single", 3, 1)])
    )
    attempt = AttemptFactory(sitting=sitting, candidate=informant)

    lift_exclusion(exclusion, by=trainer)

    assert redraw_paper(attempt) == attempt.paper


def test_the_site_itself_signs_nothing_after_a_person_kept_questions_apart(
    items, apart
):
    first = keep_starter_release("line", at=NOON)
    apart(items[0], items[1])

    assert keep_starter_release("line", at=NOON) == first


def test_the_proof_counts_what_may_stand_together(items, apart):
    apart(items[0], items[1])
    apart(items[2], items[3])

    proof = prove(make_blueprint(cells=ONE_CELL), make_release())

    assert (proof.is_feasible, proof.is_exact, proof.papers) == (True, True, 4)
    assert (proof.exclusions, proof.shared_at_least) == (2, 0)
    assert (proof.cells[0].available, proof.cells[0].together) == (4, 2)
    assert proof.trial.shared_on_average == pytest.approx(1, abs=0.1)


def test_a_cell_is_short_by_what_is_kept_apart(items, apart):
    apart(items[0], items[1])
    apart(items[2], items[3])
    cells = [Cell("policy", "single", 3, 1)]
    release = make_release()

    proof = prove(make_blueprint(cells=cells), release)

    assert (proof.is_feasible, proof.papers, proof.trial) == (False, 0, None)
    assert proof.cells[0].is_short
    with pytest.raises(TooFewApart) as refusal:
        draw_up_blueprint("other", title="卷", cells=cells, by=None, release=release)
    assert refusal.value.code == "too-few-apart"
    assert not Blueprint.objects.filter(code="other").exists()
    with pytest.raises(TooFewApart):
        SittingFactory(blueprint=make_blueprint(), release=release)


def test_a_bound_is_called_a_bound_on_the_page(client, author, apart):
    items = [make_version(stem=f"很长的链{n}？").item for n in range(30)]
    for one, other in pairwise(items):
        apart(one, other)
    blueprint = make_blueprint(cells=ONE_CELL)
    make_release()

    page = client.get(f"/exams/blueprints/{blueprint.pk}/")

    assert not page.context["proof"].is_exact
    text = page.content.decode()
    assert "至多435" in text
    assert "29对" in text


def test_an_author_keeps_two_questions_apart_on_the_page(client, author, items):
    one, other = items[:2]
    typed = {"other": other.code, "reason": "一题透露另一题。"}

    answer = client.post(f"/exams/items/{one.pk}/exclude/", typed)

    exclusion = Exclusion.objects.get()
    assert answer.url == f"{BANK}inspect/{one.pk}/"
    assert (exclusion.one, exclusion.other, exclusion.by) == (one, other, author)
    for item, beside in ((one, other), (other, one)):
        text = client.get(f"{BANK}inspect/{item.pk}/").content.decode()
        assert f"不再与{beside.code}互斥" in text

    answer = client.post(f"/exams/exclusions/{exclusion.pk}/lift/", {"item": other.pk})
    assert answer.url == f"{BANK}inspect/{other.pk}/"
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"other": "NOBODY", "reason": "相近。"}, "没有这个编号的试题"),
        ({"other": "single-2", "reason": ""}, "请写明原因。"),
        ({"other": "single-1", "reason": "相近。"}, "不能与自身"),
    ],
)
def test_what_cannot_be_kept_apart_is_said(client, author, items, typed, words):
    page = client.post(f"/exams/items/{items[0].pk}/exclude/", typed, follow=True)

    assert words in page.content.decode()
    assert not Exclusion.objects.exists()


def test_the_release_page_waits_for_a_change_of_what_is_kept_apart(
    client, author, items, apart
):
    sign_release("starter", by=author, at=NOON)
    assert "互斥" not in client.get("/exams/releases/").content.decode()

    apart(items[0], items[1])

    page = client.get("/exams/releases/")
    text = page.content.decode()
    assert "试题的互斥关系有变动" in text
    assert "其中1对试题互斥" in text
    client.post("/exams/releases/", page.context["form"].initial)
    assert Release.objects.get(number=2).exclusions == [
        [items[0].current_id, items[1].current_id]
    ]


def test_the_form_says_how_many_may_stand_together(client, author, items, apart):
    apart(items[0], items[1])
    release = make_release()
    typed = {
        "key": "2f1c8a34-5b1e-4c53-9a0e-6a1f8f6f3c11",
        "title": "新的卷子",
        "spares_attempts": "0",
        "exposure_percent": "100",
        "release": str(release.pk),
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "prove": "1",
    }
    cell = {"subject": "policy", "kind": "single", "count": "2", "points": "1"}
    cell |= {"easiest": "1", "hardest": "5"}
    typed |= {f"form-0-{name}": value for name, value in cell.items()}

    text = client.post("/exams/blueprints/new/", typed).content.decode()

    assert "同一份卷中最多用3题" in text
    assert "1对" in text


def test_nearly_the_same_question_is_kept_apart_by_a_button(client, author):
    stem = "2017年认定的贫困户脱贫要达到哪些条件，由谁来认定，认定结果要公示几天？"
    one, other = (make_version(stem=f"{stem}{sign}").item for sign in ("", "！"))
    page = f"{BANK}inspect/{one.pk}/"
    assert f"将{other.code}设为互斥" in client.get(page).content.decode()

    reason = "两题问法相近。"
    client.post(
        f"/exams/items/{one.pk}/exclude/", {"other": other.code, "reason": reason}
    )

    assert f"将{other.code}设为互斥" not in client.get(page).content.decode()
    assert Exclusion.objects.get().reason == reason


def test_all_that_are_kept_apart_stand_on_one_page(client, author, items, apart):
    apart(items[0], items[1], reason="一题透露另一题。")
    retire_item(items[1], reason="过时。", by=author, at=NOON)
    apart(items[2], items[3], reason="两题问法相近。")

    text = client.get(KEPT_APART).content.decode()

    for item in items:
        assert f"{BANK}inspect/{item.pk}/#apart" in text
        assert item.current.stem in text
    assert text.index("两题问法相近。") < text.index("一题透露另一题。")
    assert text.count("已停用") == 1
    assert author.real_name in text
    assert KEPT_APART in client.get(BANK).content.decode()
    page = client.get(f"{BANK}inspect/{items[0].pk}/").content.decode()
    assert KEPT_APART in page


def test_they_are_searched_by_words(client, author, items, apart):
    first = apart(items[0], items[1], reason="一题透露另一题。")
    second = apart(items[2], items[3], reason="两题问法相近。")
    told = {
        "第0题": [first],
        items[3].code.upper(): [second],
        "问法 第2题": [second],
        "问法 第0题": [],
        author.real_name: [second, first],
        "100%": [],
        "题 " * 500: [second, first],
    }

    found = {
        words: list(client.get(KEPT_APART, {"q": words}).context["page"])
        for words in told
    }

    assert found == told
    assert "没有符合的互斥试题" in client.get(KEPT_APART, {"q": "无"}).content.decode()


def test_there_are_pages_of_them(client, author, items, apart, monkeypatch):
    monkeypatch.setattr("exams.views.exclusions.ON_A_PAGE", 2)
    said = [apart(one, other) for one, other in pairwise(items)]

    page = client.get(KEPT_APART, {"page": 2, "q": "透露"})

    assert list(page.context["page"]) == said[:1]
    assert "page=1" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_them_costs_the_same_whatever_its_length(
    client, author, items, apart, count, django_assert_num_queries
):
    for one, other in list(pairwise(items))[:count]:
        apart(one, other)

    # user, grants, own running attempts, count, pairs
    with django_assert_num_queries(5):
        assert len(client.get(KEPT_APART).context["page"]) == count
