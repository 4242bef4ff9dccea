"""Answers as plain text for a form, as an English gloss, and as data."""

from typing import Any

from measures.findings import Answer, Finding
from measures.vetoes import VetoAnswer, VetoFinding
from measures.words import name_of

VERDICTS = {
    True: {"zh": "达标", "en": "met"},
    False: {"zh": "未达标", "en": "not met"},
    None: {"zh": "待核实", "en": "not known"},
}
VETO_VERDICTS = {
    True: {"zh": "有此情形", "en": "holds"},
    False: {"zh": "无此情形", "en": "does not hold"},
    None: {"zh": "待核实", "en": "not known"},
}


def explain(finding: Finding, lang: str = "zh") -> str:
    """One line: the item, the verdict, why, and where it stands."""
    short = "zh" if lang.startswith("zh") else "en"
    verdicts = VETO_VERDICTS if isinstance(finding, VetoFinding) else VERDICTS
    kind = "veto" if isinstance(finding, VetoFinding) else "item"
    name = name_of(finding.code, lang, kind)
    verdict = verdicts[finding.met][short]
    attested = name_of(finding.attested, lang, "attested")
    because = finding.because[lang]
    if short == "zh":
        return f"{name}:{verdict}。{because}。({finding.citation},{attested})"
    return (
        f"{name}: {verdict}. {finding.because[lang]}. ({finding.citation}, {attested})"
    )


def explain_answer(answer: Answer | VetoAnswer, lang: str = "zh") -> str:
    """Every line of an answer, the conclusion last."""
    if isinstance(answer, VetoAnswer):
        lines = [explain(finding, lang) for finding in answer.vetoes]
        removal = name_of(answer.removal, lang, "removal")
        colon = ":" if lang.startswith("zh") else ": "
        return "\n".join([*lines, f"{removal}{colon}{answer.because[lang]}"])
    lines = [explain(finding, lang) for finding in answer.findings]
    short = "zh" if lang.startswith("zh") else "en"
    return "\n".join([*lines, VERDICTS[answer.met][short]])


def as_data(finding: Finding, lang: str = "zh") -> dict[str, Any]:
    """A finding as the exchange format has it."""
    told: dict[str, Any] = {
        "code": finding.code,
        "met": finding.met,
        "because": finding.because[lang],
        "citation": finding.citation,
        "attested": finding.attested,
    }
    if not finding.rule.blocking:
        told["reference"] = True
    if isinstance(finding, VetoFinding):
        told["since"] = finding.since.isoformat() if finding.since else None
        told["before_identification"] = finding.before_identification
    return told
