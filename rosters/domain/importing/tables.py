"""The rows of a workbook under the headings of one of our forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from core.dates import EARLIEST, LATEST
from core.workbooks.refusals import FileTooBig, TooManyRows, Unreadable
from core.workbooks.sheets import Row, rows_of
from core.workbooks.signs import REPLACEMENT

MOST = 20_000
MEGABYTES = 10
ZIP = b"PK\x03\x04"
HEADINGS_WITHIN = 10
LANGUAGES = ("zh-hans", "en")
# What people put round a heading: stars, colons, brackets with a remark.
DRESS = re.compile(r"[（(].*?[)）]|[\s*＊:：]")
DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


class Fate(TextChoices):
    NEW = "new", pgettext_lazy("row", "new")
    UNCHANGED = "unchanged", pgettext_lazy("row", "unchanged")
    REFUSED = "refused", pgettext_lazy("row", "refused")


@dataclass(frozen=True)
class Column:
    """A column of a form; ``field`` is what the code calls it."""

    field: str
    heading: Promise
    advice: Promise
    width: int = 18
    is_needed: bool = True
    most: int = 200
    aliases: tuple[str, ...] = ()

    def names(self) -> set[str]:
        """The heading in every language of the site, undressed."""
        found = set(map(undressed, self.aliases))
        for language in LANGUAGES:
            with override(language):
                found.add(undressed(str(self.heading)))
        return found


@dataclass(frozen=True)
class Entry:
    """A row as somebody filled it in; ``faults`` are those of its cells."""

    row: int
    values: dict[str, str]
    faults: tuple[str, ...] = ()

    def as_row(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Verdict:
    """What becomes of a row; ``wanted`` is what will be written for it."""

    entry: Entry
    fate: Fate
    reasons: tuple[str, ...] = ()
    wanted: object = None


def refused(entry: Entry, *reasons: object) -> Verdict:
    told = tuple(dict.fromkeys(str(each) for each in reasons))
    return Verdict(entry, Fate.REFUSED, told)


def entries_in(body: bytes, columns: Sequence[Column]) -> list[Entry]:
    """Read a workbook; raises ``Unreadable``, ``FileTooBig`` or ``TooManyRows``."""
    if not body.strip():
        raise Unreadable(reason=_("it is empty"))
    if len(body) > MEGABYTES * 1024 * 1024:
        raise FileTooBig(megabytes=MEGABYTES)
    if not body.startswith(ZIP):
        reason = _("it is no Excel workbook; fill in the template and save it as .xlsx")
        raise Unreadable(reason=reason)
    places, rows = under_headings(rows_of(body, most=MOST), columns)
    if not rows:
        raise Unreadable(reason=_("there is no row below its headings"))
    if len(rows) > MOST:
        raise TooManyRows(limit=MOST)
    return [entry_of(row, places, columns) for row in rows]


def under_headings(
    rows: list[Row], columns: Sequence[Column]
) -> tuple[dict[str, int], list[Row]]:
    names = {name: each.field for each in columns for name in each.names()}
    needed = {each.field: str(each.heading) for each in columns if each.is_needed}
    best: dict[str, int] = {}
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        places: dict[str, int] = {}
        for place, heading in enumerate(row.cells):
            if field := names.get(undressed(heading)):
                places.setdefault(field, place)
        if needed.keys() <= places.keys():
            return places, rows[at + 1 :]
        best = max(best, places, key=len)
    missing = _(", ").join(needed[field] for field in needed if field not in best)
    reason = _("its first sheet lacks these columns: %(missing)s") % {
        "missing": missing
    }
    raise Unreadable(reason=reason)


def entry_of(row: Row, places: dict[str, int], columns: Sequence[Column]) -> Entry:
    values = {field: row.cells[place] for field, place in places.items()}
    faults = [*row.faults, *row.cut_faults]
    for column in columns:
        text = values.get(column.field, "")
        if column.is_needed and not text:
            faults.append(_("%(heading)s is empty") % {"heading": column.heading})
        if len(text) > column.most:
            faults.append(_("%(heading)s is too long") % {"heading": column.heading})
        if REPLACEMENT in text:
            faults.append(
                _("signs of %(heading)s were lost when the file was saved")
                % {"heading": column.heading}
            )
    return Entry(row.number, values, tuple(faults))


def undressed(heading: str) -> str:
    return DRESS.sub("", heading).casefold()


def day_in(text: str) -> date | None:
    """Read 2026-03-01, 2026/3/1, 20260301 or 2026年3月1日; None for no day that can be
    meant."""
    found = DAY.fullmatch(text.strip())
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None
