from collections import Counter

import pytest

from exams.domain.feasibility import prove
from exams.domain.loading import load_questions
from exams.domain.planning import comprehensive_blueprint, starter_blueprint
from exams.domain.releasing import sign_release
from exams.enums import Kind
from exams.models import Blueprint
from tests.factories.exams import NOON

pytestmark = pytest.mark.django_db


def test_the_starter_bank_is_enough_for_both_papers():
    load_questions()
    release = sign_release("starter", by=None, at=NOON)

    for blueprint in (starter_blueprint(), comprehensive_blueprint()):
        proof = prove(blueprint, release)
        assert (proof.fault, blueprint.max_score) == ("", 100)
        assert proof.papers > 10**6


def test_the_comprehensive_paper_asks_every_kind():
    asked = Counter(cell.kind for cell in comprehensive_blueprint().parts)

    assert set(asked) == set(Kind.values)
    assert comprehensive_blueprint().question_count == 25


def test_the_paper_for_the_certificate_waits_for_no_marker_and_comes_first():
    comprehensive_blueprint()
    starter = starter_blueprint()

    assert Kind.SHORT not in {cell.kind for cell in starter.parts}
    assert Blueprint.objects.first() == starter


def test_drawn_up_again_they_are_the_same():
    first = comprehensive_blueprint()

    assert comprehensive_blueprint() == first
    assert Blueprint.objects.count() == 1
