from datetime import date

import pytest

from core.dates import add_months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2017, 11, 15), 36, date(2020, 11, 15)),
        (date(2017, 12, 1), 1, date(2018, 1, 1)),
    ],
)
def test_add_months_lands_on_the_same_day_or_the_months_last(day, months, expected):
    assert add_months(day, months) == expected
