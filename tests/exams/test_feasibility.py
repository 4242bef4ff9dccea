from math import comb

import pytest

from exams.domain.feasibility import prove
from exams.models import Cell
from tests.factories.exams import make_blueprint, make_release, make_version

pytestmark = pytest.mark.django_db


def bank(count, kind="single", **changes):
    for number in range(count):
        make_version(kind, stem=f"{kind}{changes}{number}？", **changes)


def test_papers_are_counted_and_their_overlap_foretold():
    bank(5)
    bank(3, kind="judge")
    cells = [Cell("policy", "judge", 2, 1), Cell("policy", "single", 2, 1)]

    proof = prove(make_blueprint(cells=cells), make_release())

    assert proof.is_feasible
    assert proof.is_exact
    assert proof.papers == comb(3, 2) * comb(5, 2) == 30
    assert proof.shared_at_least == 1  # two of three judgements twice: one is common
    assert proof.shared_on_average == pytest.approx(4 / 3 + 4 / 5)


def test_a_short_cell_is_shown_with_its_figures():
    bank(2)
    cells = [Cell("policy", "single", 3, 1)]

    proof = prove(make_blueprint(cells=cells), make_release())

    assert not proof.is_feasible
    assert proof.cells[0].is_short
    assert "需要3题，题库有2题" in proof.fault
    assert proof.papers == 0


def test_cells_on_the_same_questions_are_reckoned_together():
    bank(10)
    cells = [Cell("policy", "single", 4, 1), Cell("policy", "single", 4, 2, 1, 3)]

    proof = prove(make_blueprint(cells=cells), make_release())

    assert [each.contested for each in proof.cells] == [10, 10]
    assert proof.is_exact
    assert proof.papers == comb(10, 8) == 45
    assert proof.shared_at_least == 6
    assert proof.shared_on_average == pytest.approx(6.4, abs=0.05)
    assert (proof.trial.shared_at_most, min(proof.trial.pairs)) == (8, 6)


def test_cells_that_are_short_together_are_found():
    bank(3)
    cells = [Cell("policy", "single", 2, 1), Cell("policy", "single", 2, 1, 2, 3)]

    proof = prove(make_blueprint(cells=cells), make_release())

    assert not any(each.is_short for each in proof.cells)
    assert not proof.is_feasible
    assert (proof.papers, proof.shared_at_least, proof.trial) == (0, 0, None)


def test_a_great_number_is_spoken_as_a_power_of_ten():
    bank(40)
    cells = [Cell("policy", "single", 20, 1)]

    proof = prove(make_blueprint(cells=cells), make_release())

    assert proof.papers == comb(40, 20) == 137846528820
    assert proof.papers_spoken == "10^11"
