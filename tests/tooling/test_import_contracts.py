"""The contracts of pyproject.toml notice an import that goes the wrong way."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"
BETWEEN_APPS = "An app imports only from the apps below it"
INSIDE_AN_APP = "Inside an app a module imports only from the layers below its own"
NO_TOOLS = "The product runs without the tools of its makers"
BARE_RULES = "The rules run without Django and know nothing of the site"


@pytest.fixture
def tree(tmp_path) -> Path:
    """A copy of the packages, to plant an import in."""
    settings = (ROOT / "pyproject.toml").read_text()
    for package in tomllib.loads(settings)["tool"]["importlinter"]["root_packages"]:
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=lambda folder, names: [
                name
                for name in names
                if not (Path(folder, name).is_dir() or name.endswith(".py"))
            ],
        )
    (tmp_path / "pyproject.toml").write_text(settings)
    return tmp_path


def broken_contracts(tree: Path) -> set[str]:
    linted = subprocess.run(
        [LINTER, "--no-cache"], cwd=tree, capture_output=True, text=True
    )
    broken = set(re.findall(r"^(.+) BROKEN", linted.stdout, re.MULTILINE))
    assert linted.returncode == bool(broken), linted.stdout + linted.stderr
    return broken


def plant(module: Path, line: str) -> None:
    module.write_text(f"{module.read_text()}\n{line}\n")


def test_contracts_hold_for_the_tree_as_it_is(tree):
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("divisions/models.py", "import rosters.models", BETWEEN_APPS),
        (
            "accounts/models.py",
            "def later():\n    from exams import models",
            BETWEEN_APPS,
        ),
        ("accounts/models.py", "import accounts.views", INSIDE_AN_APP),
        ("certificates/errors.py", "import certificates.models", INSIDE_AN_APP),
        ("exams/models/bank.py", "import factory", NO_TOOLS),
        ("measures/findings.py", "import django.utils.translation", BARE_RULES),
    ],
)
def test_planted_upward_import_breaks_the_contract(tree, module, line, contract):
    plant(tree / module, line)

    assert broken_contracts(tree) == {contract}
