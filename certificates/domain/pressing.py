"""WeasyPrint as certificates use it: one press, archival, nothing done twice."""

from collections.abc import Sequence
from threading import Lock

import pydyf
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from certificates.domain.fonts import INTENT, PrintingKit, colours

# Archival and tagged; WeasyPrint writes one variant only.
VARIANT = {"pdf_variant": "pdf/a-3a", "output_intent": INTENT}
# Pango's font map, kept between papers, serves one thread at a time.
PRESS = Lock()


class Finished(pydyf.Object):
    """A stream as it will stand in the file: compressed once, where pydyf does it for
    the file's mark and again for the file."""

    compressible = False
    data = b""

    def __init__(self, stream: pydyf.Stream):
        self.number, self.offset = stream.number, stream.offset
        self.generation, self.free = stream.generation, stream.free
        self.data = stream.data


class Nothing(pydyf.Object):
    """In the place of what is in the file already."""

    data = b"null"

    def __init__(self, instead_of: pydyf.Object):
        super().__init__()
        self.number = instead_of.number


def finish_streams(document, pdf: pydyf.PDF) -> None:
    """Compress each, and of drawings that are the same on many sheets keep one. What
    a drawing leans on stands behind it, so that the last comes first."""
    known: dict[bytes, pydyf.Object] = {}
    same: dict[bytes, bytes] = {}
    for place in reversed(range(len(pdf.objects))):
        each = pdf.objects[place]
        is_drawing = "Resources" in getattr(each, "extra", {})
        if is_drawing:
            leaned_on = each.extra["Resources"]
            each.extra["Resources"] = same.get(leaned_on, leaned_on)
        if isinstance(each, pydyf.Stream):
            each = pdf.objects[place] = Finished(each)
        elif isinstance(each, dict) and "XObject" in each:
            drawings = each["XObject"]
            drawings |= {name: same.get(it, it) for name, it in drawings.items()}
            is_drawing = True
        if is_drawing and (first := known.setdefault(each.data, each)) is not each:
            same[each.reference] = first.reference
            pdf.objects[place] = Nothing(each)


def press(
    html: str,
    kit: PrintingKit,
    shown: dict[str, object],
    rules: Sequence[CSS] = (),
    *,
    whole_fonts: bool = False,
) -> bytes:
    """Return the PDF of ``html``, with the pictures ``shown`` by address and ``rules``
    beside those of every paper; with the kit's fonts whole, or cut to its words."""
    fetcher = URLFetcher(allowed_protocols=["data", "file"])
    document = HTML(string=html, url_fetcher=fetcher)
    with PRESS:
        return document.write_pdf(
            finisher=finish_streams,
            font_config=kit.configuration,
            stylesheets=[kit.sheet, *rules],
            color_profiles=colours(),
            cache=shown,
            full_fonts=whole_fonts,
            **VARIANT,
        )
