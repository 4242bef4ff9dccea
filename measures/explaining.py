"""Every answer in three forms: plain Chinese for a form, an English gloss, and data."""

from functools import singledispatch
from typing import Any

from measures.casework.notices import Review
from measures.casework.replaying import NextStep, Refusal, Replay
from measures.cleaning.faults import Fault
from measures.findings import Answer, Finding, spoken_date
from measures.leads import Lead
from measures.monitoring import Monitoring
from measures.quotas import Quota
from measures.vetoes import VetoAnswer, VetoFinding
from measures.words import Name, name_of

Data = dict[str, Any]

MET = {
    True: Name("达标", "met"),
    False: Name("未达标", "not met"),
    None: Name("待核实", "not known"),
}
HOLDS = {
    True: Name("有此情形", "holds"),
    False: Name("无此情形", "does not hold"),
    None: Name("待核实", "not known"),
}
COLON = Name("：", ": ")
STOP = Name("。", ". ")
BRACKETS = Name("（%s）", "(%s)")
COMMA = Name("，", ", ")
REVIEW = Name("异议复核", "review of an objection")
SINCE = Name("自%s起", "since %s")


@singledispatch
def explain(thing: Any, lang: str = "zh") -> str:
    """Anything the Measures answer, in words: what, why, and where it stands."""
    raise TypeError(f"{type(thing).__name__} is no answer of the Measures")


@singledispatch
def as_data(thing: Any, lang: str = "zh") -> Data:
    """Anything the Measures answer, as the exchange format has it."""
    raise TypeError(f"{type(thing).__name__} is no answer of the Measures")


def sentence(what: str, verdict: str, because: str, where: str, lang: str) -> str:
    stop = STOP[lang]
    placed = BRACKETS[lang] % where
    return f"{what}{COLON[lang]}{verdict}{stop}{because}{stop}{placed}"


def where_it_stands(citation: str, attested: str, lang: str) -> str:
    return f"{citation}{COMMA[lang]}{name_of(attested, lang, 'attested')}"


@explain.register
def explain_finding(finding: Finding, lang: str = "zh") -> str:
    veto = isinstance(finding, VetoFinding)
    name = name_of(finding.code, lang, "veto" if veto else "item")
    verdict = (HOLDS if veto else MET)[finding.met][lang]
    where = where_it_stands(finding.citation, finding.attested, lang)
    return sentence(name, verdict, finding.because[lang], where, lang)


@explain.register
def explain_answer(answer: Answer | VetoAnswer, lang: str = "zh") -> str:
    """Every line of an answer, the conclusion last."""
    if isinstance(answer, VetoAnswer):
        lines = [explain(finding, lang) for finding in answer.vetoes]
        removal = name_of(answer.removal, lang, "removal")
        return "\n".join([*lines, f"{removal}{COLON[lang]}{answer.because[lang]}"])
    lines = [explain(finding, lang) for finding in answer.findings]
    return "\n".join([*lines, MET[answer.met][lang]])


@explain.register
def explain_fault(fault: Fault, lang: str = "zh") -> str:
    severity = name_of(fault.severity, lang, "severity")
    what = f"{fault.code} {fault.rule.name[lang]}"
    return sentence(what, severity, fault.because[lang], fault.citation, lang)


@explain.register
def explain_lead(lead: Lead, lang: str = "zh") -> str:
    where = where_it_stands(lead.citation, lead.attested, lang)
    name = name_of(lead.veto, lang, "veto")
    placed = BRACKETS[lang] % where
    return f"{name}{COLON[lang]}{lead.because[lang]}{STOP[lang]}{placed}"


@explain.register
def explain_refusal(refusal: Refusal, lang: str = "zh") -> str:
    name = name_of(refusal.code, lang, "refusal")
    placed = BRACKETS[lang] % refusal.citation
    return f"{name}{COLON[lang]}{refusal.because[lang]}{STOP[lang]}{placed}"


@explain.register
def explain_replay(replay: Replay, lang: str = "zh") -> str:
    """Where the case stands, what may come next, why a step was refused, and which
    reviews come first."""
    state = name_of(replay.state, lang, "case_state")
    status = name_of(replay.status, lang, "status")
    lines = [f"{state}{COMMA[lang]}{status}"]
    lines += [
        f"{name_of(step.step, lang, 'step')}{COLON[lang]}"
        f"{name_of(step.level, lang, 'level')}"
        for step in replay.next
    ]
    lines += [explain(replay.refused, lang)] if replay.refused else []
    return "\n".join([*lines, *(explain(each, lang) for each in replay.reviews)])


@explain.register
def explain_review(review: Review, lang: str = "zh") -> str:
    level = name_of(review.level, lang, "level")
    since = SINCE[lang] % spoken_date(review.since, lang)
    return f"{REVIEW[lang]}{COLON[lang]}{level}{COMMA[lang]}{since}"


@explain.register
def explain_quota(quota: Quota, lang: str = "zh") -> str:
    zh = f"应有{quota.minimum}人" + ("" if quota.maximum else "以上")
    en = f"{quota.minimum}" + (" exactly" if quota.maximum else " or more")
    if quota.gap:
        zh, en = f"{zh}，缺{quota.gap}人", f"{en}, {quota.gap} lacking"
    if quota.over:
        zh, en = f"{zh}，超{quota.over}人", f"{en}, {quota.over} over"
    where = where_it_stands(quota.citation, quota.attested, lang)
    return f"{Name(zh, en)[lang]}{STOP[lang]}{BRACKETS[lang] % where}"


@explain.register
def explain_monitoring(monitoring: Monitoring, lang: str = "zh") -> str:
    where = where_it_stands(monitoring.citation, monitoring.attested, lang)
    return f"{monitoring.because[lang]}{STOP[lang]}{BRACKETS[lang] % where}"


@as_data.register
def finding_as_data(finding: Finding, lang: str = "zh") -> Data:
    told: Data = {
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


@as_data.register
def answer_as_data(answer: Answer, lang: str = "zh") -> Data:
    return {
        "edition": answer.edition,
        "met": answer.met,
        "findings": [finding_as_data(finding, lang) for finding in answer.findings],
    }


@as_data.register
def veto_answer_as_data(answer: VetoAnswer, lang: str = "zh") -> Data:
    return {
        "vetoes": [finding_as_data(finding, lang) for finding in answer.vetoes],
        "removal": answer.removal,
        "because": answer.because[lang],
    }


@as_data.register
def fault_as_data(fault: Fault, lang: str = "zh") -> Data:
    told: Data = {
        "rule": fault.code,
        "class": fault.rule.fault_class,
        "severity": fault.severity,
        "household": fault.household,
        "member": fault.member,
        "field": fault.field,
        "because": fault.because[lang],
        "citation": fault.citation,
        "attested": fault.attested,
    }
    if fault.village is not None:
        told["village"] = fault.village
    return told


@as_data.register
def lead_as_data(lead: Lead, lang: str = "zh") -> Data:
    return {
        "household": lead.household,
        "id_number": lead.id_number,
        "veto": lead.veto,
        "department": lead.department,
        "because": lead.because[lang],
        "citation": lead.citation,
        "attested": lead.attested,
    }


@as_data.register
def refusal_as_data(refusal: Refusal, lang: str = "zh") -> Data:
    return {
        "index": refusal.index,
        "code": refusal.code,
        "because": refusal.because[lang],
        "citation": refusal.citation,
    }


@as_data.register
def next_step_as_data(step: NextStep, lang: str = "zh") -> Data:
    return {"step": step.step, "level": step.level, "optional": step.optional}


@as_data.register
def replay_as_data(replay: Replay, lang: str = "zh") -> Data:
    told: Data = {
        "accepted": replay.accepted,
        "refused": as_data(replay.refused, lang) if replay.refused else None,
        "state": replay.state,
        "next": [as_data(step, lang) for step in replay.next],
        "status": replay.status,
    }
    if replay.reviews:
        told["reviews"] = [as_data(each, lang) for each in replay.reviews]
    return told


@as_data.register
def review_as_data(review: Review, lang: str = "zh") -> Data:
    return {
        "step": review.step,
        "level": review.level,
        "since": review.since.isoformat(),
    }


@as_data.register
def quota_as_data(quota: Quota, lang: str = "zh") -> Data:
    return {
        "minimum": quota.minimum,
        "maximum": quota.maximum,
        "gap": quota.gap,
        "over": quota.over,
        "citation": quota.citation,
        "attested": quota.attested,
    }


@as_data.register
def monitoring_as_data(monitoring: Monitoring, lang: str = "zh") -> Data:
    return {
        "monitored": monitoring.monitored,
        "kind": monitoring.kind,
        "because": monitoring.because[lang],
        "citation": monitoring.citation,
        "attested": monitoring.attested,
    }
