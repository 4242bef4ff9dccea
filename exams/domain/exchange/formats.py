"""The formats the bank speaks, and telling them apart by what is in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.workbooks.archives import SIGNATURE, Archive
from core.workbooks.markup import UTF_16, local, read_text, read_tree
from core.workbooks.refusals import FileTooBig, Unreadable
from core.workbooks.sheets import BOOK
from exams.domain.contents import Content
from exams.enums import CHOSEN, Kind

from . import (
    gift,
    gift_writing,
    moodle_xml,
    moodle_xml_writing,
    package,
    workbook,
    workbook_writing,
)
from .drafts import Reading, on_one_line
from .qti2 import QTI_21, QTI_22
from .qti3 import QTI_30
from .qti_bodies import Dialect
from .qti_writing import write_package

MEGABYTES = 5
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF"
GIFT_KINDS = CHOSEN | {Kind.NUMERIC, Kind.BLANK, Kind.MATCHING, Kind.SHORT}
XML_KINDS = GIFT_KINDS | {Kind.ORDERING, Kind.CASE}
# What a case may ask in Moodle's cloze, and in an item of QTI. A case in a workbook
# has no way to list pairs.
CLOZE_KINDS = CHOSEN | {Kind.NUMERIC, Kind.BLANK}
ITEM_KINDS = CLOZE_KINDS | {Kind.ORDERING, Kind.MATCHING}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """``reads`` says what becomes of other systems' questions, ``loses`` what our
    files cannot carry to them. A question of a kind outside ``carries``, or a case that
    asks one outside ``within``, is not written at all."""

    code: str
    name: str | Promise
    suffix: str
    media_type: str
    read: Callable[[bytes], Reading]
    write: Callable[[Mapping[str, Content]], bytes]
    reads: str | Promise
    loses: str | Promise
    carries: frozenset[str]
    within: frozenset[str] = frozenset()

    def kind_missing(self, content: Content) -> str:
        """Return the kind that keeps a question out of the file, or nothing."""
        if content.kind not in self.carries:
            return content.kind
        if content.kind == Kind.CASE:
            kinds = (part.get("kind", "") for part in content.parts)
            return next((kind for kind in kinds if kind not in self.within), "")
        return ""

    @property
    def kinds(self) -> list[str]:
        """The kinds it carries, by name."""
        return [str(kind.label) for kind in Kind if kind in self.carries]

    @property
    def kinds_left(self) -> list[str]:
        return [str(kind.label) for kind in Kind if kind not in self.carries]


def qti(code: str, name: str, dialect: Dialect) -> Format:
    return Format(
        code=code,
        name=name,
        suffix=".zip",
        media_type="application/zip",
        read=package.read,
        write=lambda items: write_package(items, dialect),
        reads=gettext_lazy(
            "Choices, also within a line, entries of numbers and words, orders, pairs "
            "(match, associate, words dragged into gaps) and extended texts with their "
            "rubric for scorers are read; several in one item become a case. Whatever "
            "needs a picture, a file or a vendor's own interaction is named and left."
        ),
        loses=gettext_lazy(
            "Points for part of an answer: the files ask for all or nothing, and in a "
            "case for one point each. Repeated spaces within a line. The subject, "
            "citations, grounds, edition, unit and tags travel as keywords in the "
            "package's manifest."
        ),
        carries=XML_KINDS,
        within=ITEM_KINDS,
    )


FORMATS = {
    each.code: each
    for each in (
        Format(
            code="excel",
            name=gettext_lazy("Excel workbook"),
            suffix=".xlsx",
            media_type=XLSX,
            read=workbook.read,
            write=workbook_writing.write,
            reads=gettext_lazy(
                "One row is one question. The template names the columns; headings as "
                "other question banks use them are read as well."
            ),
            loses=gettext_lazy(
                "Options beyond the 26th, lines of a case beyond the 99th; cells of "
                "more than 32,767 signs; a single tag that holds a comma and a single "
                "citation that holds a semicolon, which are read back as several."
            ),
            carries=frozenset(Kind.values),
            within=ITEM_KINDS - {Kind.MATCHING},
        ),
        Format(
            code="gift",
            name="GIFT",
            suffix=".txt",
            media_type="text/plain; charset=utf-8",
            read=gift.read,
            write=gift_writing.write,
            reads=gettext_lazy(
                "Short answers become blanks, essays short answers that take their "
                "explanation as the guide, and Moodle's orderings are read. Weights "
                "only tell which options are right."
            ),
            loses=gettext_lazy(
                "The rule for half points: Moodle adds up shares instead. The guide "
                "for markers of a short answer. The subject, citations, grounds, "
                "edition, unit and tags travel as tags, which Moodle reads from "
                "version 3.8 on and shortens to 50 signs; a line break in one becomes "
                "a space."
            ),
            carries=GIFT_KINDS,
        ),
        Format(
            code="moodle-xml",
            name="Moodle XML",
            suffix=".xml",
            media_type="application/xml",
            read=moodle_xml.read,
            write=moodle_xml_writing.write,
            reads=gettext_lazy(
                "Short answers become blanks, essays short answers, and a cloze a case "
                "of its gaps. Calculated questions, drag and drop and pictures "
                "are named and left."
            ),
            loses=gettext_lazy(
                "The rule for half points: Moodle adds up shares instead. In a case, "
                "repeated spaces within a line; one that asks for an order or for "
                "pairs is not written. The subject, citations, grounds and edition "
                "travel as tags, which Moodle shortens to 50 signs."
            ),
            carries=XML_KINDS,
            within=CLOZE_KINDS,
        ),
        qti("qti-2.1", "QTI 2.1", QTI_21),
        qti("qti-2.2", "QTI 2.2", QTI_22),
        qti("qti-3.0", "QTI 3.0", QTI_30),
    )
}


# Whatever the version, it has one reader.
READ = {code: FORMATS[code] for code in ("excel", "gift", "moodle-xml")}
READ["qti"] = qti("qti", "QTI", QTI_22)


def recognise(body: bytes) -> str:
    """Return the code of the format a file is in; ``Unreadable`` when it is none."""
    if not body.strip():
        raise Unreadable(reason=_("it is empty"))
    if len(body) > MEGABYTES * 1024 * 1024:
        raise FileTooBig(megabytes=MEGABYTES)
    if body.startswith(SIGNATURE):
        return "excel" if BOOK in Archive(body) else "qti"
    if body.startswith(OLD_OFFICE):
        reason = _("it is an old or a locked Office file; save it as .xlsx, unlocked")
        raise Unreadable(reason=reason)
    is_text = b"\0" not in body[:1000] or body.startswith(UTF_16)
    if body.startswith(PDF) or not is_text:
        reason = _("it is neither a workbook, GIFT, Moodle XML nor QTI")
        raise Unreadable(reason=reason)
    start = read_start(body)
    if not start.startswith("<"):
        return "gift"
    return "moodle-xml" if local(read_tree(body)) == moodle_xml.ROOT else "qti"


def read_start(body: bytes) -> str:
    """XML tells its own encoding, so its faults are told by its reader."""
    if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return "<"
    return read_text(body).lstrip("\ufeff \t\r\n")


def read_file(body: bytes) -> tuple[str, Reading]:
    """Return the format's code and all that the file holds."""
    code = recognise(body)
    reading = READ[code].read(body)
    if not reading.drafts:
        raise Unreadable(reason=_("there is no question in it"))
    return code, replace(reading, drafts=list(map(on_one_line, reading.drafts)))
