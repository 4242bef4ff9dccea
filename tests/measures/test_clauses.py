"""The table of clauses and the code hold each other to it."""

import importlib
import re
from collections import Counter

import pytest

import measures
from measures.citations import RUNNERS

TABLE = {clause.code: clause for clause in measures.clauses()}


def test_every_clause_stands_once():
    assert [
        code
        for code, count in Counter(clause.code for clause in measures.clauses()).items()
        if count > 1
    ] == []


def test_every_clause_runs_or_says_why_it_is_silent_and_never_both():
    assert [c.code for c in TABLE.values() if not c.runs and c.silent is None] == []
    assert [c.code for c in TABLE.values() if c.runs and c.silent is not None] == []


def test_every_runner_names_a_clause_of_the_table():
    assert set(RUNNERS) - set(TABLE) == set()


@pytest.mark.parametrize("where", sorted({w for ws in RUNNERS.values() for w in ws}))
def test_every_runner_exists_and_says_in_a_sentence_what_it_holds(where):
    module, _, name = where.rpartition(".")
    function = getattr(importlib.import_module(module), name)

    assert len(function.__doc__.split()) >= 4


def test_every_clause_is_worded_twice_and_in_its_language():
    for clause in TABLE.values():
        assert re.search("[一-鿿]", clause.text.zh)
        assert not re.search("[一-鿿]", clause.text.en)


def test_chapters_and_attestations_are_the_known_ones():
    assert {clause.chapter for clause in TABLE.values()} == {1, 2, 3, 4, 5, 6}
    assert {clause.attested for clause in TABLE.values()} == {
        "source",
        "public",
        "assumed",
    }


def test_the_editions_a_clause_names_exist():
    known = {edition.code for edition in measures.editions()}

    assert {code for c in TABLE.values() for code in c.editions} <= known


def test_a_clause_is_found_by_its_code():
    assert measures.clause("6-quota-poor").citation == "解读 六 · 第四章"
    with pytest.raises(measures.UnknownCode):
        measures.clause("no-such-clause")


def test_what_came_after_the_interpretation_is_not_cited_as_part_of_it():
    later = [c.code for c in TABLE.values() if not c.citation.startswith("解读 ")]

    assert later == ["monitor-2020", "monitor-2021"]
