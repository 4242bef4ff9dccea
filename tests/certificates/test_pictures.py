"""The pictures of a paper: kept from one to the next, and the same on each."""

import gc
from io import BytesIO
from weakref import ref

import pytest
from PIL import Image
from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.images import RasterImage

from certificates.domain import drawing, pictures
from certificates.domain.pictures import KeptDots, KeptPicture, Squares
from tests.certificates.qr_reader import read_qr
from tests.factories.pictures import dots

ADDRESS = "https://example.cn/verify/" + "ABC234Z" * 22


def page_with(picture, size="20mm"):
    """A page that shows one picture, read back."""
    html = f'<img src="picture:it" alt="" style="width:{size};height:{size}">'
    content = HTML(string=html).write_pdf(cache={"picture:it": picture})
    return PdfReader(BytesIO(content)).pages[0]


def forms_of(page):
    forms = page["/Resources"]["/XObject"].values()
    return [form.get_object().get_data() for form in forms]


def images_of(page):
    images = [each.get_object() for each in page["/Resources"]["/XObject"].values()]
    return [
        (image.get_data(), "/SMask" in image and image["/SMask"].get_data())
        for image in images
    ]


def test_what_is_kept_is_drawn_the_same_again_and_in_every_size():
    seal = KeptPicture(drawing.seal("那坡县扶贫开发领导小组办公室"))

    first, second = forms_of(page_with(seal)), forms_of(page_with(seal))
    larger = forms_of(page_with(seal, "40mm"))

    assert first == second != larger
    assert len(seal.packed) == 2


def test_what_is_kept_does_not_keep_the_fonts_of_a_document():
    seal, fonts = KeptPicture(drawing.seal("那坡县")), []

    HTML(string='Words <img src="picture:it" alt="">').write_pdf(
        cache={"picture:it": seal},
        finisher=lambda document, _pdf: fonts.extend(map(ref, document.fonts.values())),
    )
    gc.collect()

    assert len(seal.packed) == 1
    assert [each() for each in fonts] == [None]


def test_a_seal_is_ink_on_every_paper_it_is_kept_for():
    seal = KeptPicture(drawing.seal("那坡县"))

    pages = [page_with(seal) for _each in range(2)]

    for page in pages:
        (form,) = page["/Resources"]["/XObject"].values()
        states = form.get_object()["/Resources"]["/ExtGState"]
        assert states["/a0.82"]["/ca"] == states["/A0.82"]["/CA"] == 0.82


@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "PNG"), ("RGB", "JPEG")])
def test_dots_are_made_for_a_document_once_and_are_the_same_in_the_next(mode, kind):
    content = dots(mode=mode, kind=kind)
    kept, plain = [
        way(Image.open(BytesIO(content)), "it", content)
        for way in (KeptDots, RasterImage)
    ]
    expected = images_of(page_with(plain))

    first, second = images_of(page_with(kept)), images_of(page_with(kept))

    assert first == second == expected
    assert len(kept.made) == 1


@pytest.mark.parametrize(
    "inside",
    [
        '<g opacity="0.5"><rect width="9" height="9"/></g>',
        '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" '
        'stop-color="blue"/></linearGradient><rect width="9" height="9" '
        'fill="url(#g)"/>',
    ],
)
def test_what_leans_on_the_document_is_not_kept(inside):
    picture = KeptPicture(drawing.drawing(10, 10, inside))

    with pytest.raises(ValueError, match="lines and areas"):
        page_with(picture)


def test_the_squares_are_those_of_the_code():
    squares = Squares(ADDRESS)
    code = drawing.qr(ADDRESS)

    dark = {
        (x, y)
        for y, row in enumerate(squares.rows)
        for first, past in pictures.dark_runs(row)
        for x in range(first, past)
    }

    assert dark == {
        (x, y)
        for y, row in enumerate(code.matrix_iter(border=drawing.QUIET))
        for x, is_dark in enumerate(row)
        if is_dark
    }
    rows = page_with(squares).get_contents().get_data()
    assert rows.count(b" 1 re") == sum(len(pictures.dark_runs(r)) for r in squares.rows)


def test_the_code_says_the_address_to_whoever_reads_its_squares():
    squares = Squares(ADDRESS).rows[drawing.QUIET : -drawing.QUIET]

    read = read_qr([row[drawing.QUIET : -drawing.QUIET] for row in squares])

    assert read == ADDRESS


def test_a_seal_has_an_outline_for_every_character():
    assert "text" not in drawing.seal("那坡县")
    assert drawing.seal("那坡县").count("<path") == len("那坡县") + len("演示印章") + 1
    assert drawing.outline("坡", 10, 10, 0, 50, 50).startswith("M")
