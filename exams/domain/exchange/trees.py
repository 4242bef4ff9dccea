"""XML walked for its words, and XML written plainly."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from core.workbooks.markup import local
from core.workbooks.signs import CONTROLS

from .wording import Collector, Wording


def words_of(element: Element, *, without: frozenset[str] = frozenset()) -> Wording:
    """Return the words inside an element, leaving out those named ``without``."""
    collector = Collector()
    walk(element, collector, without)
    return collector.wording()


def walk(element: Element, collector: Collector, without: frozenset[str]) -> None:
    name = local(element)
    if name and name not in without:
        collector.start(name, element.attrib)
        collector.words(element.text or "")
        for child in element:
            walk(child, collector, without)
            collector.words(child.tail or "")
        collector.end(name)


def add(parent: Element, name: str, text: str | None = None, **attributes) -> Element:
    """Append an element; signs that XML forbids are left out."""
    said = {key: legal(str(value)) for key, value in attributes.items()}
    element = SubElement(parent, name, said)
    if text is not None:
        element.text = legal(text)
    return element


def legal(text: str) -> str:
    return CONTROLS.sub("", text)


def write_tree(root: Element) -> bytes:
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def write_lined(root: Element) -> bytes:
    """For trees without mixed content, where lines between elements say nothing.

    Lines alone: what goes out must be small enough to come in again.
    """
    indent(root, space="")
    return write_tree(root)
