"""What other systems have no field for, kept among a question's tags.

``subject:policy`` or ``cite:解读 四(一)2`` come back as fields. The tags of the
project's own questions are written by their names in the reader's language, and read by
those of every language; a tag of the bank's own that looks like a field or a name is
written ``tag:…`` and comes back as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import measures
from exams.domain.contents import Content
from exams.enums import Attested, Kind, Subject
from exams.topics import tag_meant, tag_shown

TAG = "tag"
NAMES = (
    *("subject", "difficulty", "edition", "attested", "kind", "asks", "unit", "cite"),
    TAG,
)


def marks_of(content: Content) -> list[str]:
    """Return the content's other fields and its tags, each as one tag."""
    values = [
        ("kind", content.kind),
        *(("asks", kinds) for kinds in kinds_asked(content)),
        ("subject", content.subject),
        ("difficulty", content.difficulty),
        ("edition", content.edition),
        ("attested", content.attested),
        *[("unit", content.unit)] * bool(content.unit),
        *(("cite", cite) for cite in content.cites),
    ]
    own = map(tag_written, content.tags)
    return [*(f"{name}:{value}" for name, value in values), *own]


def tag_written(tag: str) -> str:
    """A tag that would be read as another, or as a field, says that it is none."""
    if name_in(tag) or tag_meant(tag) != tag:
        return f"{TAG}:{tag}"
    return tag_shown(tag)


def tag_read(words: str) -> str:
    return words.removeprefix(f"{TAG}:") if name_in(words) == TAG else tag_meant(words)


def kinds_asked(content: Content) -> list[str]:
    """Return the kinds of a case's questions, as one word."""
    if content.kind != Kind.CASE:
        return []
    return [",".join(str(part.get("kind", "")) for part in content.parts)]


def kinds_said(said: dict[str, object]) -> tuple[str, ...]:
    """Take out of the fields what they say of the kinds of a case's questions."""
    return tuple(filter(None, str(said.pop("asks", "")).split(",")))


def name_in(tag: str) -> str:
    name, colon, _value = tag.partition(":")
    return name if colon and name in NAMES else ""


def fields_in(tags: Iterable[str]) -> dict[str, object]:
    """Return the fields that tags state; what is no mark of ours is a tag."""
    fields: dict[str, object] = {}
    cites: list[str] = []
    own: list[str] = []
    for tag in tags:
        name, value = name_in(tag), tag.partition(":")[2]
        if name == "cite" and value:
            cites.append(value)
        elif name != TAG and name and is_known(name, value):
            fields.setdefault(name, int(value) if name == "difficulty" else value)
        elif tag:
            own.append(tag_read(tag))
    return fields | ({"cites": cites} if cites else {}) | ({"tags": own} if own else {})


def is_known(name: str, value: str) -> bool:
    known = {
        "subject": Subject.values,
        "difficulty": list("12345"),
        "edition": [edition.code for edition in measures.editions()],
        "attested": Attested.values,
        "kind": Kind.values,
    }
    if name == "asks":
        return set(value.split(",")) <= set(Kind.values)
    return value in known[name] if name in known else bool(value)
