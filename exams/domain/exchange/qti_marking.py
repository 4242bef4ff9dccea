"""What an item's response processing says of the numbers it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from .figures import around, figure_in, tolerance_written, written

# Rules that change which numbers are right, and that no tolerance can say.
OTHER_RULES = (
    "equalRounded",
    "patternMatch",
    "stringMatch",
    "substring",
    "customOperator",
    "mathOperator",
)
PATTERN_RULES = tuple(name for name in OTHER_RULES if name != "stringMatch")
LOWER, UPPER = ("gte", "gt"), ("lte", "lt")


@dataclass(frozen=True)
class Rule:
    """The answer with its tolerance where marking states them; empty: as declared."""

    fields: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


def marking_rule(
    item: Element, response: str, number: Decimal | None, notes: list[str]
) -> Rule:
    processing = item.find("responseProcessing")
    if processing is None:
        return Rule()
    if name := rule_named(processing, OTHER_RULES, response):
        return Rule(fault=fault_of_rule(name))
    for equal in processing.iter("equal"):
        if is_about(equal, response):
            return tolerance_rule(equal, number, notes)
    low, high = (bound(processing, response, names) for names in (LOWER, UPPER))
    if low is not None and high is not None and low <= high:
        return Rule(around(low, high, notes))
    return Rule()


def fault_of_words(item: Element, response: str) -> str:
    """Say which rule takes words that no list of accepted answers can name."""
    processing = item.find("responseProcessing")
    if processing is None:
        return ""
    name = rule_named(processing, PATTERN_RULES, response)
    return fault_of_rule(name) if name else ""


def fault_of_rule(name: str) -> str:
    return _("its marking rule %(rule)s is not carried") % {"rule": name}


def rule_named(processing: Element, names: tuple[str, ...], response: str) -> str:
    """Return which of these rules marks the response, if any does."""
    for each in processing.iter():
        if each.tag in names and is_about(each, response):
            return each.tag
    return ""


def is_about(rule: Element, response: str) -> bool:
    """A rule that names no response is about all of them."""
    named = {each.get("identifier") for each in rule.iter("variable")}
    return not named or response in named


def tolerance_rule(equal: Element, number: Decimal | None, notes: list[str]) -> Rule:
    mode = equal.get("toleranceMode", "exact")
    number = stated_in(equal) if number is None else number
    if number is None:
        return Rule()
    if mode == "exact":
        return Rule({"answer": written(number), "tolerance": "0"})
    sizes = [figure_in(size) for size in equal.get("tolerance", "").split()]
    if not sizes or None in sizes or mode not in ("absolute", "relative"):
        return Rule(fault=_("its tolerance is not a number"))
    if len(set(sizes)) > 1:
        notes.append(_("the tolerances above and below differ; the smaller is kept"))
    size = min(map(abs, sizes))
    if mode == "relative":
        size = abs(number) * size / 100
        notes.append(_("a tolerance in per cent is written as a number"))
    return Rule(
        {"answer": written(number), "tolerance": tolerance_written(size, notes)}
    )


def stated_in(rule: Element) -> Decimal | None:
    for value in rule.iter("baseValue"):
        return figure_in(value.text or "")
    return None


def bound(processing: Element, response: str, names: tuple[str, ...]) -> Decimal | None:
    """Return the number that a comparison with the answer names.

    A rule may have the number first (5 <= answer) or the answer first.
    """
    for rule in processing.iter():
        children = [child.tag for child in rule]
        if (
            sorted(children) == ["baseValue", "variable"]
            and rule.find("variable").get("identifier") == response
        ):
            answer_first = children[0] == "variable"
            if rule.tag in (names if answer_first else mirrored(names)):
                return stated_in(rule)
    return None


def mirrored(names: tuple[str, ...]) -> tuple[str, ...]:
    return UPPER if names == LOWER else LOWER
