"""The worked cases say what the Measures say."""

from collections import Counter

import pytest

import measures
from measures.answering import answer

EXAMPLES = measures.examples()
KNOWN = {True: True, False: False, None: "unknown"}


def told(example):
    return answer(example.asks, example.case(), "zh")


def values(example, answered):
    """The answer in the few words in which an example expects it."""
    said = {
        key: value
        for key, value in answered.items()
        if not isinstance(value, list | dict)
    }
    if "met" in said:
        said["met"] = KNOWN[said["met"]]
    for finding in [*answered.get("findings", ()), *answered.get("vetoes", ())]:
        said[finding["code"]] = KNOWN[finding["met"]]
    if example.asks == "procedure":
        refused = answered["refused"]
        said["refused"] = refused["code"] if refused else "none"
        said["at"] = refused["index"] if refused else None
        said["next"] = answered["next"][0]["step"] if answered["next"] else "none"
        said["reviews"] = [each["level"] for each in answered.get("reviews", ())]
    if example.asks == "search":
        said["leads"] = [lead["veto"] for lead in answered["leads"]]
    if example.asks == "clean":
        said["faults"] = [fault["rule"] for fault in answered["faults"]]
    return said


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.code)
def test_the_measures_say_what_the_example_says(example):
    said = values(example, told(example))

    assert {key: said[key] for key in example.answers} == dict(example.answers)


def test_there_are_enough_examples_and_each_has_its_own_code():
    counts = Counter(example.code for example in EXAMPLES)

    assert len(EXAMPLES) >= 150
    assert [code for code, count in counts.items() if count > 1] == []


def test_every_example_names_a_clause_and_is_told_in_both_languages():
    known = {clause.code for clause in measures.clauses()}

    assert {example.clause for example in EXAMPLES} <= known
    assert all(example.title.zh and example.title.en for example in EXAMPLES)


def test_every_item_is_shown_met_and_not_met():
    shown = {
        (code, verdict)
        for example in EXAMPLES
        if example.asks == "standard"
        for code, verdict in values(example, told(example)).items()
    }
    items = [code for code in measures.codes("item") if not code.startswith("INF_")]

    assert [(i, v) for i in items for v in (True, False) if (i, v) not in shown] == []


def test_an_example_is_found_by_its_code_and_its_case_is_a_copy():
    example = measures.example("housing-13")
    example.case()["dwelling"]["area_m2"] = 1

    assert example.case()["dwelling"]["area_m2"] == 52
    with pytest.raises(measures.UnknownCode):
        measures.example("nothing")
