"""Long words on the paper of all stay clear of the QR code, and on the sheet."""

from contextlib import closing

import pypdfium2
import pytest

from accounts.models import User
from certificates.domain.designing import longest_certificate, version_of
from certificates.domain.fitting import office_size
from certificates.domain.printing import pdf_of
from certificates.enums import Orientation
from certificates.models import Certificate
from exams.models import Sitting
from tests.factories.certificates import CertificateFactory, TemplateFactory

pytestmark = pytest.mark.django_db
MILLIMETRE = 72 / 25.4
LONG = User._meta.get_field("real_name").max_length
PLACE = Certificate._meta.get_field("post_place").max_length
EXAM = "2026年第一期扶贫信息员上岗考试"


def placed(content: bytes) -> list[tuple[str, float, float]]:
    """Every letter with its right and lower edge, in millimetres from the upper left
    corner of the sheet."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        assert len(document) == 1
        page = document[0]
        text, height = page.get_textpage(), page.get_height()
        found = []
        for index in range(text.count_chars()):
            _left, bottom, right, _top = text.get_charbox(index)
            letter = text.get_text_range(index, 1)
            below = (height - bottom) / MILLIMETRE
            found.append((letter, right / MILLIMETRE, below))
        return found


@pytest.mark.parametrize(
    ("name", "exam"),
    [
        ("阿" * LONG, "考" * Sitting._meta.get_field("title").max_length),
        ("阿" * LONG, EXAM),
        ("W" * LONG, EXAM),
        ("w" * LONG, "考" * 100),
    ],
)
def test_long_words_stay_between_the_title_and_the_code(napo, name, exam):
    certificate = CertificateFactory(at=napo.village, holder_name=name, exam_name=exam)
    certificate.exam_name = exam

    letters = placed(pdf_of(certificate))

    of_the_name = [each for each in letters if each[0] == name[0]]
    assert len(of_the_name) >= LONG
    (ends,) = [below for letter, _right, below in letters if letter == "特"]
    assert ends < 134  # the code begins at 136
    assert max(right for _letter, right, _below in of_the_name) < 260


@pytest.mark.parametrize("letter", ["镇", "W", "w"])
@pytest.mark.parametrize("count", [20, 60, 100, PLACE])
def test_a_long_place_stays_between_the_code_and_the_seal(napo, letter, count):
    certificate = CertificateFactory(at=napo.village, holder_name="黄美兰")
    certificate.post_place = letter * count

    letters = placed(pdf_of(certificate))

    of_the_place = [each for each in letters if each[0] == letter]
    assert len(of_the_place) >= count
    assert max(right for _letter, right, _below in of_the_place) < 178
    # What stands below it stays clear of the note.
    codes = [each for each in letters if each[0] == "码" and each[2] > 150]
    (note,) = [below for mark, _right, below in letters if mark == "盖"]
    assert codes[-1][2] < note - 3


@pytest.mark.parametrize("orientation", Orientation.values)
def test_a_long_place_fits_on_the_sheet_of_a_template_too(napo, orientation):
    template = TemplateFactory(at=napo.county, orientation=orientation)
    certificate = CertificateFactory(at=napo.village, holder_name="黄美兰")
    certificate.template_version = version_of(template)
    certificate.post_place = "镇" * PLACE

    letters = placed(pdf_of(certificate))

    of_the_place = [each for each in letters if each[0] == "镇"]
    assert len(of_the_place) == PLACE
    assert max(right for _letter, right, _below in of_the_place) < 181
    codes = [each for each in letters if each[0] == "码" and each[2] > 150]
    (note,) = [below for mark, _right, below in letters if mark == "盖"]
    assert codes[-1][2] < note - 3


# A code has a W by chance, beside those that are counted.
CODE = "2345678923"
OFFICE = Certificate._meta.get_field("office_name").max_length


def is_clear_of_the_line(letters, letter, count, *, right, below):
    """The office's name in its box, and its day above a signature's line."""
    at_the_code = right - 130
    of_the_office = [e for e in letters if e[0] == letter and e[1] > at_the_code]
    assert len(of_the_office) == count
    assert max(edge for _letter, edge, _below in of_the_office) < right
    (*_earlier, day) = (at for mark, _right, at in letters if mark == "日")
    assert max(at for _letter, _right, at in of_the_office) < day < below
    return True


@pytest.mark.parametrize("letter", ["局", "W", "w"])
@pytest.mark.parametrize("count", [16, 17, 20, 40, 70, OFFICE])
def test_a_long_office_stays_in_its_box(napo, letter, count):
    certificate = CertificateFactory(at=napo.village, holder_name="黄美兰")
    certificate.office_name = letter * count
    certificate.verification_code = CODE

    letters = placed(pdf_of(certificate))

    assert is_clear_of_the_line(letters, letter, count, right=271, below=168)


@pytest.mark.parametrize(
    ("orientation", "right", "below"), [("landscape", 271, 168), ("portrait", 184, 268)]
)
def test_a_long_office_stays_in_its_box_on_a_template_too(
    napo, orientation, right, below
):
    template = TemplateFactory(
        at=napo.county, orientation=orientation, signature="签发人"
    )
    certificate = CertificateFactory(at=napo.village, holder_name="黄美兰")
    certificate.template_version = version_of(template)
    certificate.office_name = "局" * OFFICE

    letters = placed(pdf_of(certificate))

    assert is_clear_of_the_line(letters, "局", OFFICE, right=right, below=below)


def test_an_office_as_they_are_called_is_set_in_one_line():
    sizes = [office_size("县" * count) for count in (14, 16, 17, 19, 20, 39)]

    assert sizes == [0, 0, 1, 1, 1, 2]


def test_templates_are_held_to_what_may_be_entered():
    longest = longest_certificate()

    assert len(longest.holder_name) == LONG
    assert len(longest.exam_name) == Sitting._meta.get_field("title").max_length
