"""Facts from outside: what is taken, what is refused, and by which path."""

from datetime import date, datetime
from decimal import Decimal

import pytest

import measures


def read(**facts):
    return measures.read_household(facts)


def refused(**facts):
    with pytest.raises(measures.Unreadable) as refusal:
        measures.read_household(facts)
    return refusal.value.path


def test_nothing_known_is_a_household_of_which_nothing_is_known():
    household = read()

    assert household.members == ()
    assert household.income is None
    assert household.heads == 0


def test_a_null_is_the_same_as_a_fact_left_out():
    assert read(income=None, on=None, members=None) == read()


def test_python_callers_may_hand_in_dates_decimals_and_tuples():
    household = read(
        on=date(2017, 11, 15),
        income={"wage": Decimal("7308.01")},
        members=({"born": date(1970, 2, 3)},),
    )

    assert household.on == date(2017, 11, 15)
    assert household.income.wage == 7308.01
    assert household.members[0].born == date(1970, 2, 3)


def test_a_moment_is_no_day_and_a_decimal_nan_is_no_number():
    assert refused(on=datetime(2017, 11, 15)) == "on"
    assert refused(income={"wage": Decimal("NaN")}) == "income.wage"


def test_ranges_include_their_ends():
    assert read(members=[{"work_months": 12}]).members[0].work_months == 12
    assert refused(members=[{"work_months": 12.01}]) == "members[0].work_months"
    assert read(water={"assurance": 1}).water.assurance == 1
    assert refused(water={"assurance": 1.01}) == "water.assurance"


def test_a_key_that_is_no_text_is_no_field():
    with pytest.raises(measures.Unreadable):
        measures.read_household({1: 2})


def test_the_message_speaks_both_languages():
    with pytest.raises(measures.Unreadable) as refusal:
        read(electricity="yes")

    assert refusal.value.message["zh-hans"] == "应为true或false"
    assert refusal.value.message["en"] == "should be true or false"
    assert str(refusal.value) == "electricity: should be true or false"


def test_names_are_found_by_kind_or_in_the_first_list_that_has_them():
    assert measures.name_of("head") == "户主"
    assert measures.name_of("none", "zh", "labour") == "无劳动力"
    assert measures.name_of("none", "en", "medical_insurance") == "not insured"
    assert measures.name_of("EDU", "en") == "compulsory education secured"
    with pytest.raises(measures.UnknownCode):
        measures.name_of("nothing-of-the-kind")


def test_every_code_is_named_in_both_languages():
    for kind, entries in measures.code_lists().items():
        for code, name in entries.items():
            assert name.zh.strip(), (kind, code)
            assert name.en.strip(), (kind, code)


def test_relations_are_offered_with_the_head_first():
    assert measures.codes("relation")[0] == "head"
    assert measures.codes("relation")[-1] == "other"
    assert len(measures.codes("ethnicity")) == 56
