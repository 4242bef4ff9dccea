"""What the linter says of a question, and what it leaves alone."""

import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import override

import exams
from exams.domain.linting import advice_on, twins_of
from exams.domain.loading import content_from
from tests.factories.exams import content

GOOD = content(
    stem="住房面积不够，这户能否退出？",
    options=["能", "不能", "由乡镇决定", "由村里决定"],
    answer=[1],
    because="住房是九项之一，有一项不达标就不能退出。",
)
LONG_RIGHT = "不能，因为住房是九项之一，有一项不达标就不能退出，要继续帮扶"


def bank() -> dict:
    files = (Path(exams.__file__).parent / "content").rglob("*.toml")
    rows = [row for file in files for row in tomllib.loads(file.read_text())["item"]]
    return {row["code"]: content_from(row["code"], row) for row in rows}


def test_a_plain_question_needs_no_advice():
    assert advice_on(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"options": ["能", "不能", "看情况", "以上都不对"]}, "all of the above"),
        ({"options": ["能", LONG_RIGHT, "看情况", "再议"]}, "much longer"),
        ({"stem": "这户能退出吗？由谁审定？"}, "more than one thing"),
        ({"stem": "下列不属于九项的是哪一项？"}, "easily misread"),
        ({"options": ["绝对能", "不能", "看情况", "再议"]}, "gives a wrong"),
        (
            {
                "options": [
                    "由县级扶贫开发领导小组审定后予以公告",
                    "由县级扶贫开发领导小组审核后予以公告",
                    "能",
                    "否",
                ]
            },
            "nearly say the same",
        ),
        ({"options": ["3天", "10天", "7天", "5天"]}, "stand in no order"),
        ({"stem": "某" * 121 + "？"}, "signs"),
        ({"because": "见解读。"}, "very short"),
        ({"cites": ["某文件"]}, "cites no section"),
        ({"kind": "numeric", "options": [], "answer": "3", "unit": ""}, "no unit"),
    ],
)
def test_each_rule_says_what_to_do(changes, said):
    with override("en"):
        told = advice_on(replace(GOOD, **changes))

    assert len(told) == 1
    assert said in told[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"options": ["3天", "5天", "7天", "10天"]},
        {"options": ["10天", "7天", "5天", "3天"]},
        {"stem": "有人问：“能退出吗？由谁审定？”应当怎样回答？"},
        {"cites": ["某文件"], "attested": "public"},
        {"kind": "judge", "options": ["对", "错"], "answer": [0]},
    ],
)
def test_what_is_in_order_is_left_alone(changes):
    assert advice_on(replace(GOOD, **changes)) == []


def test_the_bank_that_comes_with_the_platform_needs_no_advice():
    contents = bank()

    assert len(contents) > 200
    assert {code: told for code, c in contents.items() if (told := advice_on(c))} == {}
    assert {
        code: t for code, c in contents.items() if (t := twins_of(c, contents))
    } == {}
    single = [each.answer[0] for each in contents.values() if each.kind == "single"]
    places = Counter(single)
    assert max(places.values()) - min(places.values()) <= 3


def test_a_twin_is_named_and_another_number_makes_none():
    twin = replace(GOOD, stem="住房的面积不够，这户能否退出？")
    other = replace(GOOD, stem="住房面积只有12平方米，这户能否退出？")

    assert twins_of(GOOD, {"A": GOOD, "B": twin, "C": other}) == ["B"]


def test_a_question_asked_in_another_order_is_a_twin_of_it():
    asked = replace(GOOD, stem="户主的姓名填写以什么为准")
    again = replace(GOOD, stem="户主姓名的填写应以什么为准")
    other = replace(GOOD, stem="户主的年龄填写以什么为准")

    assert twins_of(asked, {"A": again, "B": other}) == ["A"]
