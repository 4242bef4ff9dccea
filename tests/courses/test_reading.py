import pytest

from courses.domain.reading import read_file
from courses.errors import UnreadableContent


def body_of(content, text):
    content.lesson("01-one", "一", text)
    file = content.folder / "policy" / "01-one.md"
    return [
        (block["type"], block["value"])
        for block in read_file(file, root=content.folder).body[:-1]
    ]


def test_headings_text_and_lists_become_blocks_in_order(content):
    body = body_of(content, "先说**要紧**的。\n\n## 标题\n\n- 甲\n- 乙")

    assert body == [
        ("text", "<p>先说<strong>要紧</strong>的。</p>\n"),
        ("heading", "标题"),
        ("text", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n"),
    ]


def test_a_table_takes_its_caption_from_the_heading_above(content):
    body = body_of(content, "## 五步\n\n| 步 | 谁 |\n|---|---|\n| 1 | **县** |")

    assert body[1] == (
        "table",
        {
            "columns": [
                {"type": "text", "heading": "步"},
                {"type": "text", "heading": "谁"},
            ],
            "rows": [{"values": ["<p>1</p>", "<p><strong>县</strong></p>"]}],
            "caption": "五步",
        },
    )


def test_containers_keep_their_attributes(content):
    text = (
        '::: callout kind="note" title="注意"\n小心。\n:::\n\n'
        '::: cite ref="解读 六 · 第四章" attested="source"\n我们的话。\n:::'
    )

    assert body_of(content, text) == [
        ("callout", {"kind": "note", "title": "注意", "text": "<p>小心。</p>\n"}),
        (
            "citation",
            {
                "ref": "解读 六 · 第四章",
                "attested": "source",
                "text": "<p>我们的话。</p>\n",
            },
        ),
    ]


def test_a_check_knows_its_right_options(content):
    content.lesson("01-one", "一")
    file = content.folder / "policy" / "01-one.md"

    check = read_file(file, root=content.folder).body[-1]

    assert check["type"] == "check"
    assert [o["value"]["is_right"] for o in check["value"]["options"]] == [False, True]


def test_reading_twice_gives_the_same_ids(content):
    content.lesson("01-one", "一")
    file = content.folder / "policy" / "01-one.md"

    first, second = (read_file(file, root=content.folder).body for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("::: note\n话\n:::", "an unknown container: note"),
        ('::: callout kind="note" title="注意"\n没有结束', "a container out of place"),
        ("文字\n:::", "a container out of place"),
        ('::: callout kind="loud" title="注意"\n话\n:::', "loud"),
        ('::: cite ref="解读"\n话\n:::', "attested"),
        ('::: check\nprompt = "问"\n:::', "a check needs exactly"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_file_and_reason(content, text, reason):
    with pytest.raises(UnreadableContent) as caught:
        body_of(content, text)

    assert caught.value.code == "unreadable-content"
    assert caught.value.values["path"] == "policy/01-one.md"
    assert reason in str(caught.value.values["reason"])


def test_an_answer_outside_the_options_is_refused(content):
    content.lesson("01-one", "一")
    file = content.folder / "policy" / "01-one.md"
    file.write_text(file.read_text().replace("answer = [1]", "answer = [2]"))

    with pytest.raises(UnreadableContent):
        read_file(file, root=content.folder)


def test_a_container_that_the_file_ends_in_is_refused(content):
    content.lesson("01-one", "一")
    file = content.folder / "policy" / "01-one.md"
    file.write_text(file.read_text().rstrip(":\n"))

    with pytest.raises(UnreadableContent) as caught:
        read_file(file, root=content.folder)

    assert str(caught.value.values["reason"]) == "::: check is never closed"


def test_a_file_that_begins_with_anything_else_is_refused(content):
    content.lesson("01-one", "一")
    file = content.folder / "policy" / "01-one.md"
    file.write_text("前言\n" + file.read_text())

    with pytest.raises(UnreadableContent) as caught:
        read_file(file, root=content.folder)

    assert str(caught.value.values["reason"]) == "it must begin with +++"
