"""``python -m measures``: every rule at a terminal, for anyone with a JSON file."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from measures.answering import COMMANDS, answer, schema
from measures.citations import clauses
from measures.law import editions
from measures.reading import Unreadable
from measures.streams import cases

ENCODER = json.JSONEncoder(ensure_ascii=False)

EVERYTHING_READ, SOMETHING_UNREADABLE, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = parser().parse_args(arguments)
    try:
        return carry_out(chosen, sys.stdout.buffer)
    except BrokenPipeError:
        # The reader has gone; point stdout elsewhere so that closing it is quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EVERYTHING_READ
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    lang = argparse.ArgumentParser(add_help=False)
    lang.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
    root = argparse.ArgumentParser(
        prog="python -m measures", description="The Measures, asked from a terminal."
    )
    root.add_argument("--lang", choices=("zh", "en"), default="zh")
    commands = root.add_subparsers(dest="command", required=True)
    commands.add_parser("editions", parents=[lang], help="every edition of the rules")
    listed = commands.add_parser("clauses", parents=[lang], help="every clause")
    listed.add_argument("--edition", choices=[each.code for each in editions()])
    for name in COMMANDS:
        asked = commands.add_parser(name, parents=[lang], help=f"answers {name}")
        asked.add_argument(
            "file", nargs="?", default="-", help="JSON Lines; - is stdin"
        )
    shaped = commands.add_parser("schema", help="the JSON Schema of a command's input")
    shaped.add_argument("name", choices=sorted(COMMANDS))
    return root


def carry_out(chosen: argparse.Namespace, out: BinaryIO) -> int:
    if chosen.command == "editions":
        return write_all(out, (told_edition(each, chosen.lang) for each in editions()))
    if chosen.command == "clauses":
        wanted = [
            told_clause(each, chosen.lang)
            for each in clauses()
            if not chosen.edition or each.holds_in(chosen.edition)
        ]
        return write_all(out, wanted)
    if chosen.command == "schema":
        text = json.dumps(schema(chosen.name), ensure_ascii=False, indent=2)
        out.write(text.encode() + b"\n")
        return EVERYTHING_READ
    if chosen.file == "-":
        return answer_stream(chosen.command, sys.stdin.buffer, out, chosen.lang)
    try:
        with open(chosen.file, "rb") as stream:
            return answer_stream(chosen.command, stream, out, chosen.lang)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
        print(f"{chosen.file}: {fault.strerror}", file=sys.stderr)
        return UNUSABLE


def answer_stream(command: str, stream: BinaryIO, out: BinaryIO, lang: str) -> int:
    """One result line a case; a case that cannot be read says so on its own line."""
    status = EVERYTHING_READ
    for case in cases(stream):
        try:
            if isinstance(case, Unreadable):
                raise case
            told = answer(command, case, lang)
        except Unreadable as fault:
            told = {"error": {"path": fault.path, "message": fault.message[lang]}}
            status = SOMETHING_UNREADABLE
        write_line(out, told)
    out.flush()
    return status


def write_all(out: BinaryIO, lines: Iterable[dict[str, Any]]) -> int:
    for line in lines:
        write_line(out, line)
    out.flush()
    return EVERYTHING_READ


def write_line(out: BinaryIO, told: dict[str, Any]) -> None:
    text = ENCODER.encode(told)
    # Half of a surrogate pair has no bytes; its escape is still JSON.
    out.write(text.encode("utf-8", "backslashreplace") + b"\n")


def told_edition(edition: Any, lang: str) -> dict[str, Any]:
    return {
        "code": edition.code,
        "from": edition.since.isoformat(),
        "to": edition.until.isoformat() if edition.until else None,
        "name": edition.name[lang],
        "attested": edition.attested,
        "documents": [
            {
                "number": each.number,
                "title": each.title,
                "printed": each.printed,
                "attested": each.attested,
            }
            for each in edition.documents
        ],
        "changes": [change[lang] for change in edition.changes],
    }


def told_clause(clause: Any, lang: str) -> dict[str, Any]:
    return {
        "code": clause.code,
        "chapter": clause.chapter,
        "citation": clause.citation,
        "text": clause.text[lang],
        "attested": clause.attested,
        "runs": list(clause.runs),
        "silent": clause.silent[lang] if clause.silent else None,
        "editions": list(clause.editions),
    }


if __name__ == "__main__":
    sys.exit(main())
