"""What a draft would change, field by field and sign by sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from operator import eq

from exams.enums import SHUFFLED, Kind

from .drafting import TYPED, Said
from .kinds import letter_of

LETTERED = SHUFFLED | {Kind.ORDERING}
LONGEST_COMPARED = 2_000


@dataclass(frozen=True)
class Piece:
    """Words that stay, or that only one side has."""

    text: str
    is_removed: bool = False
    is_added: bool = False


@dataclass(frozen=True)
class Difference:
    """One field as it was and as it would be; ``before`` is None on a new question."""

    name: str
    before: str | None
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.after

    @property
    def pieces(self) -> list[Piece]:
        return list(pieces_of(self.before or "", self.after))


def differences_between(before: Said | None, after: Said) -> list[Difference]:
    """Return every field, in the order in which authors write them."""
    return [
        Difference(
            name,
            None if before is None else text_of(before, name),
            text_of(after, name),
        )
        for name in TYPED
    ]


def text_of(said: Said, name: str) -> str:
    """Return a field as one text; options with the letters that the key names."""
    value = said[name]
    if isinstance(value, list):
        lines = map(str, value)
        if name == "options" and said["kind"] in LETTERED:
            return "\n".join(f"{letter_of(at)} {each}" for at, each in enumerate(lines))
        return "\n".join(lines)
    return "" if value is None else str(value)


def pieces_of(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces; of long texts, whose comparison sign by sign takes minutes,
    what lies between their like beginnings and ends is one."""
    if max(len(before), len(after)) > LONGEST_COMPARED:
        yield from halves_of(before, after)
        return
    match = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, to_start, to_end in match.get_opcodes():
        if tag == "equal":
            yield Piece(before[start:end])
            continue
        if start < end:
            yield Piece(before[start:end], is_removed=True)
        if to_start < to_end:
            yield Piece(after[to_start:to_end], is_added=True)


def halves_of(before: str, after: str) -> Iterator[Piece]:
    start = alike(before, after)
    rest, to_rest = before[start:], after[start:]
    end = alike(rest[::-1], to_rest[::-1])
    removed, added = rest[: len(rest) - end], to_rest[: len(to_rest) - end]
    pieces = (
        Piece(before[:start]),
        Piece(removed, is_removed=True),
        Piece(added, is_added=True),
        Piece(rest[len(rest) - end :]),
    )
    yield from (piece for piece in pieces if piece.text)


def alike(one: str, other: str) -> int:
    """How many signs both begin with."""
    return sum(takewhile(bool, map(eq, one, other)))
