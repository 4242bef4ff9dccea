"""Files in the dialects of other systems: every question's fate, one by one."""

import re

from exams.domain.exchange.formats import read_file

from .samples import FOLDER, drafts, said, sample

OURS = re.compile(r"Imitates .*written for this project")
GUIDE = "表明身份（2分）\n说明用途（3分）"
REFUSED = "questions of the kind {} are not carried"


def test_every_sample_says_what_it_imitates_and_that_it_is_ours():
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    heads = {path.name: path.read_text()[:400] for path in files}

    silent = [name for name, head in heads.items() if not OURS.search(head)]

    assert len(files) > 30
    assert silent == ["broken.xml"]  # whose fault stands at a certain sign


def read(name):
    """The questions of a sample by their names."""
    return {draft.names[0]: draft for draft in drafts(sample(name))}


def kinds(name):
    return {
        title: "refused" if draft.faults else draft.fields["kind"]
        for title, draft in read(name).items()
    }


def test_every_question_of_moodle_4_has_its_fate():
    assert kinds("moodle-4.xml") == {
        "首府": "blank",
        "谁来办": "matching",
        "入户访谈": "short",
        "先后": "ordering",
        "一户的案例": "case",
        "一空": "blank",
        "说明": "refused",
        "拖词": "refused",
        "公式": "refused",
        "手册": "judge",
        "内嵌图": "refused",
    }


def test_moodles_short_answers_pairs_essays_and_orders_are_read():
    found = read("moodle-4.xml")

    assert said(found["首府"], "stem", "answer", "because", "tags") == [
        "自治区的首府是哪座城市？",
        ["南宁", "南宁市"],
        "首府是南宁。",
        ["地理"],
    ]
    assert found["首府"].code == "SA-01"
    assert said(found["谁来办"], "parts", "options", "answer") == [
        ["评议", "审核（第2步＝乡镇的事）"],
        ["行政村", "乡镇", "自治区"],
        [0, 1],
    ]
    assert said(found["入户访谈"], "answer", "because") == [GUIDE, "先表明身份。"]
    assert said(found["先后"], "options", "answer") == [
        ["入户核验", "村级评议", "乡镇审核"],
        [0, 1, 2],
    ]


def test_moodles_cloze_becomes_a_case():
    case = read("moodle-4.xml")["一户的案例"]

    assert case.fields["stem"] == "一户四口人，住房五十二平方米，去年务工一百二十天。"
    assert case.fields["parts"] == [
        {
            "kind": "numeric",
            "stem": "1. 人均住房多少？",
            "tolerance": "0.5",
            "unit": "平方米",
        },
        {
            "kind": "single",
            "stem": "2. 务工的是家里的哪一位？",
            "options": ["户主的母亲", "户主 & 配偶", "长子"],
        },
        {"kind": "blank", "stem": "3. 户主姓什么？"},
        {
            "kind": "multiple",
            "stem": "4. 哪两项属实？",
            "options": ["四口人", "有务工", "有商品房"],
        },
    ]
    assert case.fields["answer"] == ["13", [1], ["韦", "wei"], [0, 1]]


def test_a_cloze_of_one_gap_is_a_question_of_its_kind():
    draft = read("moodle-4.xml")["一空"]

    assert said(draft, "stem", "answer") == ["评议在_____进行。", ["村}里", "村里"]]


def test_what_moodles_questions_lose_is_told():
    found = read("moodle-4.xml")

    assert {title: draft.notes for title, draft in found.items() if draft.notes} == {
        "首府": (
            "other answers that earn points are left out",
            "not kept: feedback on single options",
            "not kept: hints",
        ),
        "谁来办": ("the sign = in a left side is written ＝",),
        "入户访谈": ("not kept: that files may be handed in",),
        "一户的案例": (
            "not kept: the formatting of the text",
            "its questions' different weights are left out",
            "not kept: feedback on single options",
            "other answers that earn points are left out",
            "partial credit for other options is left out",
        ),
        "一空": ("not kept: feedback on single options",),
        "手册": ("not kept: the files book.pdf",),
    }


def test_a_category_named_as_a_subject_is_that_subject():
    _format, reading = read_file(sample("moodle-4.xml"))
    subjects = [draft.fields.get("subject") for draft in reading.drafts]

    assert subjects == ["policy"] * 6 + [None] * 5
    assert reading.notes[0] == (
        "not kept: the categories $course$/top/2024 培训 的默认类别/其他 A//B"
    )


def test_kinds_of_moodle_that_the_bank_has_not_are_refused_by_name():
    found = read("moodle-4.xml")

    assert [found[title].faults for title in ("说明", "拖词", "公式", "内嵌图")] == [
        (REFUSED.format("text without a question (description)"),),
        (REFUSED.format("dragging words into gaps (ddwtos)"),),
        (REFUSED.format("calculation by formula (calculatedsimple)"),),
        ("it shows a picture, sound or film, which the bank cannot hold",),
    ]


def test_every_question_of_moodles_gift_has_its_fate():
    found = read("moodle-4.gift.txt")

    assert kinds("moodle-4.gift.txt") == {
        "登录名": "blank",
        "配对": "matching",
        "缺词": "single",
        "区间": "numeric",
        "论述": "short",
        "多选": "multiple",
        "先后": "ordering",
        "模式": "blank",
        "只有模式": "refused",
    }
    assert {draft.fields["subject"] for draft in found.values()} == {"system"}
    assert said(found["登录名"], "answer", "because") == [
        ["县扶贫办", "县=办#公室"],
        "账号由县里统一发放。",
    ]
    assert said(found["配对"], "parts", "options", "answer") == [
        ["红色标记", "黄色标记"],
        ["有差错", "待核实", "已完成"],
        [0, 1],
    ]
    assert said(found["缺词"], "stem", "answer") == ["数据要在_____之前录入。", [1]]
    assert said(found["区间"], "answer", "tolerance") == ["100", "5"]
    assert said(found["先后"], "options") == [["登录", "检索", "新增"]]
    assert said(found["模式"], "answer") == [["主菜单"]]


def test_what_gift_questions_lose_is_told():
    _format, reading = read_file(sample("moodle-4.gift.txt"))
    found = {draft.names[0]: draft for draft in reading.drafts}

    assert reading.notes[0].startswith("points for part of an answer follow")
    assert found["登录名"].notes == (
        "other answers that earn points are left out",
        "answers that are the same here are kept once",
        "not kept: feedback on single options",
    )
    assert found["论述"].notes == (
        "its explanation is taken as the guide for its markers",
    )
    assert found["模式"].notes[1] == "not kept: answers that are patterns with *"
    assert found["只有模式"].faults == ("its answers are patterns with *, not words",)


def test_every_item_of_tao_has_its_fate():
    found = read("tao-2.2")

    assert kinds("tao-2.2") == {
        "谁来办": "matching",
        "先后": "ordering",
        "成对": "matching",
        "拖词": "matching",
        "简答": "short",
        "填词": "blank",
        "一户的案例": "case",
        "选区": "refused",
        "滑块": "refused",
        "交文件": "refused",
        "选词": "refused",
    }
    names = ("parts", "options", "answer")
    assert said(found["谁来办"], *names) == [
        ["评议", "审核"],
        ["自治区", "行政村", "乡镇"],
        [1, 2],
    ]
    assert said(found["先后"], *names[1:]) == [["审定", "评议", "审核"], [1, 2, 0]]
    assert said(found["成对"], *names) == [
        ["户主", "核验"],
        ["核实", "当家人", "邻居"],
        [1, 0],
    ]
    assert said(found["拖词"], "stem", *names) == [
        "把词拖进空里。\n先由村里（1）_____，再由乡镇（2）_____。",
        ["（1）", "（2）"],
        ["评议", "审定", "审核"],
        [0, 2],
    ]
    assert said(found["简答"], "answer") == [GUIDE]
    assert said(found["填词"], "stem", "answer") == [
        "核验之后是_____，由村里办。",
        ["村级评议", "评议"],
    ]


def test_several_interactions_of_tao_become_a_case():
    case = read("tao-2.2")["一户的案例"]

    assert said(case, "stem", "parts", "answer") == [
        "一户四口人，住房五十二平方米。",
        [
            {"kind": "single", "stem": "先做什么？", "options": ["审定", "核验"]},
            {"kind": "numeric", "stem": "人均住房多少？", "unit": "平方米"},
            {"kind": "single", "stem": "由谁登记？", "options": ["邻居", "信息员"]},
        ],
        [[1], "13", [1]],
    ]


def test_interactions_of_tao_that_the_bank_has_not_are_refused_by_name():
    found = read("tao-2.2")

    assert [found[each].faults for each in ("选区", "滑块", "交文件", "选词")] == [
        (REFUSED.format("choosing places in a picture (hotspotInteraction)"),),
        (REFUSED.format("slider (sliderInteraction)"),),
        (REFUSED.format("handing in a file (uploadInteraction)"),),
        (REFUSED.format("choosing words in a text (hottextInteraction)"),),
    ]


def test_every_item_of_qti_3_has_its_fate():
    found = read("citolab-3.0")

    assert kinds("citolab-3.0") == {
        "ITM-match": "matching",
        "ITM-order": "ordering",
        "ITM-essay": "short",
        "ITM-several": "case",
        "ITM-inline": "single",
        "ITM-pci": "refused",
    }
    assert said(found["ITM-match"], "parts", "options", "answer") == [
        ["入户", "审核", "登记"],
        ["信息员", "乡镇"],
        [0, 1, 0],
    ]
    assert said(found["ITM-order"], "options", "answer") == [
        ["审核", "评议", "审定"],
        [1, 0, 2],
    ]
    assert said(found["ITM-essay"], "answer", "because") == [GUIDE, "先表明身份。"]
    assert said(found["ITM-several"], "stem", "parts", "answer") == [
        "自治区简称（1）_____，有（2）_____个设区市。",
        [{"kind": "blank", "stem": "（1）"}, {"kind": "numeric", "stem": "（2）"}],
        [["桂"], "14"],
    ]
    assert said(found["ITM-inline"], "stem", "answer") == ["评议由_____主持。", [1]]


def test_items_built_as_the_published_samples_have_their_fate():
    found = read("ims-2.1")

    assert said(found["choiceMultiple"], "kind", "answer") == ["multiple", [0, 1]]
    assert said(found["textEntry"], "kind", "stem", "answer") == [
        "blank",
        "把缺的字写出来：\n广西简称_____。",
        ["桂"],
    ]
    assert said(found["matchTurned"], "parts", "options", "answer") == [
        ["工资", "分红", "化肥"],
        ["收入", "支出"],
        [0, 0, 1],
    ]
    assert found["matchTurned"].notes == ("left and right sides are exchanged",)
    assert [found[name].faults for name in sorted(found) if found[name].faults] == [
        ("its pairs do not give each side one partner",),
        (REFUSED.format("ordering in a picture (graphicOrderInteraction)"),),
        ("its marking rule patternMatch is not carried",),
    ]


def test_html_that_canvas_writes_as_text_is_read_as_html():
    (draft,) = drafts(sample("canvas-2.1"))

    assert said(draft, "stem", "answer", "because") == [
        "台账由谁核对？",
        [1],
        "由信息员核对。",
    ]


def test_a_question_that_is_said_twice_is_read_once():
    found = read("blackboard-2.1")

    assert said(found["QUE_1"], "kind", "stem") == ["matching", "每一步由谁办？"]
    assert said(found["QUE_1"], "parts", "options", "answer") == [
        ["评议", "审核"],
        ["村", "乡镇"],
        [0, 1],
    ]
    # Another prompt than what stands before it stays.
    assert said(found["QUE_2"], "stem") == ["按先后排列。\n从最早的一步开始。"]


def test_gaps_in_small_letters_are_gaps():
    found = read("blackboard-2.1")["QUE_3"]

    assert said(found, "kind", "stem") == [
        "case",
        "先由（1）_____评议，再由（2）_____审核。",
    ]
    assert [part["kind"] for part in found.fields["parts"]] == ["blank", "blank"]
    assert said(found, "answer") == [[["村"], ["乡镇"]]]
    assert found.faults == ()
