import random
from statistics import NormalDist

import pytest
from django.utils import timezone

from exams.domain.analysis.similarity import (
    Paper,
    chance,
    chance_of,
    chances_of,
    compared,
    shares_of,
    similarity_of,
)
from exams.models import Attempt
from tests.factories.exams import HOUR, AttemptFactory, SittingFactory, make_candidate

QUESTIONS = 40


def strangers(count, seed=2):
    """Papers of people of various skill who know nothing of each other."""
    luck = random.Random(seed)
    hard = [luck.uniform(0.2, 0.9) for _each in range(QUESTIONS)]
    papers = []
    for key in range(count):
        skill = luck.uniform(0.6, 1.8)
        answers = {}
        for question, rate in enumerate(hard):
            is_right = luck.random() < chance(rate, skill)
            option = 0 if is_right else luck.choice([1, 1, 2, 3])
            answers[question] = ((option,), is_right)
        papers.append(Paper(key, answers, person=key))
    return papers


def right_answers(paper):
    return sum(is_right for _option, is_right in paper.answers.values())


def test_a_skill_of_one_gets_right_what_all_get_right():
    assert chance(0.3, 1) == pytest.approx(0.3)
    assert chance(0.3, 2) == pytest.approx((1 - 0.7**2) ** 0.5)


def test_the_chances_of_a_person_add_up_to_what_was_right():
    papers = strangers(30)
    right, _alike = shares_of(papers)

    for paper in papers:
        got = pytest.approx(right_answers(paper), abs=0.01)
        assert sum(chances_of(paper, right).values()) == got


def test_the_expected_agreement_is_that_of_the_published_formula():
    """Two questions by hand: r = 1/2, all wrong answers alike on the first, two kinds
    of them equally often on the second; both people got half right."""
    one = Paper(1, dict.fromkeys(range(8), ((0,), True)), person=1)
    chances = dict.fromkeys(range(8), 0.5)
    alike = {n: 1.0 if n < 4 else 0.5 for n in range(8)}
    other = Paper(2, one.answers, person=2)

    pair = compared(one, other, {1: chances, 2: chances}, alike)

    assert pair.expected == pytest.approx(4 * 0.5 + 4 * 0.375)
    # The curve would say (8 - 3.5 - 0.5) / 1.39 = 2.9, which is too much.
    assert pair.z == pytest.approx(-NormalDist().inv_cdf(0.5**4 * 0.375**4))
    assert (pair.shared, pair.agreeing, pair.wrong_alike) == (8, 8, 0)


def test_near_the_mean_the_index_is_that_of_the_curve():
    """Of eight agreements at even chances five: half a standard deviation less half an
    answer."""
    answers = dict.fromkeys(range(8), ((0,), True))
    other = answers | dict.fromkeys(range(3), ((1,), False))
    chances = dict.fromkeys(range(8), 0.5)
    alike = dict.fromkeys(range(8), 1.0)

    pair = compared(
        Paper(1, answers, person=1), Paper(2, other, person=2),
        {1: chances, 2: chances}, alike,
    )  # fmt: skip

    assert pair.z == pytest.approx((5 - 4 - 0.5) / 2**0.5)


def test_the_chance_of_unlike_trials_is_exact():
    assert chance_of([0.5] * 3, 2) == pytest.approx(4 / 8)
    assert chance_of([0.5, 0.2], 2) == pytest.approx(0.1)
    assert chance_of([0.5, 0.2], 1) == pytest.approx(1 - 0.5 * 0.8)
    assert chance_of([0.5, 0.2], 0) == pytest.approx(1)


def hall_of_hard_questions(seed, count=120):
    """Twenty questions drawn of forty that few can answer, with many ways to err:
    what two papers share are some ten questions, and agreeing is rare."""
    luck = random.Random(seed)
    hard = [luck.uniform(0.05, 0.5) for _each in range(QUESTIONS)]
    papers = []
    for key in range(count):
        skill = luck.uniform(0.5, 2)
        answers = {}
        for question in luck.sample(range(QUESTIONS), 20):
            is_right = luck.random() < chance(hard[question], skill)
            option = 0 if is_right else luck.randint(1, 12)
            answers[question] = ((option,), is_right)
        papers.append(Paper(key, answers, person=key))
    return papers


def test_strangers_stand_out_no_more_often_than_is_said(monkeypatch):
    halls = [hall_of_hard_questions(seed) for seed in range(10)]

    exact = [len(similarity_of(papers).standing_out) for papers in halls]
    monkeypatch.setattr("exams.domain.analysis.similarity.FAR", float("inf"))
    by_the_curve = [len(similarity_of(papers).standing_out) for papers in halls]

    assert sum(exact) == 0
    assert sum(map(bool, by_the_curve)) > 1


def test_strangers_do_not_stand_out():
    found = similarity_of(strangers(60))

    assert found.pairs == 60 * 59 // 2
    assert found.standing_out == []
    assert found.bands.total() == found.pairs


def test_a_copied_paper_stands_out_and_nothing_else():
    papers = strangers(60)
    weak = min(papers, key=right_answers).key
    copied = dict(papers[weak].answers) | {0: ((2,), False), 1: ((3,), False)}
    papers[weak + 1] = Paper(weak + 1, copied, person=weak + 1)

    found = similarity_of(papers)

    assert [(pair.one, pair.other) for pair in found.standing_out] == [(weak, weak + 1)]
    assert found.closest[0].wrong_alike > 5


def test_a_person_who_sat_twice_is_not_compared_with_themselves():
    papers = strangers(60)
    weak = min(papers, key=right_answers)
    papers.append(Paper(60, weak.answers, person=weak.person))

    found = similarity_of(papers)

    assert found.standing_out == []
    assert found.pairs == 61 * 60 // 2 - 1


def test_few_papers_say_nothing():
    assert similarity_of(strangers(19)).threshold is None


@pytest.mark.django_db
def test_the_page_waits_and_is_for_those_who_oversee(
    client, napo, county_officer, informant
):
    sitting = SittingFactory(opens_at=timezone.now() - HOUR)
    AttemptFactory(
        sitting=sitting,
        candidate=make_candidate(),
        started_at=timezone.now(),
        right=True,
    )
    address = f"/exams/analysis/sittings/{sitting.pk}/similarity/"

    client.force_login(county_officer)
    assert "closest" not in client.get(address).content.decode()
    client.force_login(informant)
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_page_names_the_pairs_of_a_county(
    client, napo, county_officer, monkeypatch
):
    from exams.domain.analysis import similarity  # noqa: PLC0415

    monkeypatch.setattr(similarity, "FEWEST_PAPERS", 3)
    monkeypatch.setattr(similarity, "FEWEST_SHARED", 1)
    began = timezone.now() - 6 * HOUR
    sitting = SittingFactory(opens_at=began, division=napo.region)
    for number in range(3):
        AttemptFactory(
            sitting=sitting,
            candidate=make_candidate(),
            started_at=began,
            right=number != 0,
        )
    AttemptFactory(
        sitting=sitting,
        candidate=make_candidate(at=napo.other_county),
        started_at=began,
        right=True,
    )
    client.force_login(county_officer)

    response = client.get(f"/exams/analysis/sittings/{sitting.pk}/similarity/")

    assert response.context["county"] == napo.county
    assert response.context["similarity"].papers == 3
    named = {row["one"].pk for row in response.context["rows"]}
    assert named <= set(Attempt.objects.within("451026").values_list("pk", flat=True))
    assert "只是线索，不是结论" in response.content.decode()
