"""Fails on a file over 400 lines or a function over 40: a noun is missing there."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LIMIT = 400
FUNCTION_LIMIT = 40


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Counts from ``def`` to the end, without the docstring."""
    length = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        length -= first.end_lineno - first.lineno + 1
    return length


def faults_of(path: Path) -> Iterator[str]:
    text = path.read_text()
    if (count := len(text.splitlines())) > FILE_LIMIT:
        yield f"{path}: {count} lines, {FILE_LIMIT} are allowed"
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (count := lines_of(node)) > FUNCTION_LIMIT:
            yield (
                f"{path}:{node.lineno}: {node.name} has {count} lines, "
                f"{FUNCTION_LIMIT} are allowed"
            )


def sources() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return [
        Path(name)
        for name in listed
        if "migrations" not in Path(name).parts and Path(name).is_file()
    ]


if __name__ == "__main__":
    faults = [fault for path in sources() for fault in faults_of(path)]
    print(*faults, f"lengths: {len(faults)} faults", sep="\n")
    sys.exit(1 if faults else 0)
