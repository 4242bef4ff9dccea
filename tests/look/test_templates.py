"""What every template keeps to, whoever wrote it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "trainingsite"
STYLES = SITE / "static" / "trainingsite" / "css"
TEMPLATES = sorted(
    path for path in ROOT.glob("*/templates/**/*.html") if ".venv" not in path.parts
)
INLINE = re.compile(r"<style|\sstyle=|\son(?!ly=)[a-z]+=|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
ICON = re.compile(r"""components/icon\.html["'] with name="([a-z-]+)\"""")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_keeps_the_content_security_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not INLINE.search(text)
    assert not OUTSIDE.search(text)
    for script in SCRIPT.finditer(text):
        data = "application/json" in script["attributes"]
        assert data or not script["body"].strip()


def test_a_component_begins_with_what_it_needs():
    for path in (SITE / "templates" / "components").glob("*.html"):
        opening = path.read_text(encoding="utf-8").split("{% endcomment %}")[0]
        assert opening.startswith("{% comment %}"), path.name
        assert "Need" in opening or "Optional" in opening, path.name


def test_every_icon_a_template_names_is_drawn():
    sprite = (SITE / "static" / "trainingsite" / "icons.svg").read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', sprite))
    named = {
        icon for path in TEMPLATES for icon in ICON.findall(path.read_text("utf-8"))
    }
    assert named
    assert named <= drawn


def test_colours_are_named_in_the_tokens_alone():
    # A QR code's ground is white whatever the colour scheme.
    allowed = {"papers.css": {"#fff", "rgb(0 0 0 / 30%)"}}
    colour = re.compile(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl|oklch)a?\([^)]*\)", re.IGNORECASE)
    for sheet in STYLES.glob("*.css"):
        if sheet.name != "tokens.css":
            found = set(colour.findall(sheet.read_text(encoding="utf-8")))
            assert found <= allowed.get(sheet.name, set()), sheet.name


def test_every_token_used_is_defined():
    defined, used = set(), set()
    for sheet in STYLES.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        defined |= set(re.findall(r"(--[a-z0-9-]+):", text))
        used |= set(re.findall(r"var\((--[a-z0-9-]+)", text))
    assert used <= defined


def test_the_catalogue_lists_every_component():
    catalogue = (ROOT / "docs" / "look.md").read_text(encoding="utf-8")
    for path in (SITE / "templates" / "components").glob("[!_]*.html"):
        assert path.name in catalogue
