"""Fails on what must not be committed, and on a font without its licence."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FONTS = {".ttf", ".otf", ".ttc", ".woff", ".woff2"}
LICENCES = ("LICENSE*", "LICENCE*", "OFL*")
# A lock file's addresses would tie every installation to one registry.
ADDRESS = re.compile(r"://|--(?:extra-)?index-url|--find-links|^-[if] ", re.MULTILINE)


def addresses_in_locks(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        if path.parts[0] == "requirements" and ADDRESS.search(path.read_text()):
            yield f"{path}: holds an address or an index option; use `make lock`"


def locks_of_other_tools(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock"}:
            yield f"{path}: records the registry's addresses; use `make lock`"


def fonts_without_licence(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        if path.suffix.lower() not in FONTS:
            continue
        folders = (path.parent, path.parent.parent)
        if not any(any(folder.glob(name)) for folder in folders for name in LICENCES):
            yield f"{path}: no licence beside it"


def main() -> int:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [Path(name) for name in listed.split("\0") if name and Path(name).is_file()]
    faults = [
        fault
        for look in (addresses_in_locks, locks_of_other_tools, fonts_without_licence)
        for fault in look(paths)
    ]
    print(*faults, f"committed files: {len(faults)} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
