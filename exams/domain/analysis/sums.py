"""The sums that all statistics come from: whole numbers and fractions, which merge.

Points are counted in hundredths, as scores are kept. The sums of two groups of
attempts, merged, are the sums of both together, whatever the order; nothing is
rounded on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import NamedTuple

# A cohort is the part of the tree its people stand in: region, city and county.
COHORT_LENGTHS = (2, 4, 6)
OMITTED = -1
NO_PAPER, MIXED_PAPERS = None, ""


class Given(NamedTuple):
    """What one person did with one question; ``chosen`` are places in the version's
    own order, None where a question has no options."""

    version: int
    points: int
    earned: int
    answered: bool
    chosen: tuple[int, ...] | None
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A marked attempt, as far as statistics need it."""

    month: date
    place: str
    passed: bool
    score: int
    out_of: int
    answers: tuple[Given, ...]

    @property
    def form(self) -> str:
        """Equal for two sheets if and only if they hold the same questions."""
        parts = sorted(f"{each.version}:{each.points}" for each in self.answers)
        return sha256(",".join(parts).encode()).hexdigest()[:16]

    @property
    def error(self) -> Fraction:
        """How much the score would vary were the questions drawn anew for the same
        person: the variance of the share earned within the sheet, weighed by the
        squares of the points. With equal points and no partial credit it is the
        binomial error x(k - x)/(k - 1)."""
        count = len(self.answers)
        if count < 2:
            return Fraction(0)
        marks = Counter((each.earned, each.points) for each in self.answers)
        shares = [(Fraction(*mark), times) for mark, times in marks.items()]
        total = sum(share * times for share, times in shares)
        squares = sum(share * share * times for share, times in shares)
        variance = (squares - total * total / count) / (count - 1)
        return variance * sum((each.points // 100) ** 2 for each in self.answers)


@dataclass
class ItemSums:
    """Of one version of a question.

    ``joint`` counts people by (score, out of, earned, points). ``chosen`` counts,
    ``rest`` adds up the points earned elsewhere, by (option, points to be had
    elsewhere); an omission is option -1. ``seconds`` counts people by time.
    """

    joint: Counter = field(default_factory=Counter)
    chosen: Counter = field(default_factory=Counter)
    rest: Counter = field(default_factory=Counter)
    seconds: Counter = field(default_factory=Counter)

    def add(self, given: Given, score: int, out_of: int) -> None:
        self.joint[score, out_of, given.earned, given.points] += 1
        options = given.chosen or () if given.answered else (OMITTED,)
        for option in options:
            place = option, out_of - given.points
            self.chosen[place] += 1
            self.rest[place] += score - given.earned
        if given.seconds is not None:
            self.seconds[given.seconds] += 1

    def merge(self, other: ItemSums) -> None:
        # Not +, which drops what adds up to nothing.
        self.joint.update(other.joint)
        self.chosen.update(other.chosen)
        self.rest.update(other.rest)
        self.seconds.update(other.seconds)

    @property
    def count(self) -> int:
        return self.joint.total()

    @property
    def right(self) -> int:
        return sum(
            people
            for (_score, _out_of, earned, points), people in self.joint.items()
            if earned == points
        )

    @property
    def omitted(self) -> int:
        return self.picked(OMITTED)

    def picked(self, option: int) -> int:
        return sum(n for (place, _most), n in self.chosen.items() if place == option)


@dataclass
class PaperSums:
    """Of the papers of a group of attempts.

    ``scores`` counts people by (score, out of, questions), ``errors`` adds up what
    ``Sheet.error`` says. ``form`` is the one form that all papers had, the empty
    word if they differ, None while there is no paper.
    """

    scores: Counter = field(default_factory=Counter)
    passed: int = 0
    errors: Fraction = Fraction(0)
    form: str | None = NO_PAPER

    def add(self, sheet: Sheet) -> None:
        self.scores[sheet.score, sheet.out_of, len(sheet.answers)] += 1
        self.passed += sheet.passed
        self.errors += sheet.error
        self.form = same_form(self.form, sheet.form)

    def merge(self, other: PaperSums) -> None:
        self.scores.update(other.scores)
        self.passed += other.passed
        self.errors += other.errors
        self.form = same_form(self.form, other.form)

    @property
    def count(self) -> int:
        return self.scores.total()

    @property
    def is_fixed(self) -> bool:
        """Everybody had the same questions."""
        return self.form not in (NO_PAPER, MIXED_PAPERS)


def same_form(one: str | None, other: str | None) -> str | None:
    if one is NO_PAPER or other is NO_PAPER:
        return other if one is NO_PAPER else one
    return one if one == other else MIXED_PAPERS


@dataclass
class CohortSums:
    """Of the people of one place in one month."""

    paper: PaperSums = field(default_factory=PaperSums)
    items: dict[int, ItemSums] = field(default_factory=dict)

    def add(self, sheet: Sheet) -> None:
        self.paper.add(sheet)
        for given in sheet.answers:
            self.of(given.version).add(given, sheet.score, sheet.out_of)

    def merge(self, other: CohortSums) -> None:
        self.paper.merge(other.paper)
        for version, sums in other.items.items():
            self.of(version).merge(sums)

    def of(self, version: int) -> ItemSums:
        sums = self.items.get(version)
        if sums is None:
            sums = self.items[version] = ItemSums()
        return sums


Place = tuple[date, str]


@dataclass
class SittingSums:
    """Of a sitting, by month and the smallest place that has sums of its own."""

    cohorts: dict[Place, CohortSums] = field(default_factory=dict)

    def add(self, sheet: Sheet) -> None:
        place = sheet.month, sheet.place[: COHORT_LENGTHS[-1]]
        self.cohorts.setdefault(place, CohortSums()).add(sheet)

    def merge(self, other: SittingSums) -> None:
        for place, sums in other.cohorts.items():
            self.cohorts.setdefault(place, CohortSums()).merge(sums)

    def rolled_up(self) -> Iterator[tuple[Place, CohortSums]]:
        """Every cohort: the counties as they are, cities and region merged."""
        forebears: dict[Place, CohortSums] = {}
        for (month, code), sums in self.cohorts.items():
            for cohort in cohorts_of(code):
                if len(cohort) == COHORT_LENGTHS[-1]:
                    yield (month, cohort), sums
                else:
                    forebears.setdefault((month, cohort), CohortSums()).merge(sums)
        yield from forebears.items()


def cohorts_of(code: str) -> list[str]:
    """The cohorts that a place belongs to, the widest first."""
    return [code[:length] for length in COHORT_LENGTHS if length <= len(code)]


def sums_of(sheets: Iterable[Sheet]) -> SittingSums:
    sums = SittingSums()
    for sheet in sheets:
        sums.add(sheet)
    return sums


def merged(parts: Iterable[ItemSums]) -> ItemSums:
    whole = ItemSums()
    for part in parts:
        whole.merge(part)
    return whole


def merged_papers(parts: Iterable[PaperSums]) -> PaperSums:
    whole = PaperSums()
    for part in parts:
        whole.merge(part)
    return whole
