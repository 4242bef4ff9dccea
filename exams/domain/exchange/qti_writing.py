"""QTI items and their manifest, in the spelling of a dialect."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, register_namespace
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exams.domain.contents import Content
from exams.domain.kinds import LETTERS
from exams.enums import CHOSEN, SHUFFLED, Kind

from .marks import marks_of
from .trees import add, legal, write_lined, write_tree

XSI = "http://www.w3.org/2001/XMLSchema-instance"
LOM = "http://ltsc.ieee.org/xsd/LOM"
LANGUAGE = "zh-CN"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")
# LOM's five steps are ours.
DIFFICULTIES = ("very easy", "easy", "medium", "difficult", "very difficult")
# Zip stores a date; a fixed one makes equal banks equal files.
STAMP = (2020, 1, 1, 0, 0, 0)

register_namespace("xsi", XSI)
register_namespace("lom", LOM)


@dataclass(frozen=True)
class Dialect:
    """What one version of QTI calls its things."""

    namespace: str
    schema: str
    resource: str
    package: str
    package_schema: str
    package_name: str
    package_version: str
    templates: str
    suffix: str = ""
    hyphens: bool = False

    def name(self, plain: str) -> str:
        return f"qti-{hyphened(plain)}" if self.hyphens else plain

    def add(self, parent: Element, name: str, text: str | None = None, **said):
        if self.hyphens:
            said = {hyphened(key): value for key, value in said.items()}
        return add(parent, self.name(name), text, **said)


def hyphened(name: str) -> str:
    return UPPER.sub("-", name).lower()


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
    add_declarations(item, content, dialect)
    body = dialect.add(item, "itemBody")
    if content.kind in CHOSEN:
        add_choice(body, content, dialect)
        template = f"{dialect.templates}match_correct{dialect.suffix}"
        dialect.add(item, "responseProcessing", template=template)
    else:
        add_entry(body, content, dialect)
        add_number_rule(item, content, dialect)
    add_explanation(item, content, dialect)
    return item


def choice_name(place: int) -> str:
    return LETTERS[place] if place < len(LETTERS) else f"C{place + 1}"


def add_declarations(item: Element, content: Content, dialect: Dialect) -> None:
    chosen = content.kind in CHOSEN
    response = dialect.add(
        item,
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality="multiple" if content.kind == Kind.MULTIPLE else "single",
        baseType="identifier" if chosen else "float",
    )
    correct = dialect.add(response, "correctResponse")
    for key in map(choice_name, content.answer) if chosen else [content.answer]:
        dialect.add(correct, "value", str(key))
    for name, kind, value in (
        ("SCORE", "float", "0"),
        # Always set, so that the explanation is shown with every result.
        ("EXPLAINED", "identifier", "EXPLANATION"),
    ):
        outcome = dialect.add(
            item,
            "outcomeDeclaration",
            identifier=name,
            cardinality="single",
            baseType=kind,
        )
        dialect.add(dialect.add(outcome, "defaultValue"), "value", value)


def add_choice(body: Element, content: Content, dialect: Dialect) -> None:
    interaction = dialect.add(
        body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true" if content.kind in SHUFFLED else "false",
        maxChoices="0" if content.kind == Kind.MULTIPLE else "1",
    )
    add_lines(dialect.add(interaction, "prompt"), content.stem)
    for place, option in enumerate(content.options):
        choice = dialect.add(interaction, "simpleChoice", identifier=choice_name(place))
        add_lines(choice, option)


def add_entry(body: Element, content: Content, dialect: Dialect) -> None:
    add_lines(add(body, "p"), content.stem)
    answer = add(body, "p")
    entry = dialect.add(answer, "textEntryInteraction", responseIdentifier="RESPONSE")
    entry.tail = f" {legal(content.unit)}" if content.unit else None


def add_number_rule(item: Element, content: Content, dialect: Dialect) -> None:
    processing = dialect.add(item, "responseProcessing")
    when = dialect.add(dialect.add(processing, "responseCondition"), "responseIf")
    equal = dialect.add(
        when,
        "equal",
        toleranceMode="absolute",
        tolerance=f"{content.tolerance} {content.tolerance}",
    )
    dialect.add(equal, "variable", identifier="RESPONSE")
    dialect.add(equal, "correct", identifier="RESPONSE")
    score = dialect.add(when, "setOutcomeValue", identifier="SCORE")
    dialect.add(score, "baseValue", "1", baseType="float")


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


def add_lines(parent: Element, text: str) -> None:
    """Write a text whose lines are kept by <br/>."""
    first, *others = legal(text).split("\n")
    parent.text = first
    for line in others:
        add(parent, "br").tail = line
