"""The glossary and the code say the same."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

import measures
from accounts.enums import Role
from divisions.enums import CountyClass, Kind

ROOT = Path(__file__).resolve().parents[1]
WORDS = (ROOT / "docs" / "words.md").read_text()
APPS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "root_packages"
]
# Lists of the measures that the glossary must not leave out.
LISTED = [
    "procedure",
    "step",
    "status",
    "item",
    "veto",
    "level",
    "subject",
    "standard",
    "attested",
    "refusal",
    "outcome",
    "review_outcome",
    "case_state",
    "event",
    "carrier",
    "fault_class",
    "post",
]
CODE = re.compile(r"`([^`]+)`")
NAMES_A_LIST = re.compile(r"\(`(\w+)`\)$")


def read_sections(text: str) -> dict[str, list[list[str]]]:
    """The rows of the tables below each heading, without head and rule."""
    sections = {}
    for section in text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith("|")]
        sections[heading] = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]
        ]
    return sections


SECTIONS = read_sections(WORDS)
LISTS = {
    found[1]: rows
    for heading, rows in SECTIONS.items()
    if (found := NAMES_A_LIST.search(heading))
}
# Of a step, a procedure and a status the last column says whose they are.
PLACED = [
    row
    for rows in SECTIONS.values()
    for row in rows
    if len(row) == 4
    and not any(rows is LISTS.get(kind) for kind in ("step", "procedure", "status"))
]
ADDRESSES = sorted(
    {place for row in PLACED for place in CODE.findall(row[3]) if "." in place}
)


def chinese_of(rows: list[list[str]]) -> dict[str, str]:
    return {CODE.fullmatch(row[0])[1]: row[1] for row in rows}


def catalogue_of(app: str) -> dict[str, str]:
    """An app's translations, read from the source so that nothing need be compiled."""
    path = ROOT / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as source:
        return {message.id: message.string for message in read_po(source)}


@pytest.mark.parametrize("heading", sorted(SECTIONS))
def test_no_section_says_a_word_twice(heading):
    words = [row[0] for row in SECTIONS[heading] if len(row) == 4]

    assert len(words) == len(set(words))


@pytest.mark.parametrize("kind", LISTED)
def test_the_lists_of_the_measures_have_their_section(kind):
    assert kind in LISTS


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_a_section_holds_exactly_its_list_with_the_same_chinese(kind):
    named = {code: measures.name_of(code, "zh", kind) for code in measures.codes(kind)}

    assert chinese_of(LISTS[kind]) == named


def test_the_steps_of_each_procedure_stand_in_their_order():
    written = [
        (CODE.fullmatch(code)[1], subject, steps)
        for code, subject, steps in SECTIONS["Procedures and their steps"]
    ]

    assert written == [
        (each.code, each.subject, " → ".join(map(spelt, each.steps)))
        for each in measures.procedures()
    ]


def spelt(step: measures.Step) -> str:
    marks = " ?" * step.optional + " *" * (step.county_class == "national")
    return f"`{step.code}` {step.level}{marks}"


def test_each_step_names_the_procedures_that_have_it():
    written = {
        CODE.fullmatch(row[0])[1]: set(CODE.findall(row[3])) for row in LISTS["step"]
    }

    assert written == {
        code: {
            procedure.code
            for procedure in measures.procedures()
            if code in {step.code for step in procedure.steps}
        }
        for code in measures.codes("step")
    }


def test_each_veto_says_how_well_it_is_vouched_for():
    written = {
        CODE.fullmatch(row[0])[1]: row[2].partition(":")[0] for row in LISTS["veto"]
    }
    nothing_known = measures.read_household({"on": "2017-11-01"})

    assert written == {
        finding.code: finding.attested
        for finding in measures.weigh_vetoes(nothing_known).vetoes
    }


@pytest.mark.parametrize(
    ("app", "heading", "choices"),
    [
        ("accounts", "People and roles", Role),
        ("divisions", "Places", Kind),
        ("divisions", "Places", CountyClass),
    ],
)
def test_choices_are_called_what_the_pages_call_them(app, heading, choices):
    written = chinese_of(SECTIONS[heading])
    catalogue = catalogue_of(app)
    with translation.override("en"):
        english = {choice.value: str(choice.label) for choice in choices}

    assert {value: written[value] for value in english} == {
        value: catalogue[label] for value, label in english.items()
    }


@pytest.mark.parametrize("row", PLACED, ids=lambda row: row[0])
def test_every_word_lives_in_an_app(row):
    addresses = CODE.findall(row[3])

    assert addresses
    assert [a for a in addresses if a.partition(".")[0] not in APPS] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_lives_somewhere_is_found_there(address):
    assert found_at(address)


def found_at(address: str) -> bool:
    """Whether a dotted address is a module, or a name in one."""
    try:
        return bool(importlib.import_module(address))
    except ModuleNotFoundError:
        module, _, name = address.rpartition(".")
        return hasattr(importlib.import_module(module), name)
