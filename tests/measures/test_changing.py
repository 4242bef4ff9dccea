"""What another edition changes, clause by clause."""

from itertools import permutations

import pytest

import measures
from measures.book import page

CODES = [edition.code for edition in measures.editions()]
STANDARDS = ("household", "village", "county")


def told(before, after):
    return {
        change.clause.code: change.how
        for change in measures.changes_between(before, after)
    }


def test_2018_made_six_items_of_a_village_reference_and_says_so():
    assert told("gx-2017", "gx-2018") == {
        "4.2-industry": "changed",
        "4.2-road": "changed",
        "4.2-service": "changed",
        "4.2-television": "changed",
        "4.2-collective": "changed",
        "4.2-committee": "changed",
        "village-core": "added",
    }


def test_2020_and_2021_add_those_who_are_watched_and_touch_no_standard():
    assert told("gx-2018", "gx-2020") == {"monitor-2020": "added"}
    assert told("gx-2020", "gx-2021") == {"monitor-2021": "added"}
    assert set(told("gx-2018", "gx-2021")) == {"monitor-2020", "monitor-2021"}


def test_2017_changed_what_a_household_is_held_to_but_not_its_electricity():
    changed = told("gx-2016", "gx-2017")

    assert changed["4.1.2-housing"] == changed["4.1.2-road"] == "changed"
    assert changed["hh-road-hamlet"] == "changed"
    assert changed["hh-housing-2017"] == "added"
    assert "4.1.2-power" not in changed
    assert "4.2-rate" not in changed


def test_only_what_stands_in_a_section_of_its_own_is_new_matter():
    new = [
        change.clause.code
        for change in measures.changes_between("gx-2016", "gx-2021")
        if change.is_new_matter
    ]

    assert new == ["monitor-2020", "monitor-2021"]


@pytest.mark.parametrize(("before", "after"), list(permutations(CODES, 2)))
def test_back_is_the_same_with_added_and_dropped_exchanged(before, after):
    turned = {"added": "dropped", "dropped": "added", "changed": "changed"}

    assert told(after, before) == {
        code: turned[how] for code, how in told(before, after).items()
    }


@pytest.mark.parametrize("code", CODES)
def test_an_edition_does_not_differ_from_itself(code):
    assert measures.changes_between(code, code) == ()


@pytest.mark.parametrize("subject", STANDARDS)
def test_every_item_of_a_standard_is_stated_by_a_clause_that_runs_its_rule(subject):
    stated = {}
    for clause in measures.clauses():
        if clause.item:
            stated.setdefault(clause.item, set()).update(clause.runs)
    for version in page(subject).values():
        for code, entry in version.items():
            runners = {name.rpartition(".")[2] for name in stated[code]}
            assert entry["rule"] in runners, code


def test_every_clause_that_names_an_item_names_one_of_a_standard():
    items = {
        code
        for subject in STANDARDS
        for version in page(subject).values()
        for code in version
    }
    named = {clause.item for clause in measures.clauses() if clause.item}

    assert named == items
