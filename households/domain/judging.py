"""What a household's facts amount to on a day: the nine items and the vetoes."""

from dataclasses import dataclass
from datetime import date

import measures
from households.domain.checking import readable
from households.domain.lines import law_on
from households.errors import Unreadable
from households.facts import facts_of
from households.models import Household
from ledger.words import named, spoken

VERDICTS = {True: "done", False: "failed", None: "soon"}


@dataclass(frozen=True)
class Told:
    """A finding in the reader's language."""

    code: str
    name: str
    met: bool | None
    because: str
    citation: str
    attested: str

    @property
    def kind(self) -> str:
        """How a badge shows it."""
        return VERDICTS[self.met]


@dataclass(frozen=True)
class Judgement:
    """The answers of ``measures`` about one household on one day."""

    on: date
    answer: measures.Answer
    vetoes: measures.VetoAnswer

    @property
    def met(self) -> bool | None:
        return self.answer.met

    @property
    def edition(self) -> str:
        return spoken(measures.edition(self.answer.edition).name)

    @property
    def items(self) -> list[Told]:
        return [told(finding, "item") for finding in self.answer.findings]

    @property
    def veto_items(self) -> list[Told]:
        return [told(finding, "veto") for finding in self.vetoes.vetoes]

    @property
    def removal(self) -> str:
        return named(self.vetoes.removal, "removal")

    @property
    def removal_because(self) -> str:
        return spoken(self.vetoes.because)

    @property
    def vetoed_before_identification(self) -> bool | None:
        """True if proved, None while it is open, else False."""
        found = self.vetoes.vetoes
        if any(each.met and each.before_identification for each in found):
            return True
        sure = all(
            each.met is False or each.before_identification is False for each in found
        )
        return False if sure else None


def judge(household: Household, on: date) -> Judgement:
    """Judge by the edition in force on ``on`` and the region's lines; ``Unreadable``
    before the first edition."""
    facts = readable(facts_of(household, on))
    try:
        law = law_on(on)
        answer = measures.check_household(facts, law)
        return Judgement(on, answer, measures.weigh_vetoes(facts, law))
    except measures.Unreadable as fault:
        raise Unreadable(
            fault.path, name=named("on", "field"), reason=spoken(fault.message)
        ) from fault


def told(finding: measures.Finding, kind: str) -> Told:
    return Told(
        code=finding.code,
        name=named(finding.code, kind),
        met=finding.met,
        because=spoken(finding.because),
        citation=finding.citation,
        attested=named(finding.attested, "attested"),
    )


def evidence(judgement: Judgement) -> list[dict]:
    """The nine findings as a case keeps them, in both languages."""
    return [
        {
            "code": finding.code,
            "met": finding.met,
            "zh": finding.because["zh"],
            "en": finding.because["en"],
            "citation": finding.citation,
        }
        for finding in judgement.answer.findings
    ]
