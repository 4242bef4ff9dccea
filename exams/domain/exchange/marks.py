"""What other systems have no field for, kept among a question's tags.

``subject:policy`` or ``cite:解读 四(一)2`` come back as fields. What a teacher reads
there, subject and kind, and the tags of the project's own questions, are written by
their names in the writer's language, and read by those of every language; a tag of the
bank's own that looks like a field or a name is written ``tag:…`` and comes back as it
is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils.translation import override, pgettext_lazy

import measures
from exams.domain.contents import Content
from exams.enums import Attested, Kind, Subject
from exams.topics import tag_meant, tag_shown

TAG = "tag"
NAMES = (
    *("subject", "difficulty", "edition", "attested", "kind", "asks", "unit", "cite"),
    TAG,
)
SPOKEN = {
    "subject": pgettext_lazy("mark", "subject"),
    "kind": pgettext_lazy("mark", "kind"),
}
CHOICES = {"subject": Subject, "kind": Kind}


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
    return [*(field_written(name, value) for name, value in values), *own]


def field_written(name: str, value: object) -> str:
    if name in SPOKEN:
        return f"{SPOKEN[name]}:{CHOICES[name](value).label}"
    return f"{name}:{value}"


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
    name = fields_by_name().get(name, name)
    return name if colon and name in NAMES else ""


@cache
def fields_by_name() -> dict[str, str]:
    names = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            names |= {str(word): field for field, word in SPOKEN.items()}
    return names


@cache
def values_by_name(field: str) -> dict[str, str]:
    names = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            names |= {str(each.label): each.value for each in CHOICES[field]}
    return names


def value_in(tag: str, name: str) -> str:
    value = tag.partition(":")[2]
    return values_by_name(name).get(value, value) if name in CHOICES else value


def fields_in(tags: Iterable[str]) -> dict[str, object]:
    """Return the fields that tags state; what is no mark of ours is a tag."""
    fields: dict[str, object] = {}
    cites: list[str] = []
    own: list[str] = []
    for tag in tags:
        name = name_in(tag)
        value = value_in(tag, name)
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
