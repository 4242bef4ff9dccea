"""Static files are collected when one changed, and only then."""

import os

import pytest
from django.core.management import call_command


@pytest.fixture
def stylesheet(settings, tmp_path):
    """The one static file of a site."""
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "written"]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    written = tmp_path / "written/site.css"
    written.parent.mkdir()
    written.write_text("a { color: red }")
    return written


def test_changed_file_is_collected_again(stylesheet, settings):
    call_command("collect_changed")
    stylesheet.write_text("a { color: darkred }")
    later = stylesheet.stat().st_mtime + 10  # collectstatic counts whole seconds
    os.utime(stylesheet, (later, later))

    call_command("collect_changed")

    collected = settings.STATIC_ROOT / "site.css"
    assert collected.read_text() == "a { color: darkred }"


def test_nothing_is_collected_when_nothing_changed(stylesheet, settings):
    call_command("collect_changed")
    (settings.STATIC_ROOT / "site.css").unlink()

    call_command("collect_changed")

    assert not (settings.STATIC_ROOT / "site.css").exists()


def test_running_site_keeps_what_it_began_with(stylesheet, settings):
    call_command("collect_changed")
    stylesheet.rename(stylesheet.with_name("other.css"))

    call_command("collect_changed")

    names = {path.name for path in settings.STATIC_ROOT.iterdir()}
    assert names == {"site.css", "other.css", ".collected"}
