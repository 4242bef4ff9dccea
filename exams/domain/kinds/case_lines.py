"""The questions of a case as an author types them, a line for each thing.

``? single 下一步是什么？`` begins a question of a kind; below it stand its options,
``* `` before a right one and ``- `` before the others, or what is accepted after
``= ``; a calculation may add its tolerance and unit: ``= 13.5 ± 0.5 亩``. The steps
of an ordering are listed after ``- `` in their right order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from exams.domain.contents import JUDGEMENTS
from exams.enums import Kind

from .asking import Written

ASKED, RIGHT, OTHER, ACCEPTED = "?", "*", "-", "="
NUMBER = re.compile(r"([+-]?[\d.]+)(?:\s*±\s*([\d.]+))?\s*(.*)")
CHOICES = (Kind.JUDGE, Kind.SINGLE, Kind.MULTIPLE)
SIGNS = str.maketrans("？＊－＝", "?*-=")


def read(lines: Iterable[str]) -> dict[str, list]:
    """Return parts and key; what cannot be read leaves a part that has faults."""
    asked = asked_in(lines)
    parts = [{"kind": kind, "stem": stem} for kind, stem, _said in asked]
    said = [each for _kind, _stem, each in asked]
    key = [read_part(part, each) for part, each in zip(parts, said, strict=True)]
    return {"parts": parts, "answer": key}


def asked_in(lines: Iterable[str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the kind and the words of each question, and the lines below it, each
    with its sign."""
    asked: list[tuple[str, str, list[tuple[str, str]]]] = []
    for line in lines:
        sign, words = line[:1].translate(SIGNS), line[1:].strip()
        if sign == ASKED:
            kind, _space, stem = words.partition(" ")
            asked.append((kind, stem.strip(), []))
        elif asked:
            asked[-1][2].append((sign, words))
    return asked


def read_part(part: dict, said: list[tuple[str, str]]) -> object:
    """Complete a part with its options and return its key."""
    options = [words for sign, words in said if sign in (RIGHT, OTHER)]
    accepted = [words for sign, words in said if sign == ACCEPTED]
    if part["kind"] in CHOICES:
        part["options"] = options
        signs = [sign for sign, _words in said if sign in (RIGHT, OTHER)]
        return [place for place, sign in enumerate(signs) if sign == RIGHT]
    if part["kind"] == Kind.ORDERING:
        part["options"] = options
        return list(range(len(options)))
    if part["kind"] == Kind.NUMERIC and accepted:
        return read_number(part, accepted[0])
    return accepted


def read_number(part: dict, text: str) -> str:
    found = NUMBER.fullmatch(text)
    if found is None:
        return text
    if found[2]:
        part["tolerance"] = found[2]
    if found[3]:
        part["unit"] = found[3]
    return found[1]


def write(case: Written) -> list[str]:
    lines = []
    for part, key in zip(case.parts, case.answer, strict=True):
        lines.append(f"{ASKED} {part['kind']} {part['stem']}")
        lines += write_part(part, key)
    return lines


def write_part(part: dict, key: object) -> list[str]:
    options = part.get("options", [])
    if part["kind"] == Kind.NUMERIC:
        wide = f" ± {part['tolerance']}" if part.get("tolerance", "0") != "0" else ""
        unit = f" {part['unit']}" if part.get("unit") else ""
        return [f"{ACCEPTED} {key}{wide}{unit}"]
    if part["kind"] == Kind.BLANK:
        return [f"{ACCEPTED} {each}" for each in key]
    if part["kind"] == Kind.ORDERING:
        return [f"{OTHER} {options[place]}" for place in key]
    right = key
    options = options or list(JUDGEMENTS)
    return [
        f"{RIGHT if place in right else OTHER} {option}"
        for place, option in enumerate(options)
    ]
