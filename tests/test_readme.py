"""What the READMEs promise is there, in both languages."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.writing import section_of

ROOT = Path(__file__).resolve().parents[1]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
BOTH = pytest.mark.parametrize("readme", [ENGLISH, CHINESE], ids=lambda path: path.name)
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
ASKED = re.compile(r"^\$ echo '(.+)' \| \S+ -m measures (\w+)\n(.+)$", re.MULTILINE)


def links_of(readme: Path) -> list[str]:
    return LINK.findall(readme.read_text())


@BOTH
def test_every_link_leads_to_a_file(readme):
    # The pictures are made by the journeys, which run after this test.
    links = [link for link in links_of(readme) if "screenshots" not in link]

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_both_readmes_lead_to_the_same_places():
    others = {ENGLISH.name, CHINESE.name}

    assert set(links_of(CHINESE)) - others == set(links_of(ENGLISH)) - others


def test_both_readmes_have_the_same_sections_and_rows():
    assert shape_of(CHINESE) == shape_of(ENGLISH)


def shape_of(readme: Path) -> list[str]:
    """The headings and table rows, without the figures that only one README has."""
    text = re.sub(
        r"<!-- bench -->.*<!-- /bench -->", "", readme.read_text(), flags=re.S
    )
    return [
        line.partition(" ")[0]
        for line in text.splitlines()
        if line.startswith(("#", "|"))
    ]


@BOTH
def test_every_target_named_is_in_the_makefile(readme):
    named = re.findall(r"`?make ([a-z][a-z-]+)", readme.read_text())
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert sorted(set(named) - set(targets)) == []


def test_the_bench_has_its_place_in_the_english_readme():
    assert "make bench" in section_of(ENGLISH.read_text())


@BOTH
def test_the_example_of_the_rules_answers_as_printed(readme):
    case, command, answer = ASKED.search(readme.read_text()).groups()
    asked = subprocess.run(
        [sys.executable, "-m", "measures", command],
        cwd=ROOT,
        input=case,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(asked.stdout) == json.loads(answer)


@BOTH
def test_the_map_shows_every_package_in_its_order(readme):
    text = readme.read_text()
    layers = (ROOT / "pyproject.toml").read_text()
    packages = re.search(r"root_packages = \[([^]]+)\]", layers)[1]

    assert re.findall(r"^([a-z]+)/  ", text, re.MULTILINE) == re.findall(
        r'"(\w+)"', packages
    )
