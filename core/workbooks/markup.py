"""XML that may come from anyone, read without entities."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from .refusals import Unreadable

DEEPEST = 100
MOST_ELEMENTS = 500_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""")
PLAIN_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii"}


def read_tree(body: bytes, *, most: int = MOST_ELEMENTS) -> Element:
    """Return the root element; ``Unreadable`` says what is wrong, and where."""
    refuse_encoding(body)
    depth = count = 0
    try:
        events = iterparse(BytesIO(body), events=("start", "end"), forbid_dtd=True)
        for event, _element in events:
            depth += 1 if event == "start" else -1
            count += event == "start"
            if count > most:
                raise Unreadable(reason=_("it has too many elements"))
            if depth > DEEPEST:
                raise Unreadable(reason=_("its elements are nested too deeply"))
        return events.root
    except DefusedXmlException as danger:
        reason = _("it declares a document type or entities, which are not read")
        raise Unreadable(reason=reason) from danger
    except ParseError as fault:
        line, column = fault.position
        values = {"line": line, "column": column + 1}
        reason = _("its XML breaks off at line %(line)s, sign %(column)s") % values
        raise Unreadable(reason=reason) from fault


def refuse_encoding(body: bytes) -> None:
    declared = DECLARED.match(body.removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode().lower() if declared else "utf-8"
    if name not in PLAIN_ENCODINGS:
        reason = _("it is written in %(encoding)s; save it as UTF-8") % {
            "encoding": name.upper()
        }
        raise Unreadable(reason=reason)
    if not body.startswith(UTF_16):
        read_text(body)


def read_text(body: bytes) -> str:
    """Decode UTF-8, or UTF-16 that says so; tell whoever saved it otherwise."""
    try:
        if body.startswith(UTF_16):
            return body.decode("utf-16")
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        reason = _("it is not written in UTF-8 (%(guess)s); save it as UTF-8") % {
            "guess": "GBK" if decodes(body, "gb18030") else _("unknown encoding")
        }
        raise Unreadable(reason=reason) from fault


def decodes(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def local(element: Element) -> str:
    """The element's name without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
