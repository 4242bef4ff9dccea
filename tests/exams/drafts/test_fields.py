"""The fields of each kind: what a draft holds, laid out and read again."""

import pytest

from exams.domain.draft_refusals import CannotBeKept
from exams.domain.drafting import as_typed, content_typed
from exams.domain.writing import (
    FIELDS,
    Row,
    Typed,
    gathered,
    laid_anew,
    laid_out,
    posted,
)
from exams.enums import Kind
from tests.factories.exams import ANSWERS, NEWER, content

CASE = (
    "? judge 对吗？",
    "* 对",
    "- 错",
    "? multiple 哪些？",
    "* 甲",
    "- 乙",
    "* 丙",
    "? numeric 几天？",
    "= 7 ± 0.5 天",
    "? blank 叫什么？",
    "= 公示",
    "= 公告",
    "? ordering 先后？",
    "- 一",
    "- 二",
    "- 三",
)
# What drafts hold of each kind, whole and not.
HELD = [
    (Kind.JUDGE, Typed((), "错")),
    (Kind.JUDGE, Typed()),
    (Kind.SINGLE, Typed(("甲", "乙", "丙"), "B")),
    (Kind.SINGLE, Typed(("甲",))),
    (Kind.MULTIPLE, Typed(("甲", "乙", "丙", "丁", "戊", "己", "庚"), "ACG")),
    (Kind.MULTIPLE, Typed(("甲", ""), "B")),
    (Kind.NUMERIC, Typed((), "13.5", "0.5", "亩")),
    (Kind.NUMERIC, Typed((), "十三")),
    (Kind.BLANK, Typed((), "三千元\n3000")),
    (Kind.ORDERING, Typed(("申请", "评议", "公示"))),
    (Kind.MATCHING, Typed(("户 = 八有一超", "村 = 十一有一低于", "= 九有一低于"))),
    (Kind.MATCHING, Typed(("户 =",))),
    (Kind.CASE, Typed(CASE)),
    (Kind.CASE, Typed(("? - 还没有题型",))),
    (Kind.CASE, Typed(("? single 只有题干\n分两行",))),
    (Kind.LEDGER, Typed(("2000000",))),
    (Kind.SHORT, Typed((), "先告知（2分）。\n再评议（2分）。")),
]


def sent(laid):
    """What a browser sends of these fields."""
    names: dict[str, list[str]] = {}
    for part in (laid, *laid.parts):
        said = {
            "option": [row.text for row in part.rows],
            "left": [row.left for row in part.rows],
            "right": [str(at) for at, row in enumerate(part.rows) if row.is_right],
            "text": [part.text],
            "tolerance": [part.tolerance],
            "unit": [part.unit],
            "shown": [part.kind],
            "kind": [part.chosen],
            "stem": [part.stem],
        }
        names |= {f"{part.prefix}{name}": values for name, values in said.items()}
    names["part"] = [str(at) for at, _part in enumerate(laid.parts)]
    return lambda name: names.get(name, [])


def there_and_back(kind, typed):
    return gathered(posted(kind, sent(laid_out(kind, typed))))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_fields(kind):
    laid = laid_out(kind, Typed())

    assert kind in FIELDS
    assert gathered(posted(kind, sent(laid))) == Typed()


@pytest.mark.parametrize(("kind", "typed"), HELD)
def test_what_a_draft_holds_goes_through_its_fields_unchanged(kind, typed):
    assert there_and_back(kind, typed) == typed


@pytest.mark.parametrize("kind", [*ANSWERS, *NEWER])
def test_what_a_version_says_goes_through_the_fields_of_its_kind(kind):
    said = as_typed(content(kind))
    typed = Typed(
        tuple(said["options"]), said["answer"], said["tolerance"], said["unit"]
    )

    again = there_and_back(kind, typed)

    keyed = {"options": list(again.options), "answer": again.answer}
    assert content_typed(said | keyed) == content(kind)


@pytest.mark.parametrize(
    ("kind", "former"),
    [
        (Kind.MULTIPLE, Typed(("甲", "乙", "丙"), "C、a")),
        (Kind.JUDGE, Typed((), "正确")),
        (Kind.ORDERING, Typed(("公示", "申请", "评议"), "BCA")),
        (Kind.CASE, Typed(("？single 一？", "＊ 甲", "－ 乙"))),
        (Kind.BLANK, Typed((), "三", "0", "元")),
    ],
)
def test_what_its_author_only_looks_at_is_kept_as_it_was_written(kind, former):
    laid = posted(kind, sent(laid_out(kind, former)))

    assert gathered(laid) != former
    assert gathered(laid, former) == former


def test_steps_are_shown_in_the_order_that_the_key_names():
    laid = laid_out(Kind.ORDERING, Typed(("公示", "申请", "评议"), "BCA"))

    assert laid.text == "申请\n评议\n公示"


def test_letters_follow_the_options_when_a_row_between_is_emptied():
    rows = {"option": ["甲", "", "丙", "丁"], "right": ["0", "3"]}

    typed = gathered(posted(Kind.MULTIPLE, lambda name: rows.get(name, [])))

    assert typed == Typed(("甲", "丙", "丁"), "AC")


def test_a_row_that_is_ticked_and_empty_stays_to_be_named_as_a_fault():
    rows = {"option": ["甲", "", "丙"], "right": ["1"]}

    typed = gathered(posted(Kind.SINGLE, lambda name: rows.get(name, [])))

    said = as_typed(content()) | {"options": list(typed.options), "answer": "B"}
    assert typed == Typed(("甲", "", "丙"), "B")
    assert content_typed(said).options == ["甲", "", "丙"]


@pytest.mark.parametrize(
    ("kind", "typed", "note"),
    [
        (Kind.SINGLE, Typed(("甲", "乙"), "甲"), "没有指明选项"),
        (Kind.SINGLE, Typed(("甲", "乙"), "AB"), "原有几个正确选项：AB"),
        (Kind.JUDGE, Typed((), "也许"), "既不是对也不是错"),
        (Kind.ORDERING, Typed(("一", "二"), "AA"), "不能给这些步骤排序"),
    ],
)
def test_a_key_that_no_field_shows_is_told(kind, typed, note):
    (told,) = laid_out(kind, typed).notes

    assert note in told


def test_a_question_of_a_case_of_another_kind_is_told_and_keeps_its_lines():
    laid = laid_out(Kind.CASE, Typed(("? essay 谈谈？", "= 要点")))

    assert laid.parts[0].notes == ("原题型为“essay”，案例题中不能有这种小题。",)
    assert there_and_back(Kind.CASE, Typed(("? essay 谈谈？", "= 要点"))) == Typed(
        ("? - 谈谈？", "= 要点")
    )


@pytest.mark.parametrize(
    ("kind", "fields", "fault"),
    [
        (Kind.MATCHING, {"left": ["甲=乙"], "option": ["丙"]}, "有等号"),
        (Kind.NUMERIC, {"text": ["7"], "tolerance": ["宽"]}, "宽"),
        (Kind.NUMERIC, {"text": ["7"], "tolerance": ["-1"]}, "-1"),
        (Kind.NUMERIC, {"text": ["7"], "tolerance": ["NaN"]}, "NaN"),
        (Kind.NUMERIC, {"text": ["7"], "tolerance": ["0.0000001"]}, "0.0000001"),
        (Kind.NUMERIC, {"text": ["7"], "tolerance": ["9" * 9]}, "9" * 9),
        (Kind.NUMERIC, {"text": ["7"], "unit": ["米" * 21]}, "单位过长"),
        (Kind.SINGLE, {"option": ["长" * 20_001]}, "过长"),
        (Kind.SHORT, {"text": ["长" * 20_001]}, "过长"),
        (
            Kind.SINGLE,
            {"option": list(map(str, range(27))), "right": ["26"]},
            "超过26个",
        ),
        (
            Kind.CASE,
            {"part": ["0"], "part-0-shown": ["numeric"], "part-0-unit": ["天"]},
            "没有写数字",
        ),
    ],
)
def test_what_no_draft_can_hold_is_refused(kind, fields, fault):
    with pytest.raises(CannotBeKept) as refusal:
        gathered(posted(kind, lambda name: fields.get(name, [])))

    assert refusal.value.code == "cannot-be-kept"
    assert fault in str(refusal.value)


@pytest.mark.parametrize("kind", Kind)
def test_nonsense_from_a_program_is_no_error(kind):
    nonsense = ["\x00²9", "99999999999999999999", "-1", "", "甲\n乙"]

    typed = gathered(posted(kind, lambda name: [] if "tol" in name else nonsense))

    assert "\x00" not in "".join((*typed.options, typed.answer))


def test_a_script_may_send_more_rows_than_were_shown():
    rows = {"option": [f"{n}项" for n in range(12)], "right": ["11"]}

    typed = gathered(posted(Kind.SINGLE, lambda name: rows.get(name, [])))

    assert (len(typed.options), typed.answer) == (12, "L")


def test_what_is_typed_goes_along_when_the_kind_is_changed():
    laid = laid_out(Kind.SINGLE, Typed(("甲", "乙", "丙"), "C"))

    anew = laid_anew(laid, Kind.MULTIPLE)

    assert anew.kind == Kind.MULTIPLE
    assert anew.rows[:3] == (Row("甲"), Row("乙"), Row("丙", is_right=True))
    assert anew.takes_many


def test_there_are_always_empty_rows_after_those_that_are_filled():
    laid = laid_out(Kind.SINGLE, Typed(tuple("甲乙丙丁戊"), "C"))

    assert [row.text for row in laid.rows] == [*"甲乙丙丁戊", "", ""]
    assert len(laid_out(Kind.SINGLE, Typed()).rows) == 4


def test_a_case_offers_one_more_question_and_no_ninth():
    asked = ("? single 一？", "* 甲", "- 乙")

    assert len(laid_out(Kind.CASE, Typed()).parts) == 2
    assert len(laid_out(Kind.CASE, Typed(asked * 2)).parts) == 3
    assert len(laid_out(Kind.CASE, Typed(asked * 8)).parts) == 8


def test_a_question_of_a_case_takes_its_options_into_another_kind():
    fields = {
        "part": ["0"],
        "part-0-shown": ["single"],
        "part-0-kind": ["ordering"],
        "part-0-stem": ["先后？"],
        "part-0-option": ["一", "二", "三"],
    }

    laid = laid_anew(posted(Kind.CASE, lambda name: fields.get(name, [])), Kind.CASE)

    assert (laid.parts[0].kind, laid.parts[0].text) == ("ordering", "一\n二\n三")


def test_a_question_that_is_left_out_is_gone():
    fields = {
        "part": ["0", "1"],
        "part-0-shown": ["blank"],
        "part-0-kind": ["blank"],
        "part-0-stem": ["一？"],
        "part-1-shown": ["blank"],
        "part-1-kind": ["blank"],
        "part-1-stem": ["二？"],
        "part-0-text": ["甲"],
        "part-1-text": ["乙"],
        "part-0-drop": ["1"],
    }

    typed = gathered(posted(Kind.CASE, lambda name: fields.get(name, [])))

    assert typed == Typed(("? blank 二？", "= 乙"))
