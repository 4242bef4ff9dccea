"""Files name the project's own tags in the language of whoever reads them."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from django.utils.translation import override

from exams.domain.exchange.formats import FORMATS, read_file
from exams.domain.exchange.giving_out import write_out
from exams.domain.exchange.marks import tag_read, tag_written
from exams.topics import Topic
from tests.factories.exams import content

EVERY_FORMAT = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
LANGUAGES = ("zh-hans", "en")


def words_in(body: bytes) -> str:
    if not is_zipfile(BytesIO(body)):
        return body.decode()
    with ZipFile(BytesIO(body)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def tags_in(body: bytes) -> list[str]:
    _format, reading = read_file(body)
    (draft,) = reading.drafts
    return draft.fields["tags"]


@EVERY_FORMAT
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
def test_names_go_out_in_the_readers_language_and_come_back_as_tags(
    format, language, read_in
):
    tags = ["ledger-arithmetic", "housing", "identify", "自拟"]
    with override(language):
        body = write_out({"Q": content(tags=tags)}, format).body
        names = [str(Topic(tag).label) for tag in tags[:3]]

    assert all(name in words_in(body) for name in names)
    assert "ledger-arithmetic" not in words_in(body)
    with override(read_in):
        assert tags_in(body) == tags


@EVERY_FORMAT
def test_a_tag_of_an_authors_own_that_looks_like_a_name_stays_what_it_is(format):
    tags = ["退出", "removal", "cite:村", "tag:退出", "自拟"]

    body = write_out({"Q": content(tags=tags)}, format).body

    assert tags_in(body) == tags


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_may_name_every_tag_in_either_language_or_by_itself(language):
    for topic in Topic:
        names = {topic.value}
        for each in LANGUAGES:
            with override(each):
                names.add(str(topic.label))
        with override(language):
            assert {tag_read(name) for name in names} == {topic.value}
            assert tag_read(tag_written(topic.value)) == topic.value


def test_a_file_written_by_hand_in_chinese_brings_the_tags_of_the_bank():
    text = "// [tag:退出] [tag:台账计算] [tag:自拟]\n::Q::谁提出？{=甲 ~乙}\n"

    assert tags_in(text.encode()) == ["exit", "ledger-arithmetic", "自拟"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
@EVERY_FORMAT
def test_subject_and_kind_go_out_in_the_readers_language_and_come_back(
    format, language, read_in
):
    asked = content(kind="single", subject="entry")
    with override(language):
        body = write_out({"Q": asked}, format).body

    with override(read_in):
        (draft,) = read_file(body)[1].drafts

    assert (draft.fields["kind"], draft.fields["subject"]) == ("single", "entry")


def test_a_gift_file_says_subject_and_kind_in_words_and_reads_them_by_their_codes():
    asked = content(kind="single", subject="entry")
    with override("zh-hans"):
        text = write_out({"Q": asked}, FORMATS["gift"]).body.decode()

    assert "[tag:题型:单选题] [tag:科目:采集录入]" in text
    text = text.replace("题型:单选题", "kind:single")
    (draft,) = read_file(text.replace("科目:采集录入", "subject:entry").encode())[
        1
    ].drafts
    assert (draft.fields["kind"], draft.fields["subject"]) == ("single", "entry")
