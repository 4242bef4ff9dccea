"""Bringing the question files into the bank."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from core.workbooks.signs import plain_number
from exams.errors import BadQuestion
from exams.models import Item

from .contents import Content
from .kinds import KINDS
from .revising import revise_item

CONTENT = Path(__file__).resolve().parents[1] / "content"
NEEDED = {
    *("code", "subject", "kind", "stem", "because"),
    *("difficulty", "cite", "attested", "edition"),
}
ALLOWED = NEEDED | {"answer", "options", "parts", "tolerance", "unit", "tags", "seed"}


@transaction.atomic
def load_questions(folder: Path = CONTENT) -> Counter[str]:
    """Load every file under ``folder`` and count what became of its questions.

    ``made``, ``revised``, ``unchanged``, or ``kept``: an author has written a newer
    version in the bank, which a file never replaces.
    """
    items = {item.code: item for item in known_items()}
    counts: Counter[str] = Counter(made=0, revised=0, unchanged=0, kept=0)
    for code, content in questions_in(folder):
        counts[load_one(code, content, items.get(code))] += 1
    return counts


def known_items():
    return Item.objects.select_related("current").prefetch_related("versions")


def load_one(code: str, content: Content, item: Item | None) -> str:
    if item is None:
        revise_item(code, content, by=None)
        return "made"
    if content.hash in {version.content_hash for version in item.versions.all()}:
        return "unchanged"
    if item.current.made_by_id is not None:
        return "kept"
    revise_item(code, content, by=None)
    return "revised"


def questions_in(folder: Path) -> Iterator[tuple[str, Content]]:
    """Yield each question with its code; ``BadQuestion`` for the first bad one."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("item", []):
            code = str(row.get("code", path.name))
            if code in seen:
                raise BadQuestion(code=code, fault=_("its code is used twice"))
            seen.add(code)
            yield code, content_from(code, row)


def content_from(code: str, row: dict) -> Content:
    """Turn a row of a file into content, in the one form that is hashed."""
    if faults := (NEEDED - row.keys()) | (row.keys() - ALLOWED):
        names = ", ".join(sorted(faults))
        fault = _("these fields are missing or unknown: %(names)s") % {"names": names}
        raise BadQuestion(code=code, fault=fault)
    asking = KINDS.get(row["kind"])
    if asking is None:
        fault = _("the kind %(kind)s is unknown") % {"kind": row["kind"]}
        raise BadQuestion(code=code, fault=fault)
    cites = row["cite"]
    return Content(
        subject=row["subject"],
        kind=row["kind"],
        stem=row["stem"].strip(),
        **asking.read(row),
        tolerance=plain_number(row.get("tolerance", 0)),
        unit=row.get("unit", ""),
        because=row["because"].strip(),
        difficulty=row["difficulty"],
        cites=[cites] if isinstance(cites, str) else cites,
        attested=row["attested"],
        edition=row["edition"],
        tags=row.get("tags", []),
    )
