"""Fails when a string in the code has no finished Chinese translation.

Every app's strings are gathered anew into a temporary copy of the tree, so the
check sees what is really used and the working tree stays as it is.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

LANGUAGE = "zh_Hans"
CATALOGUE = Path("locale", LANGUAGE, "LC_MESSAGES", "django.po")
GATHER = ["-l", LANGUAGE, "--no-location", "--no-wrap", "-e", "html,py,txt"]
# What can hold a string for people to read.
SOURCES = {".py", ".html", ".txt", ".po"}


def committed_or_new(root: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [Path(name) for name in listed.split("\0") if name]


def copy_sources(root: Path, copy: Path) -> list[str]:
    """Copies what may hold strings, and names the apps that were found."""
    apps = set()
    for path in committed_or_new(root):
        source = root / path
        if len(path.parts) < 2 or not (root / path.parts[0] / "__init__.py").exists():
            continue
        if path.suffix in SOURCES and path.parts[0] != "tests" and source.is_file():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy / path)
            apps.add(path.parts[0])
    return sorted(apps)


def gather(app: Path) -> None:
    (app / "locale").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", *GATHER],
        cwd=app,
        # The copy is not the site: it has no settings to find.
        env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{app.name}: the strings could not be gathered\n{done.stderr}")


def is_finished(message: Message) -> bool:
    strings = message.string if message.pluralizable else (message.string,)
    return all(strings) and not message.fuzzy


def faults_of(app: Path) -> Iterator[str]:
    catalogue = app / CATALOGUE
    before = read(catalogue)
    gather(app)
    known = {(message.id, message.context) for message in before}
    for message in read(catalogue):
        if not message.id:
            continue
        if (message.id, message.context) not in known:
            yield f"not in the catalogue: {message.id!r}"
        elif not is_finished(message):
            fault = "doubtful (fuzzy)" if message.fuzzy else "not translated"
            yield f"{fault}: {message.id!r}"
        else:
            for error in message.check():
                yield f"{error}: {message.id!r}"


def read(catalogue: Path) -> list[Message]:
    if not catalogue.exists():
        return []
    # What is no longer used is kept as comments, of which not all can be read.
    lines = catalogue.read_bytes().splitlines(keepends=True)
    used = io.BytesIO(b"".join(line for line in lines if not line.startswith(b"#~")))
    try:
        return list(read_po(used, abort_invalid=True))
    except PoFileError as error:
        sys.exit(f"{catalogue.parents[3].name}: the catalogue cannot be read: {error}")


def main(root: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        faults = [
            f"{app}: {fault}"
            for app in copy_sources(root, copy)
            for fault in faults_of(copy / app)
        ]
    for fault in faults:
        print(fault)
    print(f"translations: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
