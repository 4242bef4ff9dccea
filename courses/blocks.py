"""What a lesson is made of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from .enums import Attested, CalloutKind, CheckKind

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "code", "link", "document-link"]
CELL_FEATURES = ["bold", "italic", "code"]
VIDEO_EXTENSIONS = ("mp4", "webm", "m4v")


def attested_choices():
    return Attested.choices


def callout_choices():
    return CalloutKind.choices


def check_choices():
    return CheckKind.choices


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "courses/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": TEXT_FEATURES} | kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows in words, or marked as decoration."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "courses/blocks/image.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=callout_choices)
    title = blocks.CharBlock(label=_("Title"))
    text = TextBlock()

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "courses/blocks/callout.html"


class TableBlock(TypedTableBlock):
    """Rows under headings; the first cell of a row is the row's heading."""

    text = blocks.RichTextBlock(label=_("Text"), features=CELL_FEATURES)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "courses/blocks/table.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        headings = [column["heading"] for column in value.columns]
        context["rows"] = [list(zip(headings, row, strict=True)) for row in value.rows]
        return context


class CitationBlock(blocks.StructBlock):
    """A section of the Measures' interpretation, or other material, in our words."""

    ref = blocks.CharBlock(label=_("Section"), help_text="解读 四(一)2 · 第二章")
    attested = blocks.ChoiceBlock(label=_("Attested by"), choices=attested_choices)
    text = TextBlock(label=_("In our own words"))

    class Meta:
        icon = "openquote"
        label = _("Citation")
        template = "courses/blocks/citation.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        word = value.get("attested")
        context["attested"] = Attested(word).label if word in Attested.values else ""
        return context


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"))
    is_right = blocks.BooleanBlock(label=_("Right"), required=False)

    class Meta:
        label = _("Option")
        icon = "list-ul"


class CheckValue(blocks.StructValue):
    """A self-check that can mark an answer."""

    @property
    def is_multiple(self) -> bool:
        return self["kind"] == CheckKind.MULTIPLE

    @property
    def kind_name(self) -> str:
        return CheckKind(self["kind"]).label

    @property
    def right(self) -> set[int]:
        return {
            index for index, option in enumerate(self["options"]) if option["is_right"]
        }


class CheckBlock(blocks.StructBlock):
    """A question inside the lesson; answering it, not guessing right, completes."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=check_choices)
    prompt = blocks.TextBlock(label=_("Question"), rows=2)
    options = blocks.ListBlock(OptionBlock(), label=_("Options"), min_num=2, max_num=8)
    because = TextBlock(label=_("Because"))

    class Meta:
        icon = "help"
        label = _("Self-check")
        value_class = CheckValue

    def clean(self, value):
        cleaned = super().clean(value)
        count = len(cleaned.right)
        fault = None
        if cleaned.is_multiple and count < 2:
            fault = _("Mark two or more options as right.")
        elif not cleaned.is_multiple and count != 1:
            fault = _("Mark exactly one option as right.")
        elif cleaned["kind"] == CheckKind.JUDGE and len(cleaned["options"]) != 2:
            fault = _("True or false has two options.")
        if fault:
            raise StructBlockValidationError(
                block_errors={"kind": ValidationError(fault)}
            )
        return cleaned


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(label=_("What it is for"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "courses/blocks/download.html"


class VideoBlock(blocks.StructBlock):
    """A film kept on this site, with its words for those who cannot play it."""

    document = DocumentChooserBlock(label=_("Video file"))
    title = blocks.CharBlock(label=_("Title"))
    transcript = TextBlock(label=_("Its words"))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "courses/blocks/video.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["document"].file_extension.lower() not in VIDEO_EXTENSIONS:
            fault = ValidationError(_("Choose an MP4 or WebM file."))
            raise StructBlockValidationError(block_errors={"document": fault})
        return cleaned


class LessonBlocks(blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock()
    image = PictureBlock()
    callout = CalloutBlock()
    table = TableBlock()
    citation = CitationBlock()
    check = CheckBlock()
    download = DownloadBlock()
    video = VideoBlock()
