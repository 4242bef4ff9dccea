"""The code says, word for word, what people have approved."""

import pytest

from tests.measures.sheets import SHEETS, approved, sheet


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_the_measures_say_what_was_approved(name):
    assert sheet(name).splitlines() == approved(name).splitlines()
