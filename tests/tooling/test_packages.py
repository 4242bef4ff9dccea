"""packages.sh installs what is missing, or says how, and never surprises."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# All that the script itself calls; nothing else of this machine is to be seen.
COMMANDS = ["bash", "cat", "dirname", "env", "git", "mktemp", "python3", "rm", "tail"]
COMMAND = "apt-get update && apt-get install -y --no-install-recommends gettext"


class Machine:
    """A folder of commands that stands for a machine without gettext."""

    def __init__(self, folder: Path):
        self.folder = folder / "bin"
        self.calls = folder / "calls"
        self.folder.mkdir()
        self.calls.touch()
        for name in COMMANDS:
            (self.folder / name).symlink_to(shutil.which(name))

    def has(self, name: str, script: str) -> None:
        command = self.folder / name
        command.write_text(f"#!/bin/bash\n{script}\n")
        command.chmod(0o755)

    def has_apt_get(self, *, installing: str) -> None:
        self.has(
            "apt-get",
            f'echo "apt-get $*" >>{self.calls}\n'
            f'case "$*" in *" install "*) {installing};; esac',
        )

    def install(self) -> subprocess.CompletedProcess:
        return subprocess.run(
            [ROOT / "deploy/setup/packages.sh", "check"],
            env={"PATH": str(self.folder), "PYTHON": sys.executable},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def called(self) -> list[str]:
        return self.calls.read_text().splitlines()


@pytest.fixture
def machine(tmp_path) -> Machine:
    return Machine(tmp_path)


def brings_xgettext(machine: Machine) -> str:
    return f"ln -s /bin/true {machine.folder}/xgettext"


def ln(machine: Machine) -> None:
    (machine.folder / "ln").symlink_to(shutil.which("ln"))


def test_nothing_is_said_or_called_when_nothing_is_missing(machine):
    machine.has("xgettext", "")
    machine.has_apt_get(installing="true")

    done = machine.install()

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.called() == []


def test_without_the_right_it_prints_the_command_and_stops(machine):
    machine.has("id", "echo 1000")
    machine.has_apt_get(installing="true")

    done = machine.install()

    assert done.returncode == 1
    assert f"  su -c '{COMMAND}'" in done.stderr.splitlines()
    assert machine.called() == []


def test_sudo_that_wants_a_password_is_not_asked_without_a_terminal(machine):
    machine.has("id", "echo 1000")
    machine.has("sudo", '[ "$*" = "-n true" ] && exit 1; exit 0')
    machine.has_apt_get(installing="true")

    done = machine.install()

    assert done.returncode == 1
    assert f"  sudo sh -c '{COMMAND}'" in done.stderr.splitlines()
    assert machine.called() == []


def test_with_sudo_it_says_what_and_why_and_installs(machine):
    machine.has("id", "echo 1000")
    machine.has("sudo", '[ "$1" = -n ] && exit 0; exec "$@"')
    ln(machine)
    machine.has_apt_get(installing=brings_xgettext(machine))

    done = machine.install()

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "Missing on this system:",
        "  gettext                compares the strings in the code with their "
        "translations",
        "Installing them with: sudo apt-get install gettext",
    ]
    assert [call.split()[-1] for call in machine.called()] == ["update", "gettext"]


def test_failed_installation_shows_its_last_lines(machine):
    machine.has("id", "echo 0")
    machine.has_apt_get(installing="echo no such package; exit 100")

    done = machine.install()

    assert done.returncode == 1
    assert "no such package" in done.stderr.splitlines()


def test_package_that_brings_nothing_is_not_taken_for_success(machine):
    machine.has("id", "echo 0")
    machine.has_apt_get(installing="true")

    done = machine.install()

    assert done.returncode == 1
    assert "They are still not found after the installation." in done.stderr
