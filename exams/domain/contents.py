"""What a question says, as its authors and files state it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from core.workbooks.signs import plain_number
from exams.enums import Attested
from exams.models import ItemVersion

JUDGEMENTS = ("对", "错")
# Fields younger than the first questions: while empty they are not hashed, so that
# what was written before them is still the version it was.
YOUNGER = ("parts",)


@dataclass(frozen=True)
class Content:
    """What a version says; equal contents have equal hashes."""

    subject: str
    kind: str
    stem: str
    answer: object
    because: str
    difficulty: int
    edition: str
    options: list[str] = field(default_factory=list)
    parts: list = field(default_factory=list)
    tolerance: str = "0"
    unit: str = ""
    cites: list[str] = field(default_factory=list)
    attested: str = Attested.SOURCE.value
    tags: list[str] = field(default_factory=list)

    @property
    def hash(self) -> str:
        said = asdict(self)
        for name in YOUNGER:
            if not said[name]:
                del said[name]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()


def content_of(version: ItemVersion) -> Content:
    names = Content.__dataclass_fields__
    values = {name: getattr(version, name) for name in names}
    return Content(**values | {"tolerance": plain_number(version.tolerance)})
