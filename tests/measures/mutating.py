"""Mutation testing of the rules: how many small mistakes would the tests notice?

    python -m tests.measures.mutating [PART ...]

runs mutmut in a scratch copy, which is made fit for it: mutmut passes decorated
functions over, so ``@runs`` comes off; items are bound once, so what is cached is
emptied before each test. It writes ``bench/results/mutation.json``, a table and the
survivors, and takes an hour or so for all parts.
"""

import ast
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results" / "mutation.json"
PARTS = {
    "standards": "measures/standards.py",
    "household standard": "measures/households/",
    "village standard": "measures/villages/",
    "county standard": "measures/counties/",
    "vetoes": "measures/vetoes.py",
    "quotas": "measures/quotas.py",
    "staffing": "measures/staffing.py",
    "procedures": "measures/casework/",
}
# They ask who is marked, start processes, or draw at random: each too slow a thousand
# times over, or blind without the marks.
LEFT_OUT = ("test_clauses.py", "test_terminal.py", "test_properties.py")
# Read from the data files and never bound to a function under test.
KEPT_CACHES = [
    "page",
    "code_lists",
    "bases",
    "examples",
    "clauses",
    "cleaning_rules",
    "household_shape",
    "village_shape",
    "county_shape",
    "case_shape",
    "records_shape",
    "lists_shape",
]
EMPTY_CACHES = f"""
import sys

KEPT = {KEPT_CACHES!r}


def pytest_runtest_setup(item):
    for name, module in list(sys.modules.items()):
        if name.startswith("measures"):
            for key, thing in list(vars(module).items()):
                if hasattr(thing, "cache_clear") and key not in KEPT:
                    thing.cache_clear()
"""
CAUGHT = frozenset({"killed", "timeout", "caught by type check"})


def main() -> None:
    parts = sys.argv[1:] or list(PARTS)
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        scratch = Path(folder)
        lay_out(scratch, [PARTS[part] for part in parts])
        subprocess.run([sys.executable, "-m", "mutmut", "run"], cwd=scratch, check=True)
        fates = read_fates(scratch)
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kept |= {part: summed(part, fates) for part in parts}
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    print(as_table(kept))


def lay_out(scratch: Path, sources: list[str]) -> None:
    """Copy the rules and their tests, and make them fit for mutmut."""
    shutil.copytree(ROOT / "measures", scratch / "measures")
    shutil.copytree(ROOT / "tests" / "measures", scratch / "tests" / "measures")
    (scratch / "tests" / "__init__.py").touch()
    (scratch / "tests" / "conftest.py").write_text(EMPTY_CACHES)
    for name in LEFT_OUT:
        (scratch / "tests" / "measures" / name).unlink()
    for path in (scratch / "measures").rglob("*.py"):
        path.write_text(without_marks(path.read_text()))
    named = "\n    ".join(sources)
    (scratch / "setup.cfg").write_text(
        f"[mutmut]\nsource_paths=\n    {named}\n"
        "pytest_add_cli_args_test_selection=tests/\n"
        "also_copy=\n    measures\n    tests\n"
    )


def without_marks(source: str) -> str:
    marks = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "runs"
        for line in range(mark.lineno, (mark.end_lineno or mark.lineno) + 1)
    }
    lines = source.split("\n")
    return "\n".join(
        line for number, line in enumerate(lines, start=1) if number not in marks
    )


def read_fates(scratch: Path) -> dict[str, str]:
    """What became of each mutant, by its name."""
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    said = subprocess.run(
        command, cwd=scratch, check=True, capture_output=True, text=True
    ).stdout
    pairs = (line.strip().rpartition(": ") for line in said.splitlines())
    return {name: fate for name, _, fate in pairs if name}


def summed(part: str, fates: dict[str, str]) -> dict[str, object]:
    prefix = PARTS[part].removesuffix(".py").strip("/").replace("/", ".") + "."
    mine = {name: fate for name, fate in fates.items() if name.startswith(prefix)}
    counted = Counter(fate in CAUGHT for fate in mine.values())
    return {
        "caught": counted[True],
        "survived": counted[False],
        "survivors": sorted(name for name, fate in mine.items() if fate not in CAUGHT),
    }


def as_table(kept: dict[str, dict]) -> str:
    lines = []
    for part, counts in kept.items():
        caught, survived = counts["caught"], counts["survived"]
        share = caught / max(1, caught + survived)
        lines.append(f"{part:20} {caught:5} {survived:5} {share:7.1%}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
