"""The checks of make check find the faults they are for."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = Path(__file__).resolve().parents[2] / ".ci" / "checks"
CATALOGUE = "shop/locale/zh_Hans/LC_MESSAGES/django.po"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


class Tree:
    """A small repository to run a check in."""

    def __init__(self, folder: Path):
        self.folder = folder
        subprocess.run(["git", "init", "--quiet", folder], check=True)

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def check(self, name: str) -> list[str]:
        """Returns the faults; the last line only counts them."""
        done = subprocess.run(
            [sys.executable, CHECKS / f"{name}.py"],
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        assert done.stderr == ""
        *faults, _count = done.stdout.splitlines()
        assert done.returncode == bool(faults)
        return faults


@pytest.fixture
def tree(tmp_path) -> Tree:
    return Tree(tmp_path)


@pytest.fixture
def shop(tree) -> Tree:
    """An app with one string in its code."""
    tree.write("shop/__init__.py", "")
    tree.write(
        "shop/views.py",
        "from django.utils.translation import gettext\n"
        'gettext("%(count)s posts are open")\n',
    )
    return tree


def entry(translation: str, flags: str = "python-format") -> str:
    return (
        f"{HEADER}\n#, {flags}\n"
        f'msgid "%(count)s posts are open"\nmsgstr "{translation}"\n'
    )


def test_translations_pass_when_every_string_is_translated(shop):
    shop.write(CATALOGUE, entry("空缺 %(count)s 个岗位"))

    assert shop.check("translations") == []


@pytest.mark.parametrize(
    ("catalogue", "fault"),
    [
        (HEADER, "not in the catalogue"),
        (entry(""), "not translated"),
        (entry("空缺岗位", "fuzzy, python-format"), "doubtful (fuzzy)"),
        (entry("空缺 %(number)s 个岗位"), "unknown named placeholder 'number'"),
    ],
)
def test_translations_name_the_string_without_a_translation(shop, catalogue, fault):
    shop.write(CATALOGUE, catalogue)

    assert shop.check("translations") == [f"shop: {fault}: '%(count)s posts are open'"]


def test_translations_leave_the_working_tree_alone(shop):
    shop.check("translations")

    assert not (shop.folder / "shop/locale").exists()


def test_lengths_allow_40_lines_to_a_function_and_400_to_a_file(tree):
    tree.write("exact.py", "def short():\n" + "    pass\n" * 39 + "\n" * 360)

    assert tree.check("lengths") == []


def test_lengths_name_the_long_function_and_the_long_file(tree):
    tree.write("long.py", "def tall():\n" + "    pass\n" * 40 + "\n" * 360)

    assert tree.check("lengths") == [
        "long.py: 401 lines, 400 are allowed",
        "long.py:1: tall has 41 lines, 40 are allowed",
    ]


def test_lengths_do_not_judge_migrations(tree):
    tree.write("shop/migrations/0001_long.py", "\n" * 500)

    assert tree.check("lengths") == []


def test_committed_refuses_an_address_among_the_locked_packages(tree):
    tree.write("requirements/run.txt", "thing @ https://files.example/thing.whl\n")

    assert tree.check("committed") == [
        "requirements/run.txt: holds an address or an index option; use `make lock`"
    ]


def test_committed_refuses_a_font_without_a_licence(tree):
    tree.write("certificates/fonts/Serif.ttf", "")

    assert tree.check("committed") == [
        "certificates/fonts/Serif.ttf: no licence beside it"
    ]


def test_committed_takes_a_font_with_its_licence(tree):
    tree.write("certificates/fonts/Serif.ttf", "")
    tree.write("certificates/fonts/OFL.txt", "")

    assert tree.check("committed") == []
