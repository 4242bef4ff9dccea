"""What holds for the whole house, whoever adds a room."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
APPS = [
    "trainingsite",
    "rosters",
    "certificates",
    "exams",
    "exercises",
    "courses",
    "villages",
    "households",
    "ledger",
    "accounts",
    "divisions",
    "core",
    "measures",
]
TEMPLATES = sorted(
    path for app in APPS for path in (ROOT / app).glob("**/templates/**/*.html")
)
TWO_PRESSES = {
    "accounts:end_grant",
    "accounts:revoke_token",
    "certificates:cancel",
    "certificates:take_photo_away",
    "exams:end-accommodation",
    "exams:strike",
    "rosters:withdraw",
}
PUBLIC = {
    "trainingsite.views.choose_language",
    "trainingsite.views.healthz",
    "trainingsite.views.readyz",
    "trainingsite.views.papersz",
    "certificates.views.verify",
    "certificates.views.answer",
    "certificates.views.answer_code",
    "certificates.paper_views.paper",
    # What phones and programs need to verify by themselves; none of it names anyone.
    "certificates.public_views.offline",
    "certificates.public_views.worker",
    "certificates.public_views.keys",
    "certificates.public_views.issuer",
    "certificates.public_views.revocations",
    "certificates.public_views.revoked_credentials",
}


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_is_for_and_nothing_else(app):
    tree = ast.parse((ROOT / app / "__init__.py").read_text())

    assert len(ast.get_docstring(tree).split()) >= 20
    if app != "measures":  # the one package whose face is its public names
        assert len(tree.body) == 1


def modules_of_others(app: str) -> Iterator[str]:
    """The packages that a room imports and that are neither Python's nor ours."""
    for path in (ROOT / app).glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            else:
                continue
            yield from (name.split(".")[0] for name in names)


@pytest.mark.parametrize("app", APPS)
def test_every_package_that_is_imported_is_asked_for_by_name(app):
    """What another package happens to bring may go with its next release."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {re.match(r"[\w-]+", words)[0] for words in project["dependencies"]}
    brought_by = packages_distributions()

    others = set(modules_of_others(app)) - {*APPS, *sys.stdlib_module_names}
    unnamed = {
        module
        for module in others
        if not asked & {name.lower().replace("_", "-") for name in brought_by[module]}
    }

    assert unnamed == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_template_keeps_the_house_rules(path):
    text = path.read_text()

    assert not re.search(r"{% blocktrans(late)?(?![^%]*\btrimmed\b)[^%]*%}", text)
    # A block of JSON is data: no browser runs it.
    scripts = r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))[^>]*>"
    assert not re.search(scripts, text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_not_simply_taken_back_takes_two_presses(path):
    """The names below go to ``components/confirm.html``, never to a form beside it."""
    posted = re.findall(r"action=\"{% url '([a-z:_-]+)'", path.read_text())

    assert TWO_PRESSES.intersection(posted) == set()


def our_views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from our_views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            if view.__module__.split(".")[0] in APPS:
                yield view


def test_the_views_open_to_strangers_are_the_listed_ones():
    open_views = {
        f"{view.__module__}.{view.__name__}"
        for view in our_views(get_resolver().url_patterns)
        if not getattr(view, "login_required", True)
    }

    assert open_views == PUBLIC


@pytest.mark.parametrize("app", APPS)
def test_what_may_fail_after_a_commit_has_a_name_to_be_logged_by(app):
    """Django asks a failed call for its ``__qualname__``, which a partial has not: the
    person would meet that fault, and what was to be called next would not be."""
    for path in (ROOT / app).rglob("*.py"):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("on_commit")
        ]
        robust = [call for call in calls if "robust" in {k.arg for k in call.keywords}]
        assert not [call for call in robust if "partial(" in ast.unparse(call)], path
