import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.numbering import (
    ALPHABET,
    check_character,
    is_sound,
    normal_number,
    spaced,
)

BODIES = st.text(alphabet=ALPHABET[:-1], min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("G123489654321", "Y"),  # blood donations, ISBT 128, use MOD 37-2 with words
        ("A999914123456", "N"),  # both are examples printed in that standard
    ],
)
def test_check_character_is_that_of_published_examples(body, check):
    assert check_character(body) == check


@given(BODIES)
def test_a_number_with_its_check_character_is_sound(body):
    assert is_sound(body + check_character(body))


@given(BODIES, st.data())
def test_one_wrong_character_is_always_found(body, data):
    number = body + check_character(body)
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from(ALPHABET[:-1].replace(number[place], "")))

    assert not is_sound(number[:place] + other + number[place + 1 :])


@given(BODIES, st.data())
def test_two_swapped_neighbours_are_always_found(body, data):
    number = body + check_character(body)
    place = data.draw(st.integers(0, len(body) - 1))
    first, second = number[place], number[place + 1]
    swapped = number[:place] + second + first + number[place + 2 :]

    assert is_sound(swapped) == (first == second)


@pytest.mark.parametrize("number", ["", "4", "45102*2026000013", "４５１０２６"])
def test_what_is_no_number_is_not_sound(number):
    assert not is_sound(number)


@pytest.mark.parametrize(
    "typed",
    ["451026 2026 00001 b", "451026-2026-00001-B", "４５１０２６２０２６００００１Ｂ"],
)
def test_a_number_is_read_however_it_is_typed(typed):
    assert normal_number(typed) == "451026202600001B"


def test_a_number_is_shown_in_groups():
    assert spaced("451026202600001B") == "451026 2026 00001 B"
