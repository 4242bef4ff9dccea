"""Bringing ``courses/content`` into Wagtail, and never over a trainer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, LoadedFile

from .founding import found_site
from .reading import ContentFile, read_file

CONTENT = Path(__file__).resolve().parents[1] / "content"
COURSE_FILE = "_course.md"
# What of a page comes from its file; anything else is the trainers' alone.
FIELDS = {
    CoursePage: ("title", "summary", "required", "order"),
    LessonPage: ("title", "summary", "minutes", "cites", "clauses", "body"),
}


@dataclass
class Loaded:
    """What became of each file, by the page's title."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def load_courses(content: Path = CONTENT) -> Loaded:
    """Load every file; a second call changes nothing.

    A page edited since it was loaded is kept, draft or published, and named; a page
    that was deleted stays away. Raises ``UnreadableContent``, having written nothing.
    """
    index = found_site()
    loaded = Loaded()
    for folder in sorted(file.parent for file in content.glob(f"*/{COURSE_FILE}")):
        source = read_file(folder / COURSE_FILE, root=content)
        course = load_page(source, CoursePage, index, slug=folder.name, into=loaded)
        previous = None
        for file in sorted(folder.glob("[0-9]*.md")):
            source = read_file(file, root=content)
            if course is None:
                loaded.left_out.append(source.front["title"])
                continue
            lesson = load_page(
                source,
                LessonPage,
                course,
                slug=file.stem.partition("-")[2] or file.stem,
                after=previous,
                into=loaded,
            )
            previous = lesson or previous
    return loaded


def load_page(
    source: ContentFile,
    kind: type[Page],
    parent: Page,
    *,
    slug: str,
    into: Loaded,
    after: Page | None = None,
) -> Page | None:
    """Return the page of ``source``, made or brought up to date; None if deleted."""
    values = dict(values_from(source, kind))
    memory = LoadedFile.objects.filter(path=source.path).first()
    if memory is None:
        page = kind(slug=find_available_slug(parent, slug), **values)
        place(page, parent, after)
        remember(source, page)
        into.created.append(page.title)
        return page
    if memory.page is None:
        into.left_out.append(values["title"])
        return None
    page = memory.page.specific
    if digest(page.get_latest_revision_as_object()) != memory.digest:
        into.kept.append(page.title)
    elif digest(kind(**values)) == memory.digest:
        into.unchanged.append(page.title)
    else:
        for name, value in values.items():
            setattr(page, name, value)
        remember(source, page)
        into.updated.append(page.title)
    return page


def values_from(source: ContentFile, kind: type[Page]) -> Iterator[tuple[str, object]]:
    for name in FIELDS[kind]:
        if name == "body":
            yield name, json.dumps(source.body, ensure_ascii=False)
        elif name in {"cites", "clauses"}:
            yield name, "\n".join(source.front.get(name, []))
        elif name in source.front:
            yield name, source.front[name]


def place(page: Page, parent: Page, after: Page | None) -> None:
    """Put a new page behind the one that precedes it among the files."""
    if after is not None and after.get_parent().pk == parent.pk:
        Page.objects.get(pk=after.pk).add_sibling(pos="right", instance=page)
    else:
        type(parent).objects.get(pk=parent.pk).add_child(instance=page)


def remember(source: ContentFile, page: Page) -> None:
    page.full_clean()
    page.save_revision(clean=False).publish()
    LoadedFile.objects.update_or_create(
        path=source.path, defaults={"page_id": page.pk, "digest": digest(page)}
    )


def digest(page: Page) -> str:
    """The fingerprint of what a file decides about a page."""
    values = {name: getattr(page, name) for name in FIELDS[type(page)]}
    if "body" in values:
        values["body"] = values["body"].get_prep_value()
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()
