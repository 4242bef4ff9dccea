from datetime import date

import pytest

from accounts.models import Grant
from divisions.domain.recoding import recode_division
from divisions.errors import CodeMisplaced, CodeTaken
from divisions.models import Division, DivisionCode

ON = date(2019, 8, 1)


def test_the_whole_subtree_and_its_rows_follow_a_new_code(napo, informant):
    recode_division(napo.county, "451099", by=None, on=ON)

    napo.village.refresh_from_db()
    informant.refresh_from_db()
    assert napo.village.code == "451099100201"
    assert informant.home_code == "451099100201"
    assert Grant.objects.get(user=informant).division_code == "451099100201"
    assert DivisionCode.objects.filter(until=None, code="451099100201").exists()


def test_recoding_twice_changes_nothing_more(napo):
    recode_division(napo.county, "451099", by=None, on=ON)
    napo.county.refresh_from_db()
    count = DivisionCode.objects.count()

    recode_division(napo.county, "451099", by=None, on=ON)

    assert DivisionCode.objects.count() == count


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("451027", CodeTaken),
        ("4510", CodeMisplaced),
        ("459926", CodeMisplaced),
        ("45102a", CodeMisplaced),
    ],
)
def test_a_code_that_does_not_fit_is_refused_and_changes_nothing(napo, code, refusal):
    with pytest.raises(refusal):
        recode_division(napo.county, code, by=None, on=ON)

    assert Division.objects.filter(code="451026100201").exists()
