"""What a rule answers: met, not met or not known, and why, in both languages.

A reason is kept as a template and its values and becomes words only when somebody reads
it, so that judging a million households costs nothing for the sentences nobody sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from measures.words import name_of

Attested = Literal["source", "public", "assumed"]


class Reason:
    """A sentence with gaps, twice. Calling it fills the gaps."""

    __slots__ = ("en", "zh")

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en

    def __call__(self, **values: object) -> "Because":
        return Because(self, values)


class Spoken:
    """Anything that can say itself: ``because["zh"]`` and ``because["en"]``."""

    __slots__ = ()

    def __getitem__(self, lang: str) -> str:
        raise NotImplementedError


class Because(Spoken):
    """A reason with its values."""

    __slots__ = ("reason", "values")

    def __init__(self, reason: Reason, values: dict[str, object]) -> None:
        self.reason = reason
        self.values = values

    def __getitem__(self, lang: str) -> str:
        template = self.reason.zh if lang.startswith("zh") else self.reason.en
        if not self.values:
            return template
        return template.format_map(
            {key: spoken(value, lang) for key, value in self.values.items()}
        )

    def __str__(self) -> str:
        return self["zh"]

    def __repr__(self) -> str:
        return f"Because({self['en']!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Because) and (
            (self.reason.zh, self.values) == (other.reason.zh, other.values)
        )

    def __hash__(self) -> int:
        return hash(self["en"])


class Term(str):
    """A code inside a reason, spoken by its name: ``Term("field:water.clear")``."""

    __slots__ = ()


def spoken(value: object, lang: str) -> str:
    """A value as a reader says it: codes by name, numbers without idle zeros."""
    if isinstance(value, Spoken):
        return value[lang]
    if isinstance(value, Term):
        kind, _, code = value.partition(":")
        return name_of(code, lang, kind)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, date):
        return spoken_date(value, lang)
    if isinstance(value, tuple | list):
        return ("、" if lang.startswith("zh") else ", ").join(
            spoken(item, lang) for item in value
        )
    return str(value)


def spoken_date(day: date, lang: str) -> str:
    """2017年11月15日 in Chinese, 2017-11-15 in English."""
    if lang.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return day.isoformat()


MISSING = Reason("缺少：{facts}", "missing: {facts}")
ONE_AFTER_ANOTHER = Reason("{first}；{rest}", "{first}; {rest}")


def together(reasons: Sequence[Because]) -> Because:
    """One reason that says all of ``reasons``."""
    whole = reasons[-1]
    for reason in reversed(reasons[:-1]):
        whole = ONE_AFTER_ANOTHER(first=reason, rest=whole)
    return whole


def missing(*facts: str) -> Because:
    """The reason of an answer that waits for facts, each named by its path."""
    return MISSING(facts=tuple(Term(f"field:{fact}") for fact in facts))


@dataclass(frozen=True, slots=True)
class Rule:
    """One item of a standard or one veto: its code, its citation, how well attested.

    An item that does not block is for reference: it is judged, and decides nothing.
    """

    code: str
    citation: str
    attested: Attested
    blocking: bool = True

    def met(self, because: Because) -> "Finding":
        return Finding(self, True, because)

    def unmet(self, because: Because) -> "Finding":
        return Finding(self, False, because)

    def unknown(self, *facts: str) -> "Finding":
        return Finding(self, None, missing(*facts))

    def judge(
        self, faults: Sequence[Because], gaps: Sequence[str], otherwise: Because
    ) -> "Finding":
        """Any fault fails the rule, whatever is missing; else a gap leaves it open."""
        if faults:
            return Finding(self, False, together(faults))
        if gaps:
            return Finding(self, None, missing(*gaps))
        return Finding(self, True, otherwise)


class Finding:
    """The answer of one rule about one subject."""

    __slots__ = ("because", "met", "rule")

    def __init__(self, rule: Rule, met: bool | None, because: Because) -> None:
        self.rule = rule
        self.met = met
        self.because = because

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def citation(self) -> str:
        return self.rule.citation

    @property
    def attested(self) -> Attested:
        return self.rule.attested

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and (
            (self.rule, self.met, self.because)
            == (other.rule, other.met, other.because)
        )

    def __hash__(self) -> int:
        return hash((self.rule, self.met))

    def __repr__(self) -> str:
        return f"<{self.code}: {self.met}, {self.because['en']}>"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a subject meets its standard, item by item."""

    edition: str
    met: bool | None
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, edition: str, findings: Sequence[Finding]) -> "Answer":
        """False if an item that blocks is unmet, else unknown if one is unknown."""
        met: bool | None = True
        for finding in findings:
            if finding.met or not finding.rule.blocking:
                continue
            if finding.met is False:
                met = False
                break
            met = None
        return cls(edition, met, tuple(findings))

    def __getitem__(self, code: str) -> Finding:
        """The finding on the item with this code."""
        for finding in self.findings:
            if finding.code == code:
                return finding
        raise KeyError(code)

    @property
    def unmet(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.met is False)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.met is None)
