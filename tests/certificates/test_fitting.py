"""Long words on the paper of all stay clear of the QR code, and on the sheet."""

from contextlib import closing

import pypdfium2
import pytest

from accounts.models import User
from certificates.domain.designing import longest_certificate
from certificates.domain.printing import pdf_of
from exams.models import Sitting
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
MILLIMETRE = 72 / 25.4
LONG = User._meta.get_field("real_name").max_length
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


def test_templates_are_held_to_what_may_be_entered():
    longest = longest_certificate()

    assert len(longest.holder_name) == LONG
    assert len(longest.exam_name) == Sitting._meta.get_field("title").max_length
