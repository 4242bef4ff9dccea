"""What a draft would change, field by field and sign by sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from exams.enums import SHUFFLED, Kind

from .drafting import TYPED, Said
from .kinds import letter_of

LETTERED = SHUFFLED | {Kind.ORDERING}


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
    match = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, to_start, to_end in match.get_opcodes():
        if tag == "equal":
            yield Piece(before[start:end])
            continue
        if start < end:
            yield Piece(before[start:end], is_removed=True)
        if to_start < to_end:
            yield Piece(after[to_start:to_end], is_added=True)
