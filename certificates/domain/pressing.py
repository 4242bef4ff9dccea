"""WeasyPrint as certificates use it: one press, archival, nothing done twice."""

from collections.abc import Sequence
from threading import Lock

import pydyf
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from certificates.domain.fonts import INTENT, PrintingKit, colours

# Archival and tagged; WeasyPrint writes one variant only.
VARIANT = {"pdf_variant": "pdf/a-3a", "output_intent": INTENT}
# The same paper is universally accessible (PDF/UA-1). An archival one has to describe
# each name in its metadata that PDF/A does not know itself.
ACCESSIBLE = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END = b"</rdf:RDF>"
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


def finish(document, pdf: pydyf.PDF) -> None:
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Type") == "/Metadata":
            each.stream = [b"".join(each.stream).replace(END, ACCESSIBLE + END)]
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
            finisher=finish,
            font_config=kit.configuration,
            stylesheets=[kit.sheet, *rules],
            color_profiles=colours(),
            cache=shown,
            full_fonts=whole_fonts,
            **VARIANT,
        )
