"""One PDF bound of the parts that the press made, for one run of the printer.

It is written as the parts come: memory holds one part, and of what is written before
some bytes for each thing that later pages may share. Fonts, border and seals stand in
the whole file once. It stays what the parts are, an archival and tagged PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from zlib import compress, compressobj

from certificates.domain.unfolding import (
    BEFORE_STREAM,
    Unfolded,
    reference,
    references_in,
    renumbered,
    unfolded,
)

# What stands in the whole file once has the first numbers; those of the parts follow.
CATALOG, PAGES, OUTLINES, TREE, NUMS, DOCUMENT = range(1, 7)
# So many small objects are packed together: a reader unpacks them together, too.
PACKED = 500
# A row in the table of references: the kind of an object, its place, its index there.
WIDTHS = (1, 5, 2)
AT_ONCE = 1 << 20


def bind(parts: Iterable[bytes], target: IO[bytes]) -> int:
    """Write one PDF of all pages of ``parts``, in order; return how many. Raises
    ``ValueError`` for a part that the press did not write."""
    with TemporaryFile() as rows:
        binding = Binding(target, rows)
        for part in parts:
            binding.add(unfolded(part))
        binding.finish()
    return binding.count


def slimmed(content: bytes) -> bytes:
    """The same PDF with what its pages draw with in it once, where the press repeats
    border, seal and ground on every sheet."""
    part, target = unfolded(content), BytesIO()
    with TemporaryFile() as rows:
        sheaf = Sheaf(target, rows)
        numbers = sheaf.shared_by_pages(part)
        rest = [each for each in part.objects if each not in numbers]
        numbers |= {each: sheaf.new() for each in rest}
        for each in rest:
            sheaf.put(numbers[each], renumbered(part.objects[each], numbers))
        sheaf.close(root=numbers[part.root], info=numbers[part.info])
    return target.getvalue()


class Sheaf:
    """Objects on their way into a file: streams as they come, the rest in packs, and
    what pages draw with once. Numbers up to ``last`` are given already."""

    def __init__(self, target: IO[bytes], rows: IO[bytes], *, last: int = 0):
        self.target, self.rows = target, rows
        self.last = last
        self.shared: dict[bytes, int] = {}
        self.loose: list[tuple[int, bytes]] = []
        self.mark = sha256()
        self.write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def write(self, written: bytes) -> None:
        self.mark.update(written)
        self.target.write(written)

    def new(self) -> int:
        self.last += 1
        return self.last

    def put(self, number: int, written: bytes) -> None:
        if BEFORE_STREAM in written:
            self.note(number, 1, self.target.tell(), 0)
            self.write(b"%d 0 obj\n%b\nendobj\n" % (number, written))
            return
        self.loose.append((number, written))
        if len(self.loose) == PACKED:
            self.pack()

    def pack(self) -> None:
        """Write the small objects that wait, as one stream."""
        if not self.loose:
            return
        places, length = [], 0
        for number, written in self.loose:
            places.append(b"%d %d" % (number, length))
            length += len(written) + 1
        first = b" ".join(places) + b"\n"
        inside = compress(
            first + b"\n".join(written for _number, written in self.loose)
        )
        pack = self.new()
        for index, (number, _written) in enumerate(self.loose):
            self.note(number, 2, pack, index)
        head = b"<</Type /ObjStm/N %d/First %d" % (len(self.loose), len(first))
        self.loose = []
        self.put(pack, stream_of(head, inside))

    def note(self, number: int, *row: int) -> None:
        self.rows.seek(number * sum(WIDTHS))
        for width, value in zip(WIDTHS, row, strict=True):
            self.rows.write(value.to_bytes(width, "big"))

    def shared_by_pages(self, part: Unfolded) -> dict[int, int]:
        """Write what the pages of ``part`` draw with, unless the same is there; return
        its numbers."""
        numbers: dict[int, int] = {}
        pages = part.objects[reference(part.catalog, "Pages")]
        for page in references_in(pages):
            self.share(part, reference(part.objects[page], "Resources"), numbers)
        return numbers

    def share(self, part: Unfolded, number: int, numbers: dict[int, int]) -> None:
        """First what the object leans on, so that the same is written the same."""
        if number in numbers:
            return
        for each in references_in(part.objects[number]):
            self.share(part, each, numbers)
        written = renumbered(part.objects[number], numbers)
        mark = sha256(written).digest()
        if mark not in self.shared:
            self.shared[mark] = self.new()
            self.put(self.shared[mark], written)
        numbers[number] = self.shared[mark]

    def close(self, *, root: int, info: int) -> None:
        """Write the table of references, by which a reader finds everything."""
        self.pack()
        table, start = self.new(), self.target.tell()
        self.note(table, 1, start, 0)
        self.rows.seek(0)
        mark = self.mark.hexdigest()[:32].encode()
        head = (
            b"<</Type /XRef/Size %d/W [%d %d %d]/Root %d 0 R/Info %d 0 R"
            b"/ID [<%b><%b>]" % (table + 1, *WIDTHS, root, info, mark, mark)
        )
        with TemporaryFile() as packed:
            packer = compressobj()
            while piece := self.rows.read(AT_ONCE):
                packed.write(packer.compress(piece))
            packed.write(packer.flush())
            head += b"/Filter /FlateDecode/Length %d>>" % packed.tell()
            self.write(b"%d 0 obj\n%b%b" % (table, head, BEFORE_STREAM))
            packed.seek(0)
            copyfileobj(packed, self.target)
        self.write(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


def stream_of(head: bytes, packed: bytes) -> bytes:
    head += b"/Filter /FlateDecode/Length %d>>" % len(packed)
    return b"".join((head, BEFORE_STREAM, packed, b"\nendstream"))


class Bound(NamedTuple):
    """What the whole file's own tables say of a part that is in it."""

    pages: int
    document: int
    nums: int
    outline: int
    outlined: bytes
    page: int
    first: int
    count: int


class Binding:
    """A PDF that is being bound: ``add`` the parts in order, then ``finish``."""

    def __init__(self, target: IO[bytes], rows: IO[bytes]):
        self.sheaf = Sheaf(target, rows, last=DOCUMENT)
        self.parts: list[Bound] = []
        self.count = self.info = 0

    def add(self, part: Unfolded) -> None:
        """Write the pages of ``part`` behind those that are there."""
        pages = reference(part.catalog, "Pages")
        outline = reference(part.catalog, "Outlines")
        tree = reference(part.catalog, "StructTreeRoot")
        nums = reference(part.objects[tree], "ParentTree")
        (document,) = set(references_in(part.objects[tree])) - {nums}
        numbers = self.sheaf.shared_by_pages(part) | {tree: DOCUMENT}
        once = {part.root, part.info, tree, reference(part.catalog, "Metadata")}
        own = [each for each in part.objects if each not in numbers.keys() | once]
        numbers |= {each: self.sheaf.new() for each in own}
        if not self.parts:
            self.begin(part, numbers)
        edits = {pages: with_parent, nums: self.with_limits, document: as_part}
        for each in own:
            if each != outline:
                edit = edits.get(each, self.moved)
                self.sheaf.put(
                    numbers[each], edit(renumbered(part.objects[each], numbers))
                )
        outlined = renumbered(part.objects[outline], numbers)
        leaves = references_in(part.objects[pages])
        places = (numbers[each] for each in (pages, document, nums, outline))
        first = numbers[leaves[0]]
        self.parts.append(Bound(*places, outlined, first, self.count, len(leaves)))
        self.count += len(leaves)

    def begin(self, part: Unfolded, numbers: dict[int, int]) -> None:
        """The whole file is called what its first part is called."""
        metadata = reference(part.catalog, "Metadata")
        self.info, said = self.sheaf.new(), self.sheaf.new()
        self.sheaf.put(self.info, part.objects[part.info])
        self.sheaf.put(said, part.objects[metadata])
        places = {"Pages": PAGES, "Outlines": OUTLINES, "StructTreeRoot": TREE}
        its = {reference(part.catalog, name): place for name, place in places.items()}
        its |= {metadata: said}
        self.sheaf.put(CATALOG, renumbered(part.catalog, numbers | its))

    def moved(self, written: bytes) -> bytes:
        """A page's number among all, where its structure is looked up."""
        if not written.startswith(b"<</Type /Page/"):
            return written
        return re.sub(
            rb"/StructParents (\d+)",
            lambda it: b"/StructParents %d" % (int(it[1]) + self.count),
            written,
        )

    def with_limits(self, written: bytes) -> bytes:
        """The structure of each page by its number among all."""
        keys = [int(each) for each in re.findall(rb"(\d+) \[", written)]
        limits = (self.count + keys[0], self.count + keys[-1])
        shifted = re.sub(
            rb"(\d+) \[", lambda it: b"%d [" % (int(it[1]) + self.count), written
        )
        return shifted.removesuffix(b">>") + b"/Limits [%d %d]>>" % limits

    def finish(self) -> None:
        """Write what stands in the whole file once, and the table of references."""
        put, parts = self.sheaf.put, self.parts
        put(
            PAGES,
            b"<</Type /Pages/Kids [%b]/Count %d>>"
            % (listed(each.pages for each in parts), self.count),
        )
        put(
            TREE,
            b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R"
            b"/ParentTreeNextKey %d>>" % (DOCUMENT, NUMS, self.count),
        )
        put(NUMS, b"<</Kids [%b]>>" % listed(each.nums for each in parts))
        put(
            DOCUMENT,
            b"<</Type /StructElem/S /Document/P %d 0 R/K [%b]>>"
            % (TREE, listed(each.document for each in parts)),
        )
        self.outline()
        self.sheaf.close(root=CATALOG, info=self.info)

    def outline(self) -> None:
        """A bookmark for each part, closed, with those of its pages below."""
        places = [each.outline for each in self.parts]
        self.sheaf.put(
            OUTLINES,
            b"<</Type /Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
            % (places[0], places[-1], len(places)),
        )
        before = [None, *places[:-1]]
        behind = [*places[1:], None]
        for each, prior, later in zip(self.parts, before, behind, strict=True):
            title = b"/Title (%d-%d)/Dest [%d 0 R /Fit]" % (
                each.first + 1,
                each.first + each.count,
                each.page,
            )
            links = b"".join(
                b"/%b %d 0 R" % (name, number)
                for name, number in ((b"Prev", prior), (b"Next", later))
                if number
            )
            closed = each.outlined.replace(b"/Count ", b"/Count -")
            self.sheaf.put(
                each.outline,
                b"<<%b/Parent %d 0 R%b%b"
                % (title, OUTLINES, links, closed.removeprefix(b"<<")),
            )


def with_parent(written: bytes) -> bytes:
    return written.removesuffix(b">>") + b"/Parent %d 0 R>>" % PAGES


def as_part(written: bytes) -> bytes:
    return written.replace(b"/S /Document", b"/S /Part", 1)


def listed(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
