"""Setting a pass mark by Angoff's method, with its reasons on record.

Each judge says of each question how many in a hundred candidates just fit for the
post would answer it rightly. The mean over the judges is what such a candidate is
expected to earn on it; a cell of the blueprint is worth the mean of the questions it
may draw, times its points. What the whole paper is worth to that candidate is the cut
the ratings give. The panel then sets the pass mark, and says why there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import stdev

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.models import Division
from divisions.scoping import at as placed_at
from exams.errors import (
    GroundDiffers,
    NoReasons,
    NotAJudge,
    NotARating,
    NothingToJudge,
    PanelClosed,
    RatingsMissing,
    TooFewJudges,
)
from exams.models import (
    Blueprint,
    ItemVersion,
    Panel,
    PassMarkGround,
    Rating,
    Release,
    Sitting,
)
from exams.sitting_errors import GroundFrozen, QuestionsUnjudged

from .keying import all_in_force

FEWEST_JUDGES = 2
MARKS = range(101)


@dataclass(frozen=True)
class Judgement:
    """What a judge says of one question."""

    version: int
    percent: int
    remark: str = ""


@dataclass(frozen=True)
class QuestionRatings:
    """All that was said of one question; ``deviation`` needs two judges."""

    version: ItemVersion
    percents: list[int]

    @property
    def mean(self) -> Fraction | None:
        if not self.percents:
            return None
        return Fraction(sum(self.percents), len(self.percents))

    @property
    def deviation(self) -> float | None:
        return stdev(self.percents) if len(self.percents) > 1 else None


@dataclass(frozen=True)
class JudgeCut:
    """Where one judge alone would set the cut; None while questions are unrated."""

    judge: User
    rated: int
    percent: Decimal | None


@dataclass(frozen=True)
class PanelResult:
    questions: list[QuestionRatings]
    judges: list[JudgeCut]
    found: Decimal | None

    @property
    def spread(self) -> float | None:
        """The standard deviation of the judges' own cuts, in per cent of the paper."""
        cuts = [float(each.percent) for each in self.judges if each.percent is not None]
        return stdev(cuts) if len(cuts) > 1 else None


@transaction.atomic
def convene_panel(
    title: str,
    *,
    division: Division,
    blueprint: Blueprint,
    release: Release,
    judges: Collection[User],
    by: User,
    at: datetime,
) -> Panel:
    """Open a panel. Raises ``TooFewJudges`` or ``NothingToJudge``."""
    if len(set(judges)) < FEWEST_JUDGES:
        raise TooFewJudges
    versions = list(release.versions.all())
    if not all(members(blueprint, versions)):
        raise NothingToJudge
    panel = Panel.objects.create(
        title=title,
        blueprint=blueprint,
        release=release,
        convened_at=at,
        convened_by=by,
        **placed_at(division),
    )
    panel.judges.set(judges)
    record("panel.convened", panel, by=by, judges=sorted(each.pk for each in judges))
    return panel


@transaction.atomic
def rate_questions(
    panel: Panel, judgements: Iterable[Judgement], *, by: User, at: datetime
) -> Panel:
    """Keep what ``by`` says, over what was said before. All is kept or none. Raises
    ``PanelClosed``, ``NotAJudge`` or ``NotARating``."""
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    if panel.is_closed:
        raise PanelClosed
    if not panel.judges.contains(by):
        raise NotAJudge
    asked = {version.pk for version in questions_of(panel)}
    ratings = []
    for each in judgements:
        if each.version not in asked or each.percent not in MARKS:
            raise NotARating
        ratings.append(
            Rating(
                panel=panel,
                judge=by,
                version_id=each.version,
                percent=each.percent,
                remark=each.remark,
                rated_at=at,
            )
        )
    Rating.objects.bulk_create(
        ratings,
        update_conflicts=True,
        unique_fields=["panel", "judge", "version"],
        update_fields=["percent", "remark", "rated_at"],
    )
    record("panel.rated", panel, by=by, questions=len(ratings))
    return panel


@transaction.atomic
def close_panel(
    panel: Panel, *, cut_percent: int, reasons: str, by: User, at: datetime
) -> Panel:
    """Set the pass mark. Raises ``RatingsMissing`` or ``NoReasons``; closed already,
    it stays as it is."""
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    if panel.is_closed:
        return panel
    result = result_of(panel)
    judges = len(result.judges)
    if missing := sum(len(each.percents) < judges for each in result.questions):
        raise RatingsMissing(count=missing)
    if not reasons.strip():
        raise NoReasons
    panel.found_percent = result.found
    panel.cut_percent = cut_percent
    panel.reasons = reasons.strip()
    panel.closed_at, panel.closed_by = at, by
    panel.save()
    found = str(result.found)
    record("panel.closed", panel, by=by, found=found, cut=cut_percent)
    return panel


@transaction.atomic
def ground_pass_mark(
    sitting: Sitting, panel: Panel, *, by: User | None, unjudged: Collection[str] = ()
) -> PassMarkGround:
    """Say that a sitting's pass mark is the one this panel set; the same again changes
    nothing.

    A panel that judged another release is a ground only if ``unjudged`` names, by
    their codes, the questions of the sitting's own that it did not judge: they stay on
    record with it. Raises ``GroundDiffers``, ``QuestionsUnjudged``, or
    ``GroundFrozen`` once somebody has started.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    same_paper = panel.blueprint_id == sitting.blueprint_id
    if not same_paper or panel.cut_percent != sitting.pass_percent:
        raise GroundDiffers
    ground = PassMarkGround.objects.filter(sitting=sitting).first()
    if ground and ground.panel_id == panel.pk:
        return ground
    if sitting.attempts.exists():
        raise GroundFrozen
    missing = unjudged_in(sitting, panel)
    if set(unjudged) != set(missing):
        raise QuestionsUnjudged(codes="、".join(missing) or "—")
    ground, _is_new = PassMarkGround.objects.update_or_create(
        sitting=sitting, defaults={"panel": panel, "unjudged": missing}
    )
    record("pass-mark.grounded", sitting, by=by, panel=panel.pk, unjudged=missing)
    return ground


def unjudged_in(sitting: Sitting, panel: Panel) -> list[str]:
    """The codes of the questions that the sitting may ask and the panel did not see."""
    if sitting.release_id == panel.release_id:
        return []
    seen = set(panel.release.versions.values_list("pk", flat=True))
    fresh = sitting.release.versions.exclude(pk__in=seen).select_related("item")
    asked = {
        each.item.code for cell in members(panel.blueprint, fresh) for each in cell
    }
    return sorted(asked)


def questions_of(panel: Panel) -> list[ItemVersion]:
    """The questions of the release that some cell of the blueprint may draw."""
    cells = panel.blueprint.parts
    versions = panel.release.versions.select_related("item").order_by("item__code")
    return all_in_force(
        version for version in versions if any(cell.takes(version) for cell in cells)
    )


def members(
    blueprint: Blueprint, versions: Iterable[ItemVersion]
) -> list[list[ItemVersion]]:
    """For each cell, the questions it may draw."""
    versions = list(versions)
    return [[v for v in versions if cell.takes(v)] for cell in blueprint.parts]


def result_of(panel: Panel) -> PanelResult:
    questions = questions_of(panel)
    said: dict[int, dict[int, int]] = defaultdict(dict)
    for judge, version, percent in panel.ratings.values_list(
        "judge", "version", "percent"
    ):
        said[version][judge] = percent
    told = [
        QuestionRatings(version, list(said[version.pk].values()))
        for version in questions
    ]
    means = {each.version.pk: each.mean for each in told}
    return PanelResult(
        questions=told,
        judges=[
            judge_cut(panel, questions, judge, said) for judge in panel.judges.all()
        ],
        found=cut_of(panel.blueprint, questions, means),
    )


def judge_cut(
    panel: Panel,
    questions: list[ItemVersion],
    judge: User,
    said: dict[int, dict[int, int]],
) -> JudgeCut:
    own = {
        version: Fraction(percents[judge.pk])
        for version, percents in said.items()
        if judge.pk in percents
    }
    cut = cut_of(panel.blueprint, questions, own)
    return JudgeCut(judge, len(own), cut)


def cut_of(
    blueprint: Blueprint,
    questions: list[ItemVersion],
    means: dict[int, Fraction | None],
) -> Decimal | None:
    """Return the cut in per cent of the points; None while a question is unrated."""
    if any(means.get(version.pk) is None for version in questions):
        return None
    earned = Fraction(0)
    for cell, drawn in zip(blueprint.parts, members(blueprint, questions), strict=True):
        mean = sum(means[version.pk] for version in drawn) / len(drawn)
        earned += mean * cell.count * cell.points
    cut = earned / blueprint.max_score
    exact = Decimal(cut.numerator) / Decimal(cut.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
