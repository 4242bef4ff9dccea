"""How many informants 扶贫信息员 a division must have."""

from dataclasses import dataclass
from typing import Any

from measures.book import page
from measures.citations import cite, runs
from measures.findings import Attested
from measures.reading import Facts, Shape, Unreadable, choice, fact, flag, whole

SECTION, CHAPTER = "六", 4
HEADCOUNT = whole(0, 1_000_000)
CITATION = cite(SECTION, CHAPTER)


@dataclass(frozen=True, slots=True)
class Quota:
    """What is required and what is there; ``gap`` and ``over`` need ``in_post``.

    More than the maximum is over establishment: reported, and not a gap.
    """

    minimum: int
    maximum: int | None
    gap: int | None
    over: int | None
    citation: str
    attested: Attested


class Staffing(Facts):
    """A division's staffing, as the exchange format gives it."""

    level: str = fact(choice("quota_level"), required=True)
    poor_county: bool | None = fact(flag())
    has_tasks: bool | None = fact(flag())
    in_post: int | None = fact(HEADCOUNT)


@runs("6-quota-city", "6-quota-county", "6-quota-poor", "6-quota-tasks")
def quota(
    *,
    level: str,
    poor_county: bool | None = None,
    has_tasks: bool | None = None,
    in_post: int | None = None,
) -> Quota:
    """The quota of one division's own office, its subordinate divisions not counted.

    A poor county that has exited is still a poor county here. A township or village
    without alleviation tasks has no quota, and the region has none.
    """
    least, most = required(level, poor_county, has_tasks)
    gap = over = None
    if in_post is not None:
        gap = max(0, least - in_post)
        over = max(0, in_post - most) if most is not None else 0
    return Quota(least, most, gap, over, CITATION, "source")


def required(
    level: str, poor_county: bool | None, has_tasks: bool | None
) -> tuple[int, int | None]:
    """The least and, where the number is exact, the most."""
    if level == "county":
        if poor_county is None:
            raise Unreadable(
                "poor_county", "县级需写明是否贫困县", "a county needs poor_county"
            )
        entry = page("quotas")["poor_county" if poor_county else "county"]
    elif level in ("township", "village"):
        if has_tasks is None:
            raise Unreadable(
                "has_tasks",
                "乡镇和行政村需写明有无扶贫开发任务",
                "a township or village needs has_tasks",
            )
        entry = page("quotas")[level] if has_tasks else {"least": 0}
    else:
        entry = page("quotas").get(level, {"least": 0})
    return entry["least"], entry.get("most")


def read_staffing(mapping: Any) -> Staffing:
    return Shape(Staffing).read(mapping)


def quota_for(staffing: Staffing) -> Quota:
    return quota(
        level=staffing.level,
        poor_county=staffing.poor_county,
        has_tasks=staffing.has_tasks,
        in_post=staffing.in_post,
    )
