"""A run as its pages show it: the stations passed, the lines, the next date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

import measures
from exercises.enums import Act, Decision
from exercises.models import Run
from ledger.domain.progress import Station, stations
from ledger.words import language, named

from .knowing import EXIT, case_of, truth_about


@dataclass(frozen=True)
class Line:
    """One judged act, in the reader's language."""

    act: str
    title: str
    given: str
    text: str
    citation: str
    attested: str
    is_right: bool
    at: datetime

    @property
    def kind(self) -> str:
        return "done" if self.is_right else "failed"


def lines_of(run: Run) -> list[Line]:
    return [line_from(kept) for kept in run.lines]


def line_from(kept: dict) -> Line:
    lang = "zh" if language().startswith("zh") else "en"
    title, given = TOLD[kept["act"]](kept)
    return Line(
        act=kept["act"],
        title=title,
        given=given,
        text=kept["because"][lang],
        citation=kept["citation"],
        attested=named(kept["attested"], "attested"),
        is_right=kept["is_right"],
        at=datetime.fromisoformat(kept["at"]),
    )


def mark_told(kept: dict) -> tuple[str, str]:
    given = _("Met") if kept["given"] else _("Not met")
    return named(kept["code"], "item"), given


def decision_told(kept: dict) -> tuple[str, str]:
    return _("Decision"), str(Decision(kept["given"]).label)


def step_told(kept: dict) -> tuple[str, str]:
    step = kept["given"]
    told = [
        named(step["level"], "level"),
        named(step["outcome"], "outcome"),
        step["on"],
    ]
    if notice := step.get("notice"):
        told.append(
            _("notice %(since)s to %(until)s")
            % {"since": notice["from"], "until": notice["to"]}
        )
    return named(kept["code"], "step"), " · ".join(told)


TOLD = {Act.MARK: mark_told, Act.DECISION: decision_told, Act.STEP: step_told}


def stations_of(run: Run) -> list[Station]:
    """What was passed; what lies ahead is only shown when the run is over."""
    truth = truth_about(run.facts, run.edition)
    replay = measures.replay(case_of(run.facts, truth, run.steps))
    all_of_them = stations(EXIT, "household", run.steps, replay)
    return all_of_them if run.is_finished else all_of_them[: len(run.steps)]


def right_decision(run: Run) -> Decision:
    return truth_about(run.facts, run.edition).decision


def next_day(run: Run) -> date:
    """The day after the last step was taken; whether it is lawful is to be judged."""
    if not run.steps:
        return date.fromisoformat(run.facts["on"])
    return date.fromisoformat(run.steps[-1]["on"]) + timedelta(days=1)
