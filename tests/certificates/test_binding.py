"""Many parts in one PDF: every page once and in order, what they share once, and no
more memory for many than for few."""

import tracemalloc
from contextlib import closing
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from certificates.domain.binding import bind, slimmed
from certificates.domain.fonts import cut_kit
from certificates.domain.printing import pdf_of, pdf_of_sheets
from certificates.domain.unfolding import renumbered, unfolded
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
NAMES = ["黄美兰", "韦小禾", "覃石山", "农正月", "陆大林"]


@pytest.fixture
def people(napo):
    return [CertificateFactory(at=napo.village, holder_name=name) for name in NAMES]


@pytest.fixture
def parts(people):
    """Three parts of two, one and two sheets."""
    return [pdf_of_sheets(each) for each in (people[:2], people[2:3], people[3:])]


def bound(parts):
    target = BytesIO()
    count = bind(parts, target)
    return count, PdfReader(target, strict=True)


def words(page):
    return "".join(page.extract_text().split())


def test_every_page_is_there_once_and_in_order(parts):
    count, whole = bound(parts)

    apart = [words(page) for part in parts for page in PdfReader(BytesIO(part)).pages]
    assert [words(page) for page in whole.pages] == apart
    assert count == len(apart) == len(NAMES)


def test_a_page_looks_as_it_did_in_its_part(parts):
    _count, whole = bound(parts)
    first = PdfReader(BytesIO(parts[2])).pages[0]

    page = whole.pages[3]

    assert page.get_contents().get_data() == first.get_contents().get_data()
    assert [each.get_object().get_data() for each in drawings(page)] == [
        each.get_object().get_data() for each in drawings(first)
    ]


def drawings(page):
    return page["/Resources"]["/XObject"].values()


@pytest.fixture
def slim(parts):
    return [slimmed(part) for part in parts]


@pytest.mark.parametrize("place", range(len(NAMES)))
def test_every_page_shows_what_it_showed(people, slim, place):
    """Seal and all, which lies in a drawing within a drawing."""
    target = BytesIO()
    bind(slim, target)

    assert looks(target.getvalue(), place) == looks(pdf_of(people[place]), 0)


def looks(content, place):
    with closing(pypdfium2.PdfDocument(content)) as document:
        return document[place].render(scale=1).to_pil().tobytes()


def test_a_part_is_slimmed_to_what_is_there_once(parts, slim):
    for part, thin in zip(parts, slim, strict=True):
        before, after = (PdfReader(BytesIO(each), strict=True) for each in (part, thin))
        assert [words(page) for page in after.pages] == [
            words(page) for page in before.pages
        ]
    two, one = (
        drawn(PdfReader(BytesIO(each)).pages[0]["/Resources"]) for each in slim[:2]
    )
    assert len(two) == len(one)
    assert len(slim[0]) < len(parts[0])


def test_what_is_the_same_in_all_parts_stands_there_once(people):
    said = bound([pdf_of_sheets(people)])[1].pages
    kit = cut_kit(frozenset("".join(map(words, said)) + " /"))
    parts = [pdf_of_sheets(each, kit=kit) for each in (people[:2], people[2:4])]

    _count, whole = bound(parts)

    first, last = whole.pages[0]["/Resources"], whole.pages[3]["/Resources"]
    assert first.raw_get("/Font") == last.raw_get("/Font")
    assert drawn(first) == drawn(last) != set()


def drawn(resources):
    return {each.idnum for each in resources["/XObject"].values()}


def test_the_whole_is_archival_and_tagged_like_its_parts(parts):
    _count, whole = bound(parts)

    root = whole.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert b'pdfaid:part="3"' in root["/Metadata"].get_data()
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert whole.metadata.title == "扶贫信息员上岗证书"
    (document,) = root["/StructTreeRoot"]["/K"]
    shelves = [each.get_object() for each in document["/K"]]
    assert [shelf["/S"] for shelf in shelves] == ["/Part"] * 3
    assert all(shelf.raw_get("/P") == document for shelf in shelves)


def test_the_structure_of_each_page_is_found_by_its_number_among_all(parts):
    _count, whole = bound(parts)

    leaves = [
        each.get_object()
        for each in whole.root_object["/StructTreeRoot"]["/ParentTree"]["/Kids"]
    ]
    found = {}
    for leaf in leaves:
        keys, values = leaf["/Nums"][::2], leaf["/Nums"][1::2]
        assert leaf["/Limits"] == [keys[0], keys[-1]]
        found |= dict(zip(keys, values, strict=True))
    assert (
        list(found) == [page["/StructParents"] for page in whole.pages] == [*range(5)]
    )
    for page in whole.pages:
        owners = {
            each.get_object()["/Pg"].indirect_reference
            for each in found[page["/StructParents"]]
        }
        assert owners == {page.indirect_reference}


def test_each_part_has_a_bookmark(parts):
    _count, whole = bound(parts)

    titles = [each.title for each in whole.outline if not isinstance(each, list)]
    pages = [
        whole.get_destination_page_number(each)
        for each in whole.outline
        if not isinstance(each, list)
    ]
    assert titles == ["1-2", "3-3", "4-5"]
    assert pages == [0, 2, 3]


def test_memory_is_the_same_for_many_parts_as_for_few(people, tmp_path):
    part = pdf_of_sheets(people)

    def peak(count):
        with (tmp_path / "whole.pdf").open("wb") as target:
            tracemalloc.start()
            bind((part for _each in range(count)), target)
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    peak(1)
    few, many = peak(5), peak(200)

    # Beside one part, a few numbers and a bookmark are kept of each.
    assert many - few < 195 * 5000 < 195 * len(part) / 10


def test_a_reference_within_words_is_no_reference():
    written = rb"<</Alt (7 0 R \) 7 0 R)/P 7 0 R/T <370020>>>"

    assert (
        renumbered(written, {7: 9}) == rb"<</Alt (7 0 R \) 7 0 R)/P 9 0 R/T <370020>>>"
    )


def test_what_the_press_did_not_write_is_refused(people):
    broken = pdf_of(people[0]).replace(b"/XRef", b"/Xref")

    with pytest.raises(ValueError, match="press"):
        unfolded(broken)
