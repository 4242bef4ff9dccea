"""QTI items and their manifest, in the spelling of a dialect."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from xml.etree.ElementTree import Element, register_namespace
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exams.domain.contents import Content
from exams.enums import Kind

from .marks import marks_of
from .qti_bodies import (
    DECLARING,
    SHOWING,
    Dialect,
    add_lines,
    add_processing,
    hyphened,
    questions_of,
)
from .trees import add, legal, write_lined, write_tree

XSI = "http://www.w3.org/2001/XMLSchema-instance"
LOM = "http://ltsc.ieee.org/xsd/LOM"
LANGUAGE = "zh-CN"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# LOM's five steps are ours.
DIFFICULTIES = ("very easy", "easy", "medium", "difficult", "very difficult")
# Zip stores a date; a fixed one makes equal banks equal files.
STAMP = (2020, 1, 1, 0, 0, 0)

register_namespace("xsi", XSI)
register_namespace("lom", LOM)


def write_package(items: Mapping[str, Content], dialect: Dialect) -> bytes:
    """Return a zip of one file per item, with a manifest that carries the marks."""
    manifest = new_manifest(dialect)
    resources = add(manifest, "resources")
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for number, (code, content) in enumerate(items.items(), start=1):
            name = code if NAME.fullmatch(code) else f"item-{number}"
            path = f"items/item-{number:04}.xml"
            said = {"identifier": f"R-{number}", "type": dialect.resource, "href": path}
            resource = add(resources, "resource", **said)
            add_metadata(resource, code, content)
            add(resource, "file", href=path)
            store(archive, path, write_tree(item_tree(name, code, content, dialect)))
        store(archive, "imsmanifest.xml", write_lined(manifest))
    return buffer.getvalue()


def store(archive: ZipFile, path: str, body: bytes) -> None:
    entry = ZipInfo(path, STAMP)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, body)


def new_manifest(dialect: Dialect) -> Element:
    manifest = Element("manifest")
    manifest.set("xmlns", dialect.package)
    manifest.set(
        f"{{{XSI}}}schemaLocation", f"{dialect.package} {dialect.package_schema}"
    )
    manifest.set("identifier", "MANIFEST-1")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", dialect.package_name)
    add(metadata, "schemaversion", dialect.package_version)
    add(manifest, "organizations")
    return manifest


def add_metadata(resource: Element, code: str, content: Content) -> None:
    lom = add(add(resource, "metadata"), f"{{{LOM}}}lom")
    general = add(lom, f"{{{LOM}}}general")
    identifier = add(general, f"{{{LOM}}}identifier")
    add(identifier, f"{{{LOM}}}catalog", "code")
    add(identifier, f"{{{LOM}}}entry", code)
    for mark in (f"code:{code}", *marks_of(content)):
        keyword = add(general, f"{{{LOM}}}keyword")
        add(keyword, f"{{{LOM}}}string", mark, language=LANGUAGE)
    educational = add(lom, f"{{{LOM}}}educational")
    difficulty = add(educational, f"{{{LOM}}}difficulty")
    add(difficulty, f"{{{LOM}}}source", "LOMv1.0")
    add(difficulty, f"{{{LOM}}}value", DIFFICULTIES[content.difficulty - 1])


def item_tree(name: str, code: str, content: Content, dialect: Dialect) -> Element:
    item = Element(dialect.name("assessmentItem"))
    item.set("xmlns", dialect.namespace)
    item.set(f"{{{XSI}}}schemaLocation", f"{dialect.namespace} {dialect.schema}")
    item.set("xml:lang", LANGUAGE)
    said = {"identifier": name, "title": code, "label": code, "adaptive": "false"}
    said["timeDependent"] = "false"
    for key, value in said.items():
        item.set(hyphened(key) if dialect.hyphens else key, legal(value))
    questions = questions_of(content)
    for response, question in questions.items():
        DECLARING[question.kind](item, response, question, dialect)
    add_outcomes(item, dialect)
    body = dialect.add(item, "itemBody")
    if content.kind == Kind.CASE:
        add_lines(add(body, "p"), content.stem)
        add(body, "hr")
    for response, question in questions.items():
        SHOWING[question.kind](body, response, question, dialect)
    add_processing(item, questions, dialect)
    add_explanation(item, content, dialect)
    return item


def add_outcomes(item: Element, dialect: Dialect) -> None:
    for name, kind, value in (
        ("SCORE", "float", "0"),
        # Always set, so that the explanation is shown with every result.
        ("EXPLAINED", "identifier", "EXPLANATION"),
    ):
        said = {"identifier": name, "cardinality": "single", "baseType": kind}
        outcome = dialect.add(item, "outcomeDeclaration", **said)
        dialect.add(dialect.add(outcome, "defaultValue"), "value", value)


def add_explanation(item: Element, content: Content, dialect: Dialect) -> None:
    feedback = dialect.add(
        item,
        "modalFeedback",
        outcomeIdentifier="EXPLAINED",
        identifier="EXPLANATION",
        showHide="show",
    )
    if dialect.hyphens:
        feedback = dialect.add(feedback, "contentBody")
    add_lines(add(feedback, "p"), content.because)
