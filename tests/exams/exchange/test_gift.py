"""GIFT as Moodle exports it and as people type it."""

import pytest

from .samples import drafts, said, sample

JUDGED = ["对", "错"]


def test_moodles_own_export_is_read():
    first, second, third, fourth, *_others = drafts(sample("moodle.gift.txt"))

    assert (first.code, first.names) == ("NN-EXIT-01", ("入户核验之后",))
    assert said(first, "kind", "stem", "answer", "because", "tags") == [
        "single",
        "入户核验之后，下一步是哪一步？",
        [0],
        "核验之后先由村里评议。",
        ["程序", "a ] b"],
    ]
    assert first.fields["options"] == ["村级评议", "县级审定", "设区市备案"]
    assert said(second, "kind", "options", "answer", "because") == [
        "judge",
        JUDGED,
        [0],
        "审定以后: 公告。",
    ]
    assert said(third, "kind", "answer") == ["multiple", [0, 1, 2]]
    assert said(fourth, "kind", "answer", "tolerance", "because") == [
        "numeric",
        "13",
        "0.01",
        "52 ÷ 4 = 13。",
    ]


def test_pairs_and_essays_of_moodles_export_are_read():
    pairs, essay = drafts(sample("moodle.gift.txt"))[4:6]

    assert said(pairs, "kind", "stem", "parts", "options", "answer") == [
        "matching",
        "请配对。",
        ["评议", "审核"],
        ["村", "乡镇"],
        [0, 1],
    ]
    assert said(essay, "kind", "stem", "answer") == ["short", "谈谈你的看法。", ""]


def test_a_text_without_a_question_is_refused_by_name():
    refused = drafts(sample("moodle.gift.txt"))[6]

    assert refused.faults == (
        "questions of the kind text without a question (description) are not carried",
    )
    assert refused.brief == "以下为计算题。"


def test_what_was_left_behind_is_noted():
    first, _second, _third, fourth, *_others = drafts(sample("moodle.gift.txt"))

    assert first.notes == (
        "not kept: the formatting of the text",
        "not kept: feedback on single options",
    )
    assert fourth.notes == ("other numbers that earn points are left out",)


@pytest.mark.parametrize(
    ("place", "kind", "stem", "answer"),
    [
        (0, "judge", "帮扶手册由贫困户保管。", [0]),
        (1, "judge", "低保户都是贫困户。", [1]),
        (2, "judge", "公益林户不得评为贫困户", [1]),
        (3, "single", "广西的简称是_____，首府在南宁。", [0]),
        (4, "numeric", "一到五之间的数？", "3"),
        (5, "numeric", "三人各发 20 元，共多少元？", "60"),
        (7, "single", "集合 {甲}: 1=1~2 的 #号是？\n第二行", [0]),
        (8, "multiple", "选对的。", [0, 1]),
        (12, "judge", "贫困户可以申诉。", [0]),
    ],
)
def test_hand_written_questions_are_read(place, kind, stem, answer):
    draft = drafts(sample("handmade.gift.txt"))[place]

    assert said(draft, "kind", "stem", "answer") == [kind, stem, answer]
    assert draft.faults == ()


def test_escaped_signs_come_back_in_options():
    draft = drafts(sample("handmade.gift.txt"))[7]

    assert draft.fields["options"] == ["{甲}", "乙=丙", "丁"]


def test_a_range_is_a_number_and_its_tolerance():
    draft = drafts(sample("handmade.gift.txt"))[4]

    assert said(draft, "answer", "tolerance") == ["3", "2"]


def test_a_short_answer_in_words_is_a_blank():
    draft = drafts(sample("handmade.gift.txt"))[6]

    assert said(draft, "kind", "answer") == ["blank", ["南宁", "南宁市"]]
    assert draft.faults == ()


def test_a_torn_answer_and_a_picture_are_refused():
    read = drafts(sample("handmade.gift.txt"))

    assert "braces do not match" in read[9].faults[0]
    assert read[11].faults == (
        "it shows a picture, sound or film, which the bank cannot hold",
    )


@pytest.mark.parametrize(
    ("text", "answer", "tolerance"),
    [
        ("{#3.14:0.01}", "3.14", "0.01"),
        ("{#-2.5}", "-2.5", "0"),
        ("{#1e2:5}", "100", "5"),
        ("{#=1822:0 =%50%1822:2}", "1822", "0"),
        ("{#12..14}", "13", "1"),
        ("{#１３．５:０．５}", "13.5", "0.5"),
    ],
)
def test_numbers_are_read(text, answer, tolerance):
    (draft,) = drafts(f"::n::几？{text}".encode())

    assert said(draft, "kind", "answer", "tolerance") == ["numeric", answer, tolerance]


@pytest.mark.parametrize("text", ["{#}", "{#abc}", "{#=%50%3}", "{#3:-1}", "{#1..}"])
def test_a_number_that_is_none_is_refused(text):
    (draft,) = drafts(f"几？{text}".encode())

    assert draft.faults


def test_a_file_saved_with_a_byte_order_mark_or_in_utf_16_is_read():
    text = "贫困户可以申诉。{T}"

    assert drafts(text.encode("utf-8-sig"))[0].fields["stem"] == "贫困户可以申诉。"
    assert drafts(text.encode("utf-16"))[0].fields["stem"] == "贫困户可以申诉。"


def test_praise_is_no_explanation():
    (draft,) = drafts("选哪个？{=甲#正确！ ~乙}".encode())

    assert draft.fields["because"] == ""
