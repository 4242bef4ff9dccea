"""The figures of a sitting and of a question, of the reader's own people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from divisions.models import Division
from exams.domain.holding import without_held
from exams.domain.keying import all_in_force
from exams.models import (
    Attempt,
    CohortItem,
    CohortPaper,
    ItemVersion,
    Sitting,
    Tally,
    outermost,
    overseen_codes,
)

from .bias import Bias, against_the_rest
from .distractors import OptionFigures, option_figures, option_flags
from .drift import MonthFigures, drift_of, has_drifted
from .items import Flag, ItemFigures, figures_of
from .keeping import item_sums, paper_sums
from .reliability import Reliability, reliability_of
from .sums import ItemSums, PaperSums, merged, merged_papers

FIFTHS = 5
TENTHS = 10


@dataclass(frozen=True)
class ItemLine:
    """A question in the table of a sitting."""

    version: ItemVersion
    figures: ItemFigures
    options: list[OptionFigures]
    flags: list[Flag]


@dataclass(frozen=True)
class SittingAnalysis:
    """A sitting as its papers and questions show it. ``tenths`` counts people by
    tenth of the points, the last holding full marks too."""

    sitting: Sitting
    tally: Tally | None
    count: int
    passed: int
    is_fixed: bool
    reliability: Reliability | None
    tenths: list[int]
    lines: list[ItemLine]


@dataclass(frozen=True)
class Band:
    """People within a fifth of the score, from ``low`` to ``high`` per cent."""

    low: int
    high: int
    figures: ItemFigures | None


@dataclass(frozen=True)
class CityFigures:
    name: str
    figures: ItemFigures
    bias: Bias | None


@dataclass(frozen=True)
class ItemAnalysis:
    """One version of a question through all sittings that the reader may follow."""

    version: ItemVersion
    figures: ItemFigures
    options: list[OptionFigures]
    flags: list[Flag]
    bands: list[Band]
    months: list[MonthFigures]
    cities: list[CityFigures]
    sittings: list[tuple[Sitting, ItemFigures]]


def analysed_sittings(user: User, *, at: datetime) -> QuerySet[Sitting]:
    """The sittings a person oversees that are over, and whose questions no other
    sitting holds: before, figures and stems would travel to those who still sit."""
    running = Attempt.objects.filter(sitting=OuterRef("pk")).open()
    over = Sitting.objects.overseen_by(user).exclude(
        pk__in=Sitting.objects.starting(at)
    )
    return without_held(over.exclude(Exists(running)), at=at)


def codes_of(user: User) -> list[str]:
    """The places whose sums, added up, are a person's people."""
    return outermost(overseen_codes(user))


def analysis_of(sitting: Sitting, *, for_user: User) -> SittingAnalysis:
    codes = codes_of(for_user)
    papers = CohortPaper.objects.filter(sitting=sitting).of_cohorts(codes)
    paper = merged_papers(paper_sums(row) for row in papers)
    rows = list(
        CohortItem.objects.filter(sitting=sitting)
        .of_cohorts(codes)
        .select_related("version__item")
    )
    items = by(rows, "version_id")
    biased = biased_versions(sitting, codes)
    versions = {each.pk: each for each in all_in_force({row.version for row in rows})}
    lines = [
        line_of(versions[key], sums, is_biased=key in biased)
        for key, sums in items.items()
    ]
    return SittingAnalysis(
        sitting=sitting,
        tally=Tally.objects.filter(sitting=sitting).first(),
        count=paper.count,
        passed=paper.passed,
        is_fixed=paper.is_fixed,
        reliability=reliability_of(paper, items, pass_percent=sitting.pass_percent),
        tenths=tenths_of(paper),
        lines=sorted(lines, key=lambda line: line.version.item.code),
    )


def line_of(version: ItemVersion, sums: ItemSums, *, is_biased: bool) -> ItemLine:
    figures = figures_of(sums)
    options = option_figures(sums, version)
    flags = [*option_flags(options, count=figures.count), *figures.flags]
    if is_biased:
        flags.append(Flag.BIAS)
    return ItemLine(version, figures, options, flags)


def biased_versions(sitting: Sitting, codes: list[str]) -> set[int]:
    """The versions that work differently in some city, beyond class A."""
    cities: dict[int, dict[str, ItemSums]] = defaultdict(dict)
    rows = CohortItem.objects.filter(sitting=sitting).cities_within(codes)
    for (version, city), sums in by(rows, "version_id", "cohort").items():
        cities[version][city] = sums
    return {version for version, groups in cities.items() if is_biased(groups)}


def is_biased(groups: Mapping[str, ItemSums]) -> bool:
    told = against_the_rest(groups).values()
    return any(bias is not None and bias.effect != "A" for bias in told)


def by(rows: Iterable[CohortItem], *fields: str) -> dict:
    """Merge the sums of rows that are equal in ``fields``."""
    groups: dict = defaultdict(list)
    for row in rows:
        key = tuple(getattr(row, field) for field in fields)
        groups[key[0] if len(key) == 1 else key].append(row)
    return {key: merged(map(item_sums, group)) for key, group in groups.items()}


def tenths_of(paper: PaperSums) -> list[int]:
    tenths = [0] * TENTHS
    for (score, out_of, _questions), people in paper.scores.items():
        tenths[min(TENTHS - 1, TENTHS * score // out_of)] += people
    return tenths


def item_analysis_of(
    version: ItemVersion, *, for_user: User, at: datetime
) -> ItemAnalysis | None:
    """Return what is known of a version; None if the reader's people never had it in
    a sitting that is over."""
    codes = codes_of(for_user)
    sittings = analysed_sittings(for_user, at=at)
    everything = CohortItem.objects.filter(version=version, sitting__in=sittings)
    rows = list(everything.of_cohorts(codes).select_related("sitting"))
    sums = merged(map(item_sums, rows))
    figures = figures_of(sums)
    if figures is None:
        return None
    options = option_figures(sums, version)
    months = drift_of(by(rows, "month"))
    cities = cities_of(by(everything.cities_within(codes), "cohort"))
    flags = [*option_flags(options, count=figures.count), *figures.flags]
    if has_drifted(months):
        flags.append(Flag.DRIFT)
    if any(city.bias is not None and city.bias.effect != "A" for city in cities):
        flags.append(Flag.BIAS)
    return ItemAnalysis(
        version=version,
        figures=figures,
        options=options,
        flags=flags,
        bands=bands_of(sums),
        months=months,
        cities=cities,
        sittings=[(each, figures_of(s)) for each, s in by(rows, "sitting").items()],
    )


@dataclass(frozen=True)
class ItemUse:
    """How a version did, and in which sittings that are over."""

    figures: ItemFigures
    sittings: list[tuple[Sitting, ItemFigures]]


def uses_of(
    versions: Collection[ItemVersion], *, for_user: User, at: datetime
) -> dict[int, ItemUse]:
    """Return what is known of each version, by its key, in one statement; a version
    that the reader's people never had is left out."""
    rows = CohortItem.objects.filter(
        version__in=[each.pk for each in versions],
        sitting__in=analysed_sittings(for_user, at=at),
    ).of_cohorts(codes_of(for_user))
    rows = list(rows.select_related("sitting"))
    sittings: dict[int, list[tuple[Sitting, ItemFigures]]] = defaultdict(list)
    for (version, sitting), sums in by(rows, "version_id", "sitting").items():
        if figures := figures_of(sums):
            sittings[version].append((sitting, figures))
    return {
        version: ItemUse(figures, sittings[version])
        for version, sums in by(rows, "version_id").items()
        if (figures := figures_of(sums))
    }


def cities_of(groups: Mapping[str, ItemSums]) -> list[CityFigures]:
    told = against_the_rest(groups)
    names = dict(Division.objects.filter(code__in=groups).values_list("code", "name"))
    return [
        CityFigures(names.get(code, code), figures_of(sums), told[code])
        for code, sums in sorted(groups.items())
    ]


def bands_of(sums: ItemSums) -> list[Band]:
    """The figures of a question by fifth of the total score."""
    bands = [ItemSums() for _fifth in range(FIFTHS)]
    for key, people in sums.joint.items():
        score, out_of = key[:2]
        bands[min(FIFTHS - 1, FIFTHS * score // out_of)].joint[key] += people
    step = 100 // FIFTHS
    return [
        Band(step * place, step * (place + 1), figures_of(band))
        for place, band in enumerate(bands)
    ]
