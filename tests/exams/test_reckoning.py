from decimal import Decimal

import pytest

from exams.domain.reckoning import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13", "13"),
        (" 13 ", "13"),
        ("１３", "13"),
        ("１３．５", "13.5"),
        ("13.50", "13.5"),
        ("13。5", "13.5"),
        (".5", "0.5"),
        ("-2", "-2"),
        ("－２", "-2"),
        ("−2", "-2"),
        ("+2", "2"),
        ("2,952", "2952"),
        ("２，９５２", "2952"),
        ("1,234,567.8", "1234567.8"),
        ("1.5万", "15000"),
        ("2亿", "200000000"),
        ("十三", "13"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("两千九百五十二", "2952"),
        ("一万二千", "12000"),
        ("〇", "0"),
    ],
)
def test_a_number_is_read_as_people_write_it(text, number):
    assert number_in(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("13平方米", "平方米"),
        ("13 平方米", "平方米"),
        ("１３㎡", "㎡"),
        ("13m2", "㎡"),
        ("13%", "%"),
        ("１３％", "%"),
        ("十三人", "人"),
    ],
)
def test_the_unit_may_be_written_behind_it(text, unit):
    assert number_in(text, unit=unit) == 13


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "平方米",
        "13元",
        "1 3-",
        "1,23",
        "1.2.3",
        "--1",
        "abc",
        "1e3",
        "NaN",
        "13?",
    ],
)
def test_what_is_no_number_is_none(text):
    assert number_in(text, unit="平方米") is None
