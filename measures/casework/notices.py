"""Notices and the objections to them: how long one runs, and what an objection does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from measures.book import page
from measures.casework import reasons
from measures.casework.cases import Case, Notice, Objection, TakenStep
from measures.casework.declared import Step, parameter
from measures.casework.reasons import Bar
from measures.citations import runs
from measures.findings import Because, Term
from measures.reading import Shape

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Review:
    """An objection that waits to be settled: of which step, by whom, since when."""

    step: str
    level: str
    since: date


@dataclass(frozen=True, slots=True)
class Clock:
    """How a notice stands on a day; that day still to run is among those ``left``.

    ``ends_on`` is the last day of notice, put off by the days on which the clock stood
    still; nobody can tell it as long as a review is open. A notice has ``fallen`` when
    an objection to it was upheld.
    """

    days: int
    left: int
    ends_on: date | None
    stopped_since: date | None
    fallen: bool

    @property
    def has_run(self) -> bool:
        """Whether the notice has run its days and nothing keeps it from counting."""
        return not (self.left or self.stopped_since or self.fallen)


@cache
def notice_shape() -> Shape[Notice]:
    return Shape(Notice)


def notice_clock(notice: Notice | Mapping[str, Any], on: date) -> Clock:
    """How many of the days a notice was given for are left on a day.

    ``to`` is here the last day as it was published, before any objection.
    """
    known = notice if isinstance(notice, Notice) else notice_shape().read(notice)
    days = max((known.until - known.since).days + 1, 0)
    unsettled = [each.raised_on for each in known.objections if is_open(each)]
    counted = [
        day for day in days_counted(known, days, unsettled) if day < on or not unsettled
    ]
    return Clock(
        days=days,
        left=days - sum(day < on for day in counted),
        ends_on=counted[-1] if counted and not unsettled else None,
        stopped_since=min(unsettled, default=None),
        fallen=any(is_upheld(each) for each in known.objections),
    )


def days_counted(notice: Notice, days: int, unsettled: list[date]) -> list[date]:
    """The days that count until the notice has run, or until the clock stopped."""
    counted: list[date] = []
    day = notice.since
    while len(counted) < days and not any(raised < day for raised in unsettled):
        if not stands_still(notice, day):
            counted.append(day)
        day += DAY
    return counted


@runs("notice-objection")
def stands_still(notice: Notice, day: date) -> bool:
    """The clock stops the day after an objection is raised, and runs again the day
    after it is settled."""
    return any(
        each.raised_on < day and (each.settled_on is None or day <= each.settled_on)
        for each in notice.objections
    )


def days_running(notice: Notice) -> int:
    """The days of the notice, both ends counted, without those the clock stood still.

    Days on which it stood still are counted objection by objection, because a notice
    may span centuries and objections do not.
    """
    stopped: set[date] = set()
    for objection in notice.objections:
        settled = objection.settled_on or notice.until
        day = max(objection.raised_on + DAY, notice.since)
        while day <= min(settled, notice.until):
            stopped.add(day)
            day += DAY
    return (notice.until - notice.since).days + 1 - len(stopped)


def is_open(objection: Objection) -> bool:
    return objection.settled_on is None


@runs("objection-outcome")
def is_upheld(objection: Objection) -> bool:
    """Whether the review found for the objector; settled without a word it did not."""
    bars: list[str] = page("procedures")["objection"]["bars"]
    return not is_open(objection) and objection.outcome in bars


@runs("objection-review")
def reviews_of(taken: TakenStep) -> tuple[Review, ...]:
    """The reviews that are open, each for the level that gave the notice."""
    if taken.notice is None:
        return ()
    reviewer = page("procedures")["objection"]["reviewed_by"]
    level = taken.level if reviewer == "giver" else reviewer
    return tuple(
        Review(taken.step, level, each.raised_on)
        for each in taken.notice.objections
        if is_open(each)
    )


@runs("notice-days")
def bar_of_notice(step: Step, taken: TakenStep, case: Case) -> Bar | None:
    """A notice is given, it is long enough, and no objection stands against it."""
    notice = taken.notice
    if notice is None:
        if step.notice_days:
            return Bar("evidence-missing", reasons.NO_NOTICE())
        return None
    if because := notice_out_of_order(notice, taken):
        return Bar("dates-out-of-order", because)
    if bar := bar_of_objections(notice, taken):
        return bar
    least = days_required(step, notice, case)
    days = days_running(notice)
    if days < least:
        return Bar("notice-too-short", reasons.SHORT_NOTICE(days=days, least=least))
    if taken.concluded_on is not None and taken.concluded_on <= notice.until:
        return Bar(
            "notice-too-short",
            reasons.NOTICE_RUNNING(on=taken.concluded_on, until=notice.until),
        )
    return None


def notice_out_of_order(notice: Notice, taken: TakenStep) -> Because | None:
    """Why the days of a notice and of its objections cannot be as they are stated."""
    if notice.until < notice.since:
        return reasons.NOTICE_ENDS_FIRST(since=notice.since, until=notice.until)
    if taken.on is not None and notice.since < taken.on:
        return reasons.NOTICE_BEFORE_STEP(since=notice.since, on=taken.on)
    for each in notice.objections:
        if not notice.since <= each.raised_on <= notice.until:
            return reasons.OBJECTION_OUTSIDE(
                raised=each.raised_on, since=notice.since, until=notice.until
            )
        if each.settled_on is not None and each.settled_on < each.raised_on:
            return reasons.SETTLED_FIRST(raised=each.raised_on, settled=each.settled_on)
        if (
            taken.concluded_on
            and each.settled_on
            and (taken.concluded_on < each.settled_on)
        ):
            return reasons.CONCLUDED_FIRST(
                on=taken.concluded_on, settled=each.settled_on
            )
    return None


def bar_of_objections(notice: Notice, taken: TakenStep) -> Bar | None:
    """An open objection bars the step for now, one that was upheld for good."""
    if reviews := reviews_of(taken):
        first = reviews[0]
        because = reasons.OBJECTION_OPEN(
            raised=first.since, level=Term(f"level:{first.level}")
        )
        return Bar("objection-open", because, reviews)
    for each in notice.objections:
        if is_upheld(each):
            because = reasons.OBJECTION_UPHELD(
                raised=each.raised_on, settled=each.settled_on
            )
            return Bar("evidence-missing", because)
    return None


def days_required(step: Step, notice: Notice, case: Case) -> int:
    if not step.notice_days:
        return 0
    if case.notice_days is not None:
        return case.notice_days
    days: int = parameter("notice_days", notice.since)
    return days


def last_day_of(taken: TakenStep) -> date | None:
    """The last day of all that belongs to a step."""
    days = [taken.on, taken.concluded_on]
    if taken.notice is not None:
        days.append(taken.notice.until)
        days += [each.settled_on for each in taken.notice.objections]
    return max((day for day in days if day), default=None)
