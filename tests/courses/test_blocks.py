import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from courses.blocks import CheckBlock, VideoBlock
from courses.domain.founding import found_site
from tests.factories.courses import check_block


def checked(kind, right):
    block = CheckBlock()
    value = check_block("问", kind=kind, right=right)["value"]
    if kind == "judge":
        value["options"] = value["options"][:2]
    return block.clean(block.to_python(value))


@pytest.mark.parametrize(
    ("kind", "right"), [("single", (1,)), ("judge", (0,)), ("multiple", (0, 2))]
)
def test_a_self_check_that_can_be_marked_is_accepted(kind, right):
    assert checked(kind, right).right == set(right)


@pytest.mark.parametrize(
    ("kind", "right"), [("single", ()), ("single", (0, 1)), ("multiple", (0,))]
)
def test_a_self_check_that_cannot_be_marked_is_refused(kind, right):
    with pytest.raises(ValidationError) as caught:
        checked(kind, right)

    assert set(caught.value.block_errors) == {"kind"}


def test_true_or_false_has_two_options():
    block = CheckBlock()
    value = check_block("问", kind="judge")["value"]

    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "is_video"), [("课.mp4", True), ("课.pdf", False)])
def test_a_video_is_a_file_that_plays(name, is_video):
    found_site()  # documents lie in its collection
    document = get_document_model().objects.create(
        title="课", file=ContentFile(b"film", name=name)
    )
    block = VideoBlock()
    value = block.to_python(
        {"document": document.pk, "title": "课", "transcript": "<p>话</p>"}
    )

    if is_video:
        assert block.clean(value)["document"] == document
    else:
        with pytest.raises(ValidationError) as caught:
            block.clean(value)
        assert set(caught.value.block_errors) == {"document"}
