"""ID numbers by GB 11643."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import measures
from measures.identity import check_character


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        # The two examples of the standard itself.
        ("11010519491231002X", date(1949, 12, 31), "female"),
        ("440524188001010014", date(1880, 1, 1), "male"),
    ],
)
def test_the_examples_of_the_standard(number, born, sex):
    found = measures.check_id_number(number)

    assert (found.born, found.sex, found.area) == (born, sex, number[:6])


def test_a_small_x_is_taken_for_a_capital_one():
    found = measures.check_id_number("11010519491231002x")

    assert found.number == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "ID01"),
        ("11010519491231002", "ID01"),
        ("11010519491231002XX", "ID01"),
        ("1101051949123100AX", "ID02"),
        ("1101051949123100２X", "ID02"),
        ("110105194912310021", "ID02"),
    ],
)
def test_a_bad_number_says_which_rule_it_breaks(number, code):
    with pytest.raises(measures.BadIdNumber) as refusal:
        measures.check_id_number(number)

    assert refusal.value.code == code
    assert refusal.value.message["zh"] != refusal.value.message["en"]


def numbered(digits):
    return digits + check_character(digits)


@pytest.mark.parametrize("day", ["20170229", "20171301", "00000000"])
def test_a_number_without_a_real_birthday_is_refused(day):
    with pytest.raises(measures.BadIdNumber) as refusal:
        measures.check_id_number(numbered(f"459999{day}001"))

    assert refusal.value.code == "ID05"


@given(
    born=st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    sex=st.sampled_from(["male", "female"]),
    serial=st.integers(0, 499),
)
def test_a_number_made_is_read_back(born, sex, serial):
    number = measures.make_id_number("459999", born, sex, serial)

    found = measures.check_id_number(number)
    assert (found.area, found.born, found.sex) == ("459999", born, sex)


@given(
    serial=st.integers(0, 499),
    place=st.integers(0, 17),
    other=st.sampled_from("0123456789X"),
)
def test_any_one_wrong_character_is_found(serial, place, other):
    number = measures.make_id_number("459999", date(1970, 2, 3), "male", serial)
    wrong = number[:place] + other + number[place + 1 :]

    if wrong != number:
        with pytest.raises(measures.BadIdNumber):
            measures.check_id_number(wrong)


@pytest.mark.parametrize(
    ("area", "serial"),
    [("45999", 0), ("4599999", 0), ("45999x", 0), ("459999", 500), ("459999", -1)],
)
def test_a_number_is_not_made_from_a_wrong_area_or_serial(area, serial):
    with pytest.raises(ValueError, match="should be"):
        measures.make_id_number(area, date(1970, 1, 1), "male", serial)
