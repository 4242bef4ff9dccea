"""However an answer is written, it is the same answer."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exams.domain.folding import folded
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
        ("3千元", "3000元"),
        ("三千五百元", "3500元"),
        ("三千五", "3500"),
        ("3千5", "3500"),
        ("一万二", "12000"),
        ("两百五", "250"),
        ("3万5千", "35000"),
        ("3万五千", "35000"),
        ("3万5", "35000"),
        ("1万2500元", "12500元"),
        ("2亿3000万", "230000000"),
        ("一点五万", "15000"),
        ("2.5百万", "2500000"),
        ("一万亿", "1000000000000"),
        ("百分之三点五", "3.5%"),
        ("百分之百", "100%"),
        ("3.0", "3"),
        ("3.50元", "3.5元"),
        ("3000.00元", "3000元"),
        ("零点五", "0.5"),
        ("60㎡", "六十平方米"),
        ("60平米", "60m2"),
        ("三块钱", "3元"),
        ("一九四九年", "1949年"),
        ("三点五十分", "3点50分"),
        ("八有一超", "8有1超"),
    ],
)
def test_two_ways_to_write_one_answer_are_the_same(written, same):
    assert folded(written) == folded(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("十三五", "十五"),
        ("一百五", "105"),
        ("十三五", "135"),
        ("十三五", "13.5"),
        ("一二三", "123"),
        ("七八百", "780"),
        ("三五年", "35年"),
        ("三保障", "3"),
        ("2017.10", "2017.1"),
        ("1万25", "10025"),
        ("3点50分", "3.5分"),
        ("百色", "100色"),
        ("千万", "10000000"),
        ("05", "5"),
        ("公示", "公告"),
        ("1.5", "15"),
        ("-3", "+3"),
        ("3元", "3"),
    ],
)
def test_what_says_something_else_stays_different(one, other):
    assert folded(one) != folded(other)


SECTIONS = ((10**8, "亿"), (10**4, "万"), (1, ""))
STEPS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def chinese(number: int, *, short: bool = False) -> str:
    """Write a number below a trillion in Chinese; short: 十五 for 一十五."""
    words, gap = "", False
    for size, name in SECTIONS:
        section, number = divmod(number, size)
        if section:
            words += "零" if words and (gap or section < 1000) else ""
            words += in_section(section) + name
        gap = not section and bool(words)
    words = words or "零"
    return words[1:] if short and words.startswith("一十") else words


def in_section(number: int) -> str:
    words, gap = "", False
    for size, name in STEPS:
        digit, number = divmod(number, size)
        if digit:
            words += (
                ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
            )
        gap = not digit
    return words


@given(st.integers(0, 10**12 - 1))
def test_every_whole_number_is_the_same_in_chinese_and_in_digits(number):
    assert folded(chinese(number)) == str(number)
    assert folded(chinese(number, short=True)) == str(number)


@given(st.text(max_size=20), st.sampled_from([" ", "　", "。", "！", "\n", "."]))
def test_spaces_and_a_full_stop_at_the_end_change_nothing(text, end):
    assert folded(text + end) == folded(text)


@pytest.mark.parametrize(
    "words", ["十三五", "一二三", "七八百", "百姓", "千万不要", "万一"]
)
def test_words_that_are_no_numerals_stay(words):
    assert folded(words) == words


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
