"""Where figures end up: a file for machines, the README for people."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .figures import Figure, as_table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
LATEST = "latest.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def write_results(
    machine: dict, figures: Sequence[Figure], path: Path, **facts: object
) -> dict:
    """Returns what was written."""
    results = {
        "measured_on": date.today().isoformat(),
        "machine": machine,
        **facts,
        "figures": [vars(figure) for figure in figures],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    return results


def write_table(figures: Sequence[Figure], path: Path) -> None:
    """Beside the file for machines, where the README does not show it."""
    path.with_suffix(".md").write_text(as_table(figures) + "\n")


def as_section(results: dict) -> str:
    """The table of the README with the line that says where it was measured."""
    machine = results["machine"]
    figures = [Figure(**figure) for figure in results["figures"]]
    return (
        f"{BEGIN}\nMeasured by `make bench` on {results['measured_on']}: "
        f"{machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gib']} GiB, Python {machine['python']}, "
        f"SQLite {machine['sqlite']}.\n\n{as_table(figures)}\n{END}"
    )


def section_of(text: str) -> str:
    """What stands between the marks of a README, marks included."""
    return text[text.index(BEGIN) : text.index(END) + len(END)]


def refresh(readme: Path, results: dict) -> None:
    """Puts the figures between the marks; a README without marks is left alone."""
    text = readme.read_text() if readme.exists() else ""
    if BEGIN in text and END in text:
        readme.write_text(text.replace(section_of(text), as_section(results)))
