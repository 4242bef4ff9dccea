"""What the Measures say about a scenario: the truth that a run is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import measures
from exercises.enums import Decision

EXIT = "exit"


@dataclass(frozen=True)
class Truth:
    """The nine findings, the vetoes, and what follows for the household."""

    answer: measures.Answer
    vetoes: measures.VetoAnswer

    @property
    def decision(self) -> Decision:
        if self.vetoes.removal == "applies":
            return Decision.REMOVE
        return Decision.EXIT if self.answer.met else Decision.STAY

    @property
    def reason(self) -> tuple[object, str, str]:
        """Why the decision is right, with citation and how well it is attested."""
        if self.decision == Decision.REMOVE:
            held = self.vetoes.holding[0]
            return self.vetoes.because, held.citation, held.attested
        finding = next(iter(self.answer.unmet), self.answer.findings[-1])
        return finding.because, finding.citation, finding.attested

    @property
    def steps_to_take(self) -> int:
        """A household that may exit goes all the way; any other fails at the first."""
        if self.decision == Decision.EXIT:
            return len(measures.procedure(EXIT).steps)
        return 1


def truth_about(facts: Mapping, edition: str) -> Truth:
    household = measures.read_household(facts)
    return Truth(
        measures.check_household(household, edition),
        measures.weigh_vetoes(household, edition),
    )


def case_of(facts: Mapping, truth: Truth, steps: list[dict]) -> dict:
    """The exit case of the household in the exchange format, with these steps."""
    return {
        "procedure": EXIT,
        "subject": "household",
        "status": "registered",
        "history": [{"event": "identified", "on": facts["identified_on"]}],
        "facts": {
            "standard_met": truth.answer.met,
            "hardship": facts["hardship"],
            "vetoed_before_identification": truth.decision == Decision.REMOVE,
            "failed_check_by": None,
        },
        "steps": steps,
    }
