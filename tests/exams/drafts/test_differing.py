"""What a draft would change, as its reviewer reads it."""

from time import monotonic

from exams.domain.differing import differences_between, pieces_of
from exams.domain.drafting import as_typed
from tests.factories.exams import content


def said(**changes):
    return as_typed(content()) | {"stem": "改过的题？"} | changes


def test_differences_are_told_field_by_field_and_sign_by_sign():
    before, after = as_typed(content()), said(stem="哪一个不对？")

    changed = [each for each in differences_between(before, after) if each.is_changed]

    (stem,) = changed
    assert stem.name == "stem"
    assert [(each.text, each.is_added) for each in stem.pieces] == [
        ("哪一个", False),
        ("不", True),
        ("对？", False),
    ]


def test_options_are_compared_with_the_letters_that_the_key_names():
    (options,) = [
        each
        for each in differences_between(as_typed(content()), said(options=["甲", "戊"]))
        if each.name == "options"
    ]

    assert (options.before, options.after) == ("A 甲\nB 乙\nC 丙\nD 丁", "A 甲\nB 戊")


def test_long_texts_are_told_by_what_lies_between_like_ends():
    before, after = ("甲乙" * 5_000 + middle + "丙丁" * 5_000 for middle in "一二")
    began = monotonic()

    pieces = list(pieces_of(before, after))

    assert [(each.is_removed, each.is_added) for each in pieces] == [
        (False, False),
        (True, False),
        (False, True),
        (False, False),
    ]
    assert [each.text for each in pieces[1:3]] == ["一", "二"]
    assert "".join(each.text for each in pieces if not each.is_added) == before
    assert monotonic() - began < 1


def test_nothing_is_changed_in_a_new_question():
    told = differences_between(None, said())

    assert not any(each.is_changed for each in told)


def test_options_beyond_the_letters_are_shown_too():
    many = [f"{place}项" for place in range(27)]
    told = differences_between(as_typed(content()), said(options=many))

    (options,) = [each for each in told if each.name == "options"]

    assert options.after.splitlines()[25:] == ["Z 25项", "27 26项"]
