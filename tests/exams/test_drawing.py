import pytest
from django.core.exceptions import ValidationError

from exams.domain.drawing import draw_paper
from exams.errors import CellShort
from exams.models import Cell, ItemVersion
from exams.models.blueprints import read_cells
from tests.factories.exams import make_blueprint, make_release, make_version

pytestmark = pytest.mark.django_db


def versions_of(paper):
    return [row["version"] for row in paper]


def test_one_seed_draws_one_paper():
    blueprint, release = make_blueprint(), make_release()

    assert draw_paper(blueprint, release, seed="a") == draw_paper(
        blueprint, release, seed="a"
    )


def test_seeds_draw_different_papers_and_orders_of_options():
    for number in range(20):
        make_version(stem=f"第{number}题？")
    blueprint = make_blueprint(cells=[Cell("policy", "single", 5, 2)])
    release = make_release()

    papers = [draw_paper(blueprint, release, seed=str(seed)) for seed in range(20)]

    assert len({tuple(sorted(versions_of(paper))) for paper in papers}) > 10
    assert len({tuple(row["order"]) for paper in papers for row in paper}) > 10


def test_every_cell_is_filled_and_no_question_comes_twice():
    paper = draw_paper(make_blueprint(), make_release(), seed="a")

    kinds = [row["kind"] for row in paper]
    assert kinds == ["judge", "single", "single", "multiple", "numeric"]
    assert [row["points"] for row in paper] == [2, 3, 3, 5, 4]
    assert [row["no"] for row in paper] == [1, 2, 3, 4, 5]
    assert len(set(versions_of(paper))) == 5


def test_options_are_shuffled_but_for_judgements():
    make_version("judge")
    for number in range(6):
        make_version("multiple", stem=f"第{number}题？")
    cells = [Cell("policy", "judge", 1, 2), Cell("policy", "multiple", 6, 2)]
    paper = draw_paper(make_blueprint(cells=cells), make_release(), seed="a")

    assert paper[0]["order"] == [0, 1]
    assert all(sorted(row["order"]) == [0, 1, 2, 3] for row in paper[1:])
    assert any(row["order"] != [0, 1, 2, 3] for row in paper[1:])


@pytest.mark.parametrize("seed", range(10))
def test_overlapping_cells_are_filled_when_it_can_be_done(seed):
    easy = make_version(difficulty=1)
    hard = make_version(difficulty=4, stem="难的？")
    cells = [Cell("policy", "single", 1, 1, 1, 5), Cell("policy", "single", 1, 9, 1, 2)]

    paper = draw_paper(make_blueprint(cells=cells), make_release(), seed=str(seed))

    assert {row["version"]: row["points"] for row in paper} == {easy.pk: 9, hard.pk: 1}


def test_a_cell_that_is_short_is_named():
    make_version(difficulty=2)
    cells = [Cell("policy", "single", 1, 1), Cell("policy", "single", 1, 1, 4, 5)]
    blueprint, release = make_blueprint(cells=cells), make_release()

    with pytest.raises(CellShort) as refusal:
        draw_paper(blueprint, release, seed="a")

    assert refusal.value.code == "cell-short"
    assert refusal.value.values == {"cell": cells[1], "needed": 1, "available": 0}


def test_only_the_release_is_drawn_from():
    old = make_version(code="one")
    release = make_release()
    make_version(code="one", stem="改过的题？")
    make_version(code="two", stem="后来的题？")
    blueprint = make_blueprint(cells=[Cell("policy", "single", 1, 1)])

    assert versions_of(draw_paper(blueprint, release, seed="a")) == [old.pk]
    assert ItemVersion.objects.count() == 3


def test_a_cell_may_keep_to_sections_that_its_questions_cite():
    for number in range(6):
        make_version(stem=f"第{number}题？")
    exits = [
        make_version(stem=f"出列{n}？", cites=["解读 四(二) · 第二章", "另一条"])
        for n in range(2)
    ]
    cell = Cell("policy", "single", 2, 1, cites=("解读 四(二) · 第二章", "解读 三"))
    blueprint = make_blueprint(cells=[cell])

    paper = draw_paper(blueprint, make_release(), seed="a")

    assert sorted(versions_of(paper)) == [version.pk for version in exits]
    assert blueprint.parts == [cell]
    assert str(cell).endswith("，出自解读 四(二) · 第二章、解读 三")


@pytest.mark.parametrize("cites", ["解读", [""], [3], None, {"解读": 1}, [["解读"]]])
def test_sections_that_are_no_list_of_words_are_refused(cites):
    row = Cell("policy", "single", 1, 1).as_row() | {"cites": cites}

    with pytest.raises(ValidationError) as refusal:
        read_cells([row])

    assert refusal.value.code == "bad_cell"


def test_cells_written_before_there_were_sections_are_read():
    row = Cell("policy", "single", 1, 1).as_row()
    del row["cites"]

    assert read_cells([row]) == [Cell("policy", "single", 1, 1)]
