"""However an answer is written, it is the same answer."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exams.domain.folding import chinese, folded
from exams.domain.reckoning import number_in


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("３０００元。", "3000元"),
        ("三千元", "3,000 元"),
        ("叁仟圆", "3000元"),
        ("1.5万元", "15000元"),
        ("二〇一七年", "2017年"),
        ("百分之三", "3%"),
        ("百分之二点五", "百分之2点5"),
        ("“村两委”", "村两委"),
        ("《扶贫手册》", "扶贫手册"),
        ("Ａ类 低保", "a类低保"),
        ("七 天；", "7天"),
        ("（公示）", "公示"),
        ("两万", "20000"),
        ("一百零五", "105"),
    ],
)
def test_two_ways_to_write_one_answer_are_the_same(written, same):
    assert folded(written) == folded(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("十三五", "十五"),
        ("一百五", "105"),
        ("公示", "公告"),
        ("1.5", "15"),
        ("-3", "+3"),
        ("3元", "3"),
    ],
)
def test_what_says_something_else_stays_different(one, other):
    assert folded(one) != folded(other)


@given(st.integers(0, 10**12 - 1))
def test_every_whole_number_is_the_same_in_chinese_and_in_digits(number):
    assert folded(chinese(number)) == str(number)
    assert folded(chinese(number, short=True)) == str(number)


@given(st.text(max_size=20), st.sampled_from([" ", "　", "。", "！", "\n", "."]))
def test_spaces_and_a_full_stop_at_the_end_change_nothing(text, end):
    assert folded(text + end) == folded(text)


NUMERICAL = st.text(
    "零〇一二两三五十百千万亿013.,。点%百分之元 -+½²①壹佰\0", max_size=60
)
ANY = st.text() | NUMERICAL | st.text(st.characters(codec=None))


@given(ANY)
@example("一万亿")
@example("一亿亿")
@example("一" + "亿" * 2000)
@example("1" * 30 + "万")
@example("9" * 6000 + "亿")
@example("\ud83d")
def test_whatever_is_written_can_be_read(text):
    assert isinstance(folded(text), str)
    assert number_in(text) is None or number_in(text).is_finite()
