"""QTI files: a package with its manifest, or one item by itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from core.workbooks.archives import SIGNATURE, Archive
from core.workbooks.markup import local, read_tree
from core.workbooks.refusals import Unreadable
from core.workbooks.signs import clean

from .drafts import Draft, Reading, checked
from .findings import marking_note, not_kept
from .qti import ITEM, item_draft, one_spelling
from .qti_writing import DIFFICULTIES

MANIFEST = "imsmanifest.xml"
TEST = "assessmentTest"
ITEM_TYPES = ("imsqti_item_xmlv2", "imsqti_item_xmlv3", "imsqti_apipitem_xmlv2")
TEST_TYPES = ("imsqti_test_xmlv", "imsqti_apiptest_xmlv", "imsqti_assessment_xmlv2")
OLD_TYPES = ("imsqti_xmlv1", "imsqti_asi_xmlv1")
OLD_ROOT = "questestinterop"
CODE = "code:"
# Of one item's file.
MOST_BYTES, MOST_ELEMENTS = 1024 * 1024, 20_000


@dataclass(frozen=True)
class Resource:
    """An item the manifest names, and what it says of it."""

    path: str
    tags: tuple[str, ...] = ()


def read(body: bytes) -> Reading:
    if not body.startswith(SIGNATURE):
        return with_note([single_item(body)])
    archive = Archive(body)
    manifests = [name for name in archive if posixpath.basename(name) == MANIFEST]
    if not manifests:
        return read_loose(archive)
    path = min(manifests, key=lambda name: (name.count("/"), name))
    root = read_tree(archive.read(path))
    one_spelling(root)
    resources = list(root.iter("resource"))
    named = (
        resource_of(each, posixpath.dirname(path))
        for each in resources
        if each.get("type", "").startswith(ITEM_TYPES)
    )
    # A file that is named twice is one question.
    items = checked({item.path: item for item in named}.values())
    if not items:
        refuse_without_items(resources)
    notes = ()
    if any(each.get("type", "").startswith(TEST_TYPES) for each in resources):
        notes = (not_kept(_("the test around the questions")),)
    return with_note(list(drafts_in(archive, items)), notes)


def with_note(drafts: list[Draft], notes: tuple[str, ...] = ()) -> Reading:
    return Reading(drafts, (*notes, *marking_note(drafts)))


def single_item(body: bytes) -> Draft:
    root = read_tree(body)
    one_spelling(root)
    if root.tag == OLD_ROOT:
        refuse_old()
    if root.tag != ITEM:
        raise Unreadable(reason=_("its XML is neither Moodle's nor QTI's"))
    return item_draft(root, _("Question %(number)s") % {"number": 1})


def refuse_without_items(resources: list[Element]) -> None:
    if any(each.get("type", "").startswith(OLD_TYPES) for each in resources):
        refuse_old()
    raise Unreadable(reason=_("its package names no QTI items"))


def refuse_old() -> None:
    reason = _(
        "it is QTI 1.2, as Canvas's classic quizzes export it; read are 2.1, 2.2 and "
        "3.0. Export it anew, or through Moodle XML"
    )
    raise Unreadable(reason=reason)


def read_loose(archive: Archive) -> Reading:
    """A package without manifest, as people zip items by hand."""
    paths = sorted(name for name in archive if name.lower().endswith(".xml"))
    drafts = checked(drafts_in(archive, [Resource(path) for path in paths]))
    if not drafts:
        raise Unreadable(reason=_("its archive holds neither a workbook nor QTI items"))
    note = _("the package has no manifest; all its items are read")
    return with_note(drafts, (note,))


def resource_of(resource: Element, folder: str) -> Resource:
    href = resource.get("href") or next(
        (each.get("href", "") for each in resource.iter("file")), ""
    )
    base = "".join(v for key, v in resource.attrib.items() if key.endswith("}base"))
    joined = posixpath.join(folder, base, unquote(href).replace("\\", "/"))
    return Resource(posixpath.normpath(joined), tags_of(resource))


def tags_of(resource: Element) -> tuple[str, ...]:
    """Return the keywords of its LOM; LOM's difficulty is one of our five."""
    tags = []
    for keyword in resource.iter("keyword"):
        leaves = [e for e in keyword if local(e) in ("string", "langstring")] or [
            keyword
        ]
        tags += [clean("".join(leaf.itertext())) for leaf in leaves]
    for difficulty in resource.iter("difficulty"):
        value = "".join(v.text or "" for v in difficulty.iter("value")).strip().lower()
        if value in DIFFICULTIES:
            tags.append(f"difficulty:{DIFFICULTIES.index(value) + 1}")
    return tuple(filter(None, tags))


def drafts_in(archive: Archive, resources: list[Resource]) -> Iterator[Draft]:
    """Yield each item; one that is damaged is its own fault, not the package's."""
    for number, resource in enumerate(resources, start=1):
        place = _("Question %(number)s (%(path)s)") % {
            "number": number,
            "path": resource.path,
        }
        if resource.path not in archive:
            fault = _("the manifest names this file, but the package lacks it")
            yield Draft(place=place, faults=(fault,))
            continue
        if archive.size_of(resource.path) > MOST_BYTES:
            fault = _("this file is larger than 1 MB")
            yield Draft(place=place, faults=(fault,))
            continue
        try:
            root = read_tree(archive.read(resource.path), most=MOST_ELEMENTS)
        except Unreadable as refusal:
            yield Draft(place=place, faults=(str(refusal.values["reason"]),))
            continue
        one_spelling(root)
        if root.tag == ITEM:
            yield item_with_tags(root, place, resource.tags)


def item_with_tags(root: Element, place: str, tags: tuple[str, ...]) -> Draft:
    codes = [tag.removeprefix(CODE) for tag in tags if tag.startswith(CODE)]
    others = tuple(tag for tag in tags if not tag.startswith(CODE))
    return item_draft(root, place, others, codes[0] if codes else "")
