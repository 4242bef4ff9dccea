"""Monitored households after 2020 监测对象: two classes, and from 2021 a third."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from measures.citations import runs
from measures.findings import Attested, Because, Reason, Term, missing
from measures.law import Edition, IncomeLine, edition_for
from measures.reading import Facts, Shape, day, fact, flag, money, text

UNSTABLE, MARGINAL, SUDDEN = "unstable_exited", "marginal", "sudden_difficulty"

WITHIN = Reason(
    "{kind}：人均{yuan}元，不高于{line}元，有风险",
    "{kind}: {yuan} yuan a head, within {line}, and at risk",
)
ABOVE_BUT_STRUCK = Reason(
    "{kind}：人均{yuan}元，高于{line}元，刚性支出或收入骤减致基本生活严重困难",
    "{kind}: {yuan} yuan a head, above {line}, struck by spending or loss of income",
)
NOT_AT_RISK = Reason("没有返贫致贫风险", "there is no risk of poverty")
ABOVE = Reason(
    "人均{yuan}元，高于{line}元", "{yuan} yuan a head, above the line of {line}"
)
BEFORE = Reason("{edition}还没有监测对象", "{edition} has no monitored households yet")


class Watched(Facts):
    """The facts of a household that may have to be monitored."""

    edition: str | None = fact(text(40))
    on: date | None = fact(day())
    has_exited: bool | None = fact(flag())
    net_per_head: float | None = fact(money())
    at_risk: bool | None = fact(flag())
    struck: bool | None = fact(flag())


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The class a household falls into, if any; ``monitored`` is None if not known."""

    monitored: bool | None
    kind: str | None
    because: Because
    citation: str
    attested: Attested


def read_watched(mapping: Any) -> Watched:
    return Shape(Watched).read(mapping)


@runs("monitor-2020", "monitor-2021")
def classify_monitoring(
    watched: Watched,
    edition: Edition | str | None = None,
    income_line: IncomeLine | float | None = None,
) -> Monitoring:
    """Which class of monitored household is it?

    Within the line and at risk: unstable if it has exited, else on the margin. Above
    the line but struck by rigid spending or a sudden loss of income: the third class
    of 2021, whoever it is.
    """
    law = edition_for(edition or watched.edition, watched.on)
    if law.year < 2020:
        return told(law, False, None, BEFORE(edition=law.code))
    year = watched.on.year if watched.on else law.year
    line = line_of(law, year, income_line)
    yuan = watched.net_per_head
    if line is None or yuan is None:
        gap = "income_line" if line is None else "income.net_per_head"
        return told(law, None, None, missing(gap))
    if yuan <= line:
        return within(law, watched, yuan, line)
    if law.year >= 2021 and watched.struck is not False:
        if watched.struck is None:
            return told(law, None, None, missing("watched.struck"))
        kind = Term(f"monitored:{SUDDEN}")
        because = ABOVE_BUT_STRUCK(kind=kind, yuan=yuan, line=line)
        return told(law, True, SUDDEN, because)
    return told(law, False, None, ABOVE(yuan=yuan, line=line))


def within(law: Edition, watched: Watched, yuan: float, line: float) -> Monitoring:
    if watched.at_risk is None:
        return told(law, None, None, missing("watched.at_risk"))
    if not watched.at_risk:
        return told(law, False, None, NOT_AT_RISK())
    if watched.has_exited is None:
        return told(law, None, None, missing("watched.has_exited"))
    kind = UNSTABLE if watched.has_exited else MARGINAL
    because = WITHIN(kind=Term(f"monitored:{kind}"), yuan=yuan, line=line)
    return told(law, True, kind, because)


def line_of(law: Edition, year: int, given: IncomeLine | float | None) -> float | None:
    if given is None:
        found = law.income_line(year, ("monitor",))
        return found.amount if found else None
    return given.amount if isinstance(given, IncomeLine) else float(given)


def told(
    law: Edition, monitored: bool | None, kind: str | None, because: Because
) -> Monitoring:
    return Monitoring(monitored, kind, because, law.documents[0].number, "public")
