"""QTI items and packages as TAO and other systems write them."""

import pytest

from core.errors import Refused
from exams.domain.exchange.formats import read_file
from exams.domain.exchange.kinds import NAMES

from .samples import drafts, said, sample, zipped

TAO = "tao-2.1"


def test_a_package_of_tao_is_read():
    single, multiple, _order, entry, _lost = drafts(sample(TAO))

    assert said(single, "kind", "stem", "options", "answer") == [
        "single",
        "一户的入户核验已经通过。\n接下来应办哪一步？",
        ["县级审定", "乡镇审核", "村级评议"],
        [2],
    ]
    assert said(single, "because", "difficulty", "tags") == [
        "核验之后先评议。",
        4,
        ["程序"],
    ]
    assert single.names == ("脱贫五步", "i1")
    assert said(multiple, "kind", "answer") == ["multiple", [0, 1]]
    assert said(entry, "kind", "stem", "answer", "tolerance") == [
        "numeric",
        "人均住房 _____ 平方米。",
        "13.5",
        "0.05",
    ]


def test_what_was_left_behind_is_noted():
    _format, reading = read_file(sample(TAO))

    assert reading.notes[0] == "not kept: the test around the questions"
    assert reading.notes[1].startswith("points for part of an answer follow")
    assert reading.drafts[0].notes == (
        "not kept: the formatting of the text",
        "not kept: feedback on single options",
        "its options stood in a fixed order, here they are shuffled",
    )
    assert reading.drafts[1].notes == ("not kept: the limit of 2 choices",)


def test_an_item_that_is_missing_from_its_package_is_told():
    _single, _multiple, _order, _entry, lost = drafts(sample(TAO))

    assert lost.faults == ("the manifest names this file, but the package lacks it",)


def test_a_package_of_qti_3_is_read():
    multiple, entry, words, broken = drafts(sample("qti-3.0"))

    assert said(multiple, "kind", "stem", "options", "answer", "because") == [
        "multiple",
        "下列哪些属于安全饮水的要求？",
        ["取水不超过 20 分钟", "水价不超过 1 元", "水质达标"],
        [0, 2],
        "饮水有三项要求。",
    ]
    assert said(entry, "kind", "stem", "answer") == ["numeric", "全年务工几天？", "120"]
    assert said(words, "kind", "stem", "answer") == [
        "blank",
        "核验之后是_____。",
        ["村级评议"],
    ]
    assert broken.faults == ("its XML breaks off at line 2, sign 20",)


def test_loose_items_of_qti_2_2_are_read():
    bounds, judged = drafts(sample("qti-2.2"))

    assert said(bounds, "kind", "answer", "tolerance") == ["numeric", "5", "0.05"]
    assert said(judged, "kind", "options", "answer", "because") == [
        "judge",
        ["对", "错"],
        [1],
        "解读第二章。",
    ]


def test_a_single_item_without_a_package_is_read():
    (draft,) = drafts(sample("qti-2.2/true-false.xml"))

    assert said(draft, "stem", "answer") == ["核验可以不入户。", [1]]


def test_qti_1_2_is_refused_with_what_to_do():
    with pytest.raises(Refused) as package:
        read_file(sample("canvas-1.2"))
    with pytest.raises(Refused) as alone:
        read_file(sample("canvas-1.2/g1/g1.xml"))

    assert "QTI 1.2" in str(package.value)
    assert "QTI 1.2" in str(alone.value)


def test_a_package_zipped_with_its_folder_by_chinese_windows_is_read():
    item = sample("qti-2.2/true-false.xml")
    manifest = sample("qti-3.0/imsmanifest.xml").decode()
    manifest = manifest.replace("items/multiple.xml", "判断题.xml")
    body = zipped({"题库/imsmanifest.xml": manifest.encode(), "题库/NAME.xml": item})
    # The name in GBK, without the flag that says UTF-8.
    unnamed = zipped(
        {"tiku/imsmanifest.xml": manifest.encode(), "tiku/pdtpdt.xml": item}
    )
    gbk = unnamed.replace(b"pdtpdt.xml", "判断题.xml".encode("gbk"))

    assert drafts(gbk)[0].fields["stem"] == "核验可以不入户。"
    assert "lacks it" in drafts(body)[0].faults[0]


ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"
 identifier="x" title="x" adaptive="{adaptive}" timeDependent="false">
{declaration}<itemBody>{body}</itemBody>{processing}</assessmentItem>"""
DECLARATION = """<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}"
 baseType="{base}"><correctResponse>{values}</correctResponse></responseDeclaration>"""
CHOICE = """<choiceInteraction responseIdentifier="RESPONSE" shuffle="true">
<prompt>哪一个？</prompt><simpleChoice identifier="A">甲</simpleChoice>
<simpleChoice identifier="B">乙</simpleChoice></choiceInteraction>"""
ENTRY = '<p>几？ <textEntryInteraction responseIdentifier="RESPONSE"/></p>'


def item(body=CHOICE, *values, cardinality="single", base="identifier", **more):
    stated = "".join(f"<value>{value}</value>" for value in values)
    declaration = DECLARATION.format(cardinality=cardinality, base=base, values=stated)
    parts = {"adaptive": "false", "processing": "", "declaration": declaration}
    (draft,) = drafts(ITEM.format(body=body, **parts | more).encode())
    return draft


def test_the_key_may_be_padded_or_in_cdata():
    assert item(CHOICE, " <![CDATA[B]]>\n").fields["answer"] == [1]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"adaptive": "true"}, "adaptive items are not carried"),
        (
            {"declaration": '<templateDeclaration identifier="T"/>'},
            "items made from a template with variables are not carried",
        ),
        ({"declaration": ""}, "it does not state its right answer"),
    ],
)
def test_items_without_a_fixed_key_are_refused(changes, fault):
    assert item(CHOICE, "A", **changes).faults == (fault,)


@pytest.mark.parametrize(
    "reference",
    [
        '<include xmlns="http://www.w3.org/2001/XInclude" href="text.xml"/>',
        '<assessmentStimulusRef identifier="S" href="text.xml"/>',
        '<qti-assessment-stimulus-ref identifier="S" href="text.xml"/>',
    ],
)
def test_an_item_whose_text_stands_elsewhere_is_refused(reference):
    assert item(reference + CHOICE, "A").faults == (
        "it needs a text outside of it (text.xml)",
    )


def test_a_key_that_names_no_option_and_an_ordered_choice_are_refused():
    assert item(CHOICE, "Z").faults == (
        "the right answer names an option that is not there",
    )
    assert item(CHOICE, "A", cardinality="ordered").faults == (
        "questions of the kind choiceInteraction/ordered are not carried",
    )


def test_a_question_marked_by_people_beside_another_is_refused():
    essay = '<extendedTextInteraction responseIdentifier="OTHER"/>'

    assert item(CHOICE + essay, "A").faults == (
        "several questions in one item are not carried "
        "(choiceInteraction, extendedTextInteraction)",
    )


@pytest.mark.parametrize(
    "kind", [name for name in NAMES if name.endswith("Interaction")]
)
def test_every_other_interaction_is_refused_by_name(kind):
    draft = item(f'<{kind} responseIdentifier="RESPONSE"><prompt>问</prompt></{kind}>')

    assert draft.faults == (
        f"questions of the kind {NAMES[kind]} ({kind}) are not carried",
    )


def rule(mode, size):
    return f"""<responseProcessing><responseCondition><responseIf>
<equal toleranceMode="{mode}" tolerance="{size}"><variable identifier="RESPONSE"/>
<correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE">
<baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>
</responseCondition></responseProcessing>"""


@pytest.mark.parametrize(
    ("mode", "size", "tolerance", "notes"),
    [
        ("exact", "", "0", ()),
        ("absolute", "0.5", "0.5", ()),
        (
            "absolute",
            "0.5 0.25",
            "0.25",
            ("the tolerances above and below differ; the smaller is kept",),
        ),
        ("relative", "10 10", "5", ("a tolerance in per cent is written as a number",)),
    ],
)
def test_tolerances_are_read_from_the_marking_rules(mode, size, tolerance, notes):
    draft = item(ENTRY, "50", base="float", processing=rule(mode, size))

    assert said(draft, "answer", "tolerance") == ["50", tolerance]
    assert draft.notes == notes


def test_bounds_may_name_the_number_first():
    processing = """<responseProcessing><responseCondition><responseIf><and>
<lte><baseValue baseType="float">12</baseValue><variable identifier="RESPONSE"/></lte>
<gte><baseValue baseType="float">14</baseValue><variable identifier="RESPONSE"/></gte>
</and></responseIf></responseCondition></responseProcessing>"""

    draft = item(ENTRY, base="float", processing=processing)

    assert said(draft, "answer", "tolerance") == ["13", "1"]


def test_a_marking_rule_that_no_tolerance_can_say_is_refused():
    processing = "<responseProcessing><equalRounded figures='2'/></responseProcessing>"

    draft = item(ENTRY, "50", base="float", processing=processing)

    assert draft.faults == ("its marking rule equalRounded is not carried",)
