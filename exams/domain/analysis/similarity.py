"""How far two papers agree beyond what two strangers of equal skill would.

Wesolowsky, G. O. (2000), Detecting excessive similarity in answers on multiple choice
exams, Journal of Applied Statistics 27(7), 909-921. A person j answers question i
rightly with the probability p = (1 - (1 - r)^a)^(1/a), where r is the share of all who
answered it rightly and a is the person's own, chosen so that the mean of p is what the
person got right. A wrong answer is drawn as others' wrong answers are. So two
strangers agree on a question with the probability

    p1 p2 + (1 - p1) (1 - p2) (sum of the squared shares of the wrong answers),

and the number of agreements is about normal. Far from its mean, with few questions, it
is not normal enough: of hard questions strangers stood out too often. So where the
curve says two standard deviations or more, the chance is reckoned exactly, as that of
a sum of unlike trials (van der Linden, W. J. and Sotaridona, L. S. (2006), Detecting
answer copying when the regular response process follows a known response model,
Journal of Educational and Behavioral Statistics 31(3), 283-304), and told as the
standard deviations that a normal variable goes beyond by that chance.

Of n papers all n (n - 1) / 2 pairs but those of one person are looked at, and a pair
stands out only when it would among that many by one chance in twenty (Bonferroni).
Questions of one's own choosing of options count; only those that both were asked and
both answered. It is evidence, and never a verdict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt
from statistics import NormalDist

# With fewer papers the shares say too little; with fewer common questions the normal
# curve does not fit.
FEWEST_PAPERS, FEWEST_SHARED = 20, 8
ALARM = 0.05
NORMAL = NormalDist()
# From here the chance is reckoned exactly; less than the least no number can tell.
FAR, LEAST_CHANCE = 2.0, 1e-300
LOWEST, HIGHEST, STEPS = 0.02, 50.0, 40

Option = tuple[int, ...]


@dataclass(frozen=True)
class Paper:
    """What one person chose in one attempt, by question, and whether that was right."""

    key: int
    answers: dict[int, tuple[Option, bool]]
    person: int


@dataclass(frozen=True)
class Pair:
    one: int
    other: int
    shared: int
    agreeing: int
    wrong_alike: int
    expected: float
    z: float


@dataclass(frozen=True)
class Similarity:
    """The pairs that agree most, how all pairs are spread, and where a pair begins to
    stand out; ``threshold`` is None where there are too few papers."""

    papers: int
    pairs: int = 0
    threshold: float | None = None
    closest: list[Pair] = field(default_factory=list)
    bands: Counter[int] = field(default_factory=Counter)

    @property
    def standing_out(self) -> list[Pair]:
        return [pair for pair in self.closest if self.stands_out(pair)]

    def stands_out(self, pair: Pair) -> bool:
        return self.threshold is not None and pair.z > self.threshold


def similarity_of(papers: Sequence[Paper], *, most: int = 50) -> Similarity:
    """Compare every two papers of two people: n²/2 pairs, each in the time of its
    questions. Who sat twice repeats only themselves."""
    if len(papers) < FEWEST_PAPERS:
        return Similarity(papers=len(papers))
    right, alike = shares_of(papers)
    skills = {paper.key: chances_of(paper, right) for paper in papers}
    bands: Counter[int] = Counter()
    pairs = []
    for one, other in combinations(papers, 2):
        if one.person == other.person:
            continue
        pair = compared(one, other, skills, alike)
        if pair is not None:
            bands[round(pair.z)] += 1
            pairs.append(pair)
    pairs.sort(key=lambda pair: -pair.z)
    threshold = NORMAL.inv_cdf(1 - ALARM / len(pairs)) if pairs else None
    return Similarity(len(papers), len(pairs), threshold, pairs[:most], bands)


def shares_of(papers: Sequence[Paper]) -> tuple[dict[int, float], dict[int, float]]:
    """By question: the share of right answers, and the chance that two wrong ones are
    the same."""
    asked: Counter[int] = Counter()
    right: Counter[int] = Counter()
    wrong: dict[int, Counter[Option]] = defaultdict(Counter)
    for paper in papers:
        for question, (option, is_right) in paper.answers.items():
            asked[question] += 1
            right[question] += is_right
            if not is_right:
                wrong[question][option] += 1
    alike = {
        question: sum((count / options.total()) ** 2 for count in options.values())
        for question, options in wrong.items()
    }
    return {each: right[each] / asked[each] for each in asked}, alike


def chances_of(paper: Paper, right: dict[int, float]) -> dict[int, float]:
    """The chance of this person to have each of the questions right."""
    if not paper.answers:
        return {}
    rates = {question: right[question] for question in paper.answers}
    got = sum(is_right for _option, is_right in paper.answers.values())
    low, high = LOWEST, HIGHEST
    for _step in range(STEPS):
        skill = sqrt(low * high)
        if sum(chance(rate, skill) for rate in rates.values()) < got:
            low = skill
        else:
            high = skill
    return {question: chance(rate, low) for question, rate in rates.items()}


def chance(rate: float, skill: float) -> float:
    return (1 - (1 - rate) ** skill) ** (1 / skill)


def compared(
    one: Paper,
    other: Paper,
    skills: dict[int, dict[int, float]],
    alike: dict[int, float],
) -> Pair | None:
    first, second = skills[one.key], skills[other.key]
    shared = agreeing = wrong_alike = 0
    agreements = []
    for question, (option, is_right) in one.answers.items():
        if question not in other.answers:
            continue
        p, q = first[question], second[question]
        agree = p * q + (1 - p) * (1 - q) * alike.get(question, 0.0)
        agreements.append(agree)
        shared += 1
        if other.answers[question][0] == option:
            agreeing += 1
            wrong_alike += not is_right
    expected = sum(agreements)
    variance = expected - sum(agree * agree for agree in agreements)
    if shared < FEWEST_SHARED or variance < 0.1:
        return None
    # Half an answer less, because agreements are counted and the curve is smooth.
    z = (agreeing - expected - 0.5) / sqrt(variance)
    if z >= FAR:
        z = -NORMAL.inv_cdf(max(LEAST_CHANCE, chance_of(agreements, agreeing)))
    return Pair(one.key, other.key, shared, agreeing, wrong_alike, expected, z)


def chance_of(agreements: Sequence[float], least: int) -> float:
    """The chance of so many agreements or more, each having a chance of its own."""
    ways = [1.0]
    for agree in agreements:
        without = [each * (1 - agree) for each in ways] + [0.0]
        with_it = [0.0] + [each * agree for each in ways]
        ways = [a + b for a, b in zip(without, with_it, strict=True)]
    return sum(ways[least:])
