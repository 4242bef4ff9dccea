"""Reading a content file: TOML between ``+++`` lines, then Markdown with containers.

``::: callout``, ``::: cite`` and ``::: check`` stand on lines of their own, end with
``:::`` and do not nest. What comes out is the raw value of a lesson's body, with ids
that depend on the text alone, so that reading the same file twice gives the same.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from markdown_it import MarkdownIt
from markdown_it.token import Token

from courses.enums import Attested, CalloutKind, CheckKind
from courses.errors import UnreadableContent

MARKDOWN = MarkdownIt("commonmark").enable("table")
OPENING = re.compile(r'::: (?P<name>[a-z]+)(?P<attributes>(?: [a-z]+="[^"]*")*)')
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
CLOSING = ":::"
CHECK_KEYS = {"prompt", "kind", "options", "answer", "because"}


@dataclass(frozen=True)
class ContentFile:
    """One file of ``courses/content``, understood."""

    path: str
    front: dict
    body: list[dict]


@dataclass(frozen=True)
class Piece:
    """A run of plain Markdown (no ``name``) or the inside of one container."""

    name: str
    attributes: dict[str, str]
    text: str


class Unfit(Exception):
    """Why a piece cannot be understood; ``read_file`` adds where."""


def read_file(file: Path, *, root: Path) -> ContentFile:
    """Raises ``UnreadableContent`` naming the file and what is wrong with it."""
    path = file.relative_to(root).as_posix()
    try:
        before, front, text = file.read_text(encoding="utf-8").split("+++\n", 2)
        if before.strip():
            raise Unfit("it must begin with +++")
        return ContentFile(path, tomllib.loads(front), body_from(path, text))
    except (ValueError, KeyError, Unfit) as fault:
        raise UnreadableContent(path=path, reason=fault) from fault


def body_from(path: str, text: str) -> list[dict]:
    body: list[dict] = []
    for piece in pieces(text):
        for kind, value in MAKERS[piece.name](piece):
            key = value["prompt"] + repr(value["options"]) if kind == "check" else ""
            body.append(
                {
                    "type": kind,
                    "value": value,
                    "id": lasting_id(path, kind, key or str(len(body))),
                }
            )
    return with_captions(body)


def pieces(text: str) -> Iterator[Piece]:
    current, lines = Piece("", {}, ""), []
    for line in [*text.splitlines(), None]:
        opening = OPENING.fullmatch(line) if line else None
        ends = line == CLOSING if current.name else (opening or line is None)
        if line is None and current.name:
            raise Unfit(f"::: {current.name} is never closed")
        if not ends:
            if line.startswith(CLOSING):
                raise Unfit(f"a container out of place: {line}")
            lines.append(line)
            continue
        inner = "\n".join(lines).strip()
        if inner or current.name:
            yield Piece(current.name, current.attributes, inner)
        lines = []
        name = opening["name"] if opening and not current.name else ""
        if name and name not in MAKERS:
            raise Unfit(f"an unknown container: {name}")
        found = dict(ATTRIBUTE.findall(opening["attributes"])) if name else {}
        current = Piece(name, found, "")


def plain_blocks(piece: Piece) -> Iterator[tuple[str, object]]:
    """Headings, tables, and the text between them."""
    tokens, text = MARKDOWN.parse(piece.text), []
    for run in top_level_runs(tokens):
        if run[0].type in {"heading_open", "table_open"} and text:
            yield "text", rendered(text)
            text = []
        if run[0].type == "heading_open":
            yield "heading", run[1].content
        elif run[0].type == "table_open":
            yield "table", table_from(run)
        else:
            text += run
    if text:
        yield "text", rendered(text)


def callout(piece: Piece) -> Iterator[tuple[str, object]]:
    kind = CalloutKind(piece.attributes["kind"]).value
    title = piece.attributes["title"]
    yield "callout", {"kind": kind, "title": title, "text": MARKDOWN.render(piece.text)}


def citation(piece: Piece) -> Iterator[tuple[str, object]]:
    attested = Attested(piece.attributes["attested"]).value
    yield (
        "citation",
        {
            "ref": piece.attributes["ref"],
            "attested": attested,
            "text": MARKDOWN.render(piece.text),
        },
    )


def check(piece: Piece) -> Iterator[tuple[str, object]]:
    asked = tomllib.loads(piece.text)
    if set(asked) != CHECK_KEYS:
        raise Unfit(f"a check needs exactly {', '.join(sorted(CHECK_KEYS))}")
    answer, options = asked["answer"], asked["options"]
    if not answer or not all(0 <= index < len(options) for index in answer):
        raise Unfit(f"no such option as the answer of: {asked['prompt']}")
    yield (
        "check",
        {
            "kind": CheckKind(asked["kind"]).value,
            "prompt": asked["prompt"],
            "options": [
                {
                    "type": "item",
                    "value": {"text": option, "is_right": index in answer},
                    "id": lasting_id(asked["prompt"], "option", str(index)),
                }
                for index, option in enumerate(options)
            ],
            "because": MARKDOWN.render(asked["because"]),
        },
    )


MAKERS: dict[str, Callable[[Piece], Iterator[tuple[str, object]]]] = {
    "": plain_blocks,
    "callout": callout,
    "cite": citation,
    "check": check,
}


def top_level_runs(tokens: list[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in tokens:
        run.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield run
            run = []


def rendered(tokens: list[Token]) -> str:
    return MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})


def table_from(tokens: list[Token]) -> dict:
    """A typed table's raw value; the caption follows from the heading above it."""
    rows: list[list[str]] = []
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            cell = tokens[index + 1]
            is_head = token.type == "th_open"
            rows[-1].append(cell.content if is_head else rendered([cell]).strip())
    head, *others = rows
    return {
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": [f"<p>{cell}</p>" for cell in row]} for row in others],
        "caption": "",
    }


def with_captions(body: list[dict]) -> list[dict]:
    heading = ""
    for block in body:
        if block["type"] == "heading":
            heading = block["value"]
        elif block["type"] == "table":
            block["value"]["caption"] = heading
    return body


def lasting_id(*names: str) -> str:
    return str(uuid5(NAMESPACE_URL, "|".join(names)))
