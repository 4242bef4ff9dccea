"""Moodle XML as Moodle exports it, today's and that of old files."""

import pytest

from exams.domain.exchange.formats import read_file

from .samples import drafts, said, sample


def test_moodles_own_export_is_read():
    first, second, third, fourth, *_others = drafts(sample("moodle.xml"))

    assert (first.code, first.names) == ("DY-01", ("返贫由谁提出",))
    assert said(first, "kind", "stem", "options", "answer", "difficulty", "tags") == [
        "single",
        "返贫由谁 提出？",
        ["县里", "村里", "乡镇&村"],
        [1],
        2,
        ["return"],  # written 返贫
    ]
    assert first.fields["because"] == "由村里提出，再逐级审核。"
    assert said(second, "kind", "answer") == ["multiple", [0, 1, 2]]
    assert said(third, "kind", "answer", "because") == ["judge", [1], "回退也有程序。"]
    assert said(fourth, "kind", "stem", "answer", "tolerance", "unit") == [
        "numeric",
        "一户 4 人，住房 52 m²，人均几平方米？",
        "13",
        "0.05",
        "平方米",
    ]


def test_an_option_of_two_lines_is_read_on_one_with_a_note():
    """A form has an option on each line, and would make two of it."""
    body = b"""<quiz><question type="multichoice"><questiontext format="html"><text>
    A?&lt;br&gt;B?</text></questiontext><single>true</single>
    <answer fraction="0" format="html"><text>one&lt;br&gt;two</text></answer>
    <answer fraction="100" format="html"><text>three</text></answer>
    </question></quiz>"""

    (draft,) = drafts(body)

    assert said(draft, "options", "answer") == [["one two", "three"], [1]]
    assert draft.fields["stem"] == "A?\nB?"
    assert "line breaks within an option are read as spaces" in draft.notes


def test_what_was_left_behind_is_noted():
    _format, reading = read_file(sample("moodle.xml"))

    assert [draft.notes for draft in reading.drafts[:4]] == [
        ("partial credit for other options is left out",),
        (
            "not kept: feedback on single options",
            "its options stood in a fixed order, here they are shuffled",
        ),
        (),
        ("not kept: further units with their factors",),
    ]
    assert reading.notes[0] == "not kept: the categories $course$/top/动态管理"
    assert reading.notes[1].startswith("points for part of an answer follow")


def test_pairs_and_a_cloze_are_read_and_a_picture_is_refused():
    pairs, cloze, picture = drafts(sample("moodle.xml"))[4:]

    assert said(pairs, "kind", "parts", "options", "answer") == [
        "matching",
        ["评议", "审核"],
        ["村", "乡镇"],
        [0, 1],
    ]
    assert said(cloze, "kind", "stem", "parts", "answer") == [
        "case",
        "评议在（1）_____，审核在（2）_____。",
        [
            {"kind": "blank", "stem": "（1）"},
            {"kind": "single", "stem": "（2）", "options": ["乡镇", "县"]},
        ],
        [["村"], [0]],
    ]
    assert picture.faults == (
        "it shows a picture, sound or film, which the bank cannot hold",
    )


def test_files_of_old_moodles_are_read():
    single, judged, short, numeric = drafts(sample("moodle-old.xml"))

    assert said(single, "kind", "answer", "because") == [
        "single",
        [0],
        "村里的事村里议。",
    ]
    assert said(judged, "kind", "stem", "answer") == ["judge", "1 < 2 成立。", [0]]
    assert said(short, "kind", "answer") == ["numeric", "21"]
    assert numeric.faults == ("no number earns all points",)


QUESTION = """<quiz><question type="{type}"><questiontext format="html">
<text>{stem}</text></questiontext>{answers}</question></quiz>"""


def question(type="multichoice", stem="哪一个？", answers=""):
    body = QUESTION.format(type=type, stem=stem, answers=answers).encode()
    (draft,) = drafts(body)
    return draft


def answers(*weights):
    return "".join(
        f'<answer fraction="{weight}"><text>选项{place}</text></answer>'
        for place, weight in enumerate(weights)
    )


def test_shares_that_moodle_rounds_are_all_right_answers():
    draft = question(
        answers="<single>false</single>"
        + answers("33.33333", "33.33333", "33.33334", "-50")
    )

    assert said(draft, "kind", "answer") == ["multiple", [0, 1, 2]]
    assert draft.notes == ()


def test_unequal_shares_are_noted():
    draft = question(answers="<single>0</single>" + answers("75", "25", "0"))

    assert said(draft, "answer") == [[0, 1]]
    assert draft.notes == ("the options' different weights are left out",)


def test_a_weight_that_is_no_number_is_refused():
    assert question(answers=answers("viel", "100")).faults == (
        "the weight of an answer is not a number",
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;p&gt;甲&lt;/p&gt;&lt;p&gt;乙&lt;/p&gt;", "甲\n乙"),
        ("<![CDATA[<ul><li>甲</li><li>乙&nbsp;丙</li></ul>]]>", "甲\n乙 丙"),
        ("<![CDATA[<p>甲\n乙</p>]]>", "甲乙"),
        ("<![CDATA[a<br/>b &lt; c &amp;amp; d]]>", "a\nb < c &amp; d"),
        ("<![CDATA[<script>alert(1)</script><p onclick='x'>甲</p>]]>", "甲"),
        ("<![CDATA[CO<sub>2</sub>，10<sup>-3</sup>]]>", "CO₂，10⁻³"),
        ("<![CDATA[<pre>一\n  二</pre>]]>", "一\n二"),
    ],
)
def test_html_becomes_plain_words(markup, text):
    draft = question(
        "truefalse", markup, '<answer fraction="100"><text>true</text></answer>'
    )

    assert draft.fields["stem"] == text


def test_tables_and_emphasis_are_noted():
    table = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    stem = f"<![CDATA[<p>以下<b>不</b>属于：</p>{table}]]>"

    draft = question(stem=stem, answers=answers(100, 0))

    assert draft.fields["stem"] == "以下不属于：\n甲 乙"
    assert draft.notes == (
        "not kept: the formatting of the text",
        "not kept: the lines of a table, whose words are kept",
    )
