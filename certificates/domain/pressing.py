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


def finish_streams(document, pdf: pydyf.PDF) -> None:
    pdf.objects = [
        Finished(each) if isinstance(each, pydyf.Stream) else each
        for each in pdf.objects
    ]


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
