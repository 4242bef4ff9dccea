"""A ledger task: a simulated household, drawn from a seed and judged by the Measures.

The candidate reads the household's card, says of each of the nine items whether it is
met, and what is to be done. The facts are drawn when the question is written and stay
with the version as its one option, so a generator that has learned something new
changes no paper. The key is what ``measures`` answers about them; nobody types it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

import measures
from exams.enums import Kind
from exercises.domain.drawing import draw_case
from exercises.domain.knowing import Truth, truth_about
from exercises.enums import Decision
from households.cards import Card, card_from

from .asking import Written
from .case import Case

# Smaller ones are drawn in exercises, where anybody is told what is right.
LEAST_SEED, MOST_SEED = 1_000_000, 999_999_999
LONGEST_SEED = len(str(MOST_SEED))
MET, NOT_MET = [0], [1]
ZH = "zh-hans"


@dataclass(frozen=True)
class Reason:
    """Why one answer of a question is right, by the Measures."""

    title: str
    text: str
    citation: str


class LedgerTask(Case):
    form = "exams/answers/ledger.html"
    is_drawn = True

    def read(self, row):
        return drawn(row.get("seed"))

    def typed(self, options, answer):
        seed = "".join(options[:1]).strip()
        is_number = seed.isascii() and seed.isdigit() and len(seed) <= LONGEST_SEED
        return drawn(int(seed) if is_number else None)

    def retyped(self, content):
        return {
            "options": [str(each["seed"]) for each in content.options],
            "answer": "",
        }

    def faults(self, content):
        if len(content.options) != 1 or not isinstance(content.options[0], dict):
            yield _(
                "it needs the number of a simulated household, from %(least)s to "
                "%(most)s; smaller ones are used in exercises"
            ) % {"least": LEAST_SEED, "most": MOST_SEED}
        elif content.answer != key_of(truth_of(content)):
            yield _("the Measures answer this household otherwise")

    def faults_of_part(self, part, said):
        return iter(())

    def card(self, version: Written) -> Card:
        return card_from(version.options[0]["facts"])

    def reasons(self, version: Written) -> list[Reason]:
        truth = truth_of(version)
        if key_of(truth) != version.answer:
            return []  # the rules read otherwise by now; the key is what was promised
        lang = "zh" if (get_language() or ZH).startswith("zh") else "en"
        found = [
            Reason(
                measures.name_of(each.code, lang, "item"),
                each.because[lang],
                each.citation,
            )
            for each in truth.answer.findings
        ]
        because, citation, _attested = truth.reason
        return [*found, Reason(_("Decision"), because[lang], citation)]


def drawn(seed: object) -> dict[str, list]:
    """The household of a seed with its questions and their key; of nonsense, nothing,
    for ``faults`` to refuse."""
    if type(seed) is not int or not LEAST_SEED <= seed <= MOST_SEED:
        return {"options": [], "parts": [], "answer": []}
    scenario = draw_case(seed)
    truth = truth_about(scenario.facts, scenario.edition)
    # Without its code, which says the seed: an exercise with it would tell the key.
    facts = scenario.facts | {"code": None}
    case = {"seed": seed, "edition": scenario.edition, "facts": facts}
    return {
        "options": [case],
        "parts": list(parts_about(truth.answer.findings)),
        "answer": key_of(truth),
    }


def parts_about(findings: Iterable[measures.Finding]) -> Iterable[Mapping]:
    """The nine items and the decision, asked in the language of the bank."""
    with override(ZH):
        marks = [pgettext("item", "Met"), pgettext("item", "Not met")]
        asked = _("What is to be done with this household?")
        decisions = [str(decision.label) for decision in Decision]
    for finding in findings:
        yield part(Kind.JUDGE, measures.name_of(finding.code, "zh", "item"), marks)
    yield part(Kind.SINGLE, asked, decisions)


def part(kind: Kind, stem: str, options: Sequence[str]) -> dict[str, object]:
    return {"kind": kind.value, "stem": stem, "options": list(options)}


def truth_of(version: Written) -> Truth:
    case = version.options[0]
    return truth_about(case["facts"], case["edition"])


def key_of(truth: Truth) -> list[list[int]]:
    marks = [MET if finding.met else NOT_MET for finding in truth.answer.findings]
    return [*marks, [list(Decision).index(truth.decision)]]
