"""Reading a PDF back that the press wrote, and no other: its objects as they stand.

General readers build each object anew; here a few thousand a part are only moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import decompress

# What a reference must not be looked for in: a string; and a reference.
WORDS = re.compile(rb"(\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]+>)|\b(\d+) 0 R\b", re.DOTALL)
BEFORE_STREAM = b"\nstream\n"


@dataclass(frozen=True)
class Unfolded:
    """The objects of a PDF by their numbers, each as it is written in the file."""

    objects: Mapping[int, bytes]
    root: int
    info: int

    @property
    def catalog(self) -> bytes:
        return self.objects[self.root]


def unfolded(content: bytes) -> Unfolded:
    """Raises ``ValueError`` for what the press did not write."""
    start = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    table = object_at(content, start)
    if b"/Type /XRef" not in head_of(table):
        raise ValueError("The press ends a PDF with a stream of references")
    objects: dict[int, bytes] = {}
    for number, (kind, place) in enumerate(entries_of(table)):
        if kind == 1 and place != start:
            found = object_at(content, place)
            if b"/Type /ObjStm" in head_of(found):
                objects.update(objects_within(found))
            else:
                objects[number] = found
    root, info = (reference(head_of(table), name) for name in ("Root", "Info"))
    return Unfolded(objects, root, info)


def object_at(content: bytes, start: int) -> bytes:
    """The stream that begins there; all else lies packed within streams."""
    start = content.index(b" 0 obj\n", start) + 7
    words = content.index(BEFORE_STREAM, start) + len(BEFORE_STREAM)
    length = int(re.search(rb"/Length (\d+)", content[start:words])[1])
    return content[start : words + length] + b"\nendstream"


def head_of(written: bytes) -> bytes:
    """The words of an object without what a stream holds."""
    return written.partition(BEFORE_STREAM)[0]


def unpacked(stream: bytes) -> bytes:
    return decompress(stream.partition(BEFORE_STREAM)[2].removesuffix(b"\nendstream"))


def entries_of(table: bytes) -> Iterator[tuple[int, int]]:
    """Of each object how it is kept, and where."""
    widths = [int(each) for each in re.search(rb"/W \[(.*?)\]", table)[1].split()]
    first, second = widths[0], widths[0] + widths[1]
    rows = unpacked(table)
    for start in range(0, len(rows), sum(widths)):
        row = rows[start : start + second]
        yield int.from_bytes(row[:first], "big"), int.from_bytes(row[first:], "big")


def objects_within(stream: bytes) -> Iterator[tuple[int, bytes]]:
    inside = unpacked(stream)
    first = int(re.search(rb"/First (\d+)", head_of(stream))[1])
    places = [int(each) for each in inside[:first].split()]
    ends = [*places[3::2], len(inside) - first]
    for number, start, end in zip(places[::2], places[1::2], ends, strict=True):
        yield number, inside[first + start : first + end].strip()


def reference(written: bytes, name: str) -> int:
    """The number of the object that ``written`` calls ``name``."""
    if found := re.search(rb"/%s (\d+) 0 R\b" % name.encode(), written):
        return int(found[1])
    raise ValueError(f"The press writes /{name}")


def references_in(written: bytes) -> list[int]:
    """All objects that ``written`` points at, in its own order."""
    found = WORDS.finditer(head_of(written))
    return [int(each[2]) for each in found if each[2]]


def renumbered(written: bytes, numbers: Mapping[int, int]) -> bytes:
    """``written`` with other numbers in its references; strings and streams stay."""
    head, mark, stream = written.partition(BEFORE_STREAM)
    return WORDS.sub(lambda it: it[1] or b"%d 0 R" % numbers[int(it[2])], head) + (
        mark + stream
    )
