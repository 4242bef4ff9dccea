"""Marked-up text as the plain words the bank holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from core.workbooks.signs import clean

WIDE = r"[\u2e80-\u9fff\uff00-\uffef]"
# A line broken in the source between two Chinese signs is no space to a reader.
BROKEN = re.compile(rf"(?<={WIDE})[ \t\r]*\n[ \t\r\n]*(?={WIDE})")
RUN = re.compile(r"[ \t\r\n\f]+")
TAGS = (
    "p|br|div|span|b|i|u|em|strong|sub|sup|img|ul|ol|li|table|tbody|tr|td|th|pre|code"
    "|h[1-6]|a|font|video|audio|blockquote|hr"
)
HTML = re.compile(rf"</?(?:{TAGS})(?:\s[^<>]*)?/?>|&(?:[a-z]{{2,8}}|#\d+);", re.I)
# Pictures within the text itself.
INLAID = re.compile(
    r"data:[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,40};base64,[A-Za-z0-9+/=\s]*", re.I
)
# Longer texts are refused anyway; taking their markup apart could last for minutes.
LONGEST = 40_000
MARKDOWN = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")

BREAKS = frozenset(
    [
        "p",
        "br",
        "div",
        "li",
        "tr",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "pre",
        "blockquote",
        "section",
        "hr",
        "prompt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "simpleChoice",
    ]
)
MEDIA = frozenset(
    [
        "img",
        "object",
        "audio",
        "video",
        "svg",
        "canvas",
        "iframe",
        "embed",
        "picture",
        "media",
        "graphic",
    ]
)
STYLED = frozenset(
    ["b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "font", "code"]
)
SILENT = frozenset(["script", "style", "head", "title", "stylesheet"])
RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


@dataclass(frozen=True)
class Wording:
    """Plain words; ``lost`` says what of the markup did not come along."""

    text: str
    lost: tuple[str, ...] = ()
    shows_media: bool = False


class Collector:
    """Gathers words tag by tag, whoever walks the markup."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.lost: dict[str, None] = {}
        self.shows_media = False

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag in MEDIA:
            self.shows_media = True
            self.words(f" {attributes.get('alt') or ''} ")
        if tag in STYLED:
            self.lost[_("the formatting of the text")] = None
        if tag == "table":
            self.lost[_("the lines of a table, whose words are kept")] = None
        if tag == "math":
            self.lost[_("the layout of a formula, whose signs are kept")] = None
        if tag in BREAKS:
            self.parts.append("\0")
        if tag in ("td", "th"):
            self.parts.append(" ")
        self.open.append(tag)

    def end(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag in BREAKS:
            self.parts.append("\0")

    def words(self, text: str) -> None:
        if SILENT.intersection(self.open):
            return
        text = text.replace("\0", "")
        if "pre" in self.open:
            self.parts.append(text.replace("\r\n", "\n").replace("\n", "\0"))
        else:
            self.parts.append(self.raised(RUN.sub(" ", BROKEN.sub("", text))))

    def raised(self, text: str) -> str:
        for tag, table in (("sup", RAISED), ("sub", LOWERED)):
            if tag in self.open:
                if any(ord(sign) not in table for sign in text.strip()):
                    self.lost[_("raised or lowered signs")] = None
                return text.translate(table)
        return text

    def wording(self) -> Wording:
        lines = "".join(self.parts).replace("\xa0", " ").split("\0")
        lines = [RUN.sub(" ", line).strip() for line in lines]
        text = "\n".join(line for line in lines if line)
        return Wording(clean(text), tuple(self.lost), self.shows_media)


class Markup(HTMLParser):
    """HTML in, a collector's words out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.collector = Collector()

    def handle_starttag(self, tag, attrs):
        self.collector.start(tag, dict(attrs))
        if tag in ("br", "img", "hr", "input", "embed", "meta", "link"):
            self.collector.end(tag)

    def handle_startendtag(self, tag, attrs):
        self.collector.start(tag, dict(attrs))
        self.collector.end(tag)

    def handle_endtag(self, tag):
        self.collector.end(tag)

    def handle_data(self, data):
        self.collector.words(data)


def from_html(markup: str) -> Wording:
    markup = INLAID.sub("data:", markup)
    if len(markup) > LONGEST:
        return Wording(clean(markup))
    reader = Markup()
    reader.feed(markup)
    reader.close()
    return reader.collector.wording()


def from_markdown(text: str) -> Wording:
    """Take the commonest marks away; the rest stays as its author wrote it."""
    text = INLAID.sub("data:", text)
    if len(text) > LONGEST:
        return Wording(clean(text))
    plain = MARKDOWN.sub(r"\2", text)
    lost = (_("the formatting of the text"),) if plain != text else ()
    if "![" in plain:
        return Wording(clean(plain), lost, shows_media=True)
    return Wording(clean(plain), lost)


def from_unmarked(text: str) -> Wording:
    """Read what may be HTML or not: Moodle's own format is both."""
    text = INLAID.sub("data:", text)
    if len(text) > LONGEST:
        return Wording(clean(text))
    return from_html(text) if HTML.search(text) else Wording(clean(text))
