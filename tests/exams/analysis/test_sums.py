from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exams.domain.analysis.sums import (
    OMITTED,
    PaperSums,
    SittingSums,
    merged,
    same_form,
    sums_of,
)

from .sheets import sheet

PLACES = ["451026100201", "451026100202", "451027100", "4502", "45"]
MONTHS = [date(2026, 3, 1), date(2026, 4, 1)]


@st.composite
def sheets(draw):
    marks = draw(st.text("rhw-", min_size=1, max_size=6))
    worths = st.lists(st.integers(1, 5), min_size=len(marks), max_size=len(marks))
    times = st.lists(
        st.none() | st.integers(0, 90), min_size=len(marks), max_size=len(marks)
    )
    return sheet(
        marks,
        place=draw(st.sampled_from(PLACES)),
        month=draw(st.sampled_from(MONTHS)),
        points=tuple(draw(worths)),
        seconds=draw(times),
    )


def together(*parts):
    whole = SittingSums()
    for part in parts:
        whole.merge(part)
    return whole


some = st.lists(sheets(), max_size=8)


@given(some, some)
def test_merged_sums_are_the_sums_of_all_together(one, other):
    assert together(sums_of(one), sums_of(other)) == sums_of(one + other)


@given(some, some, some)
def test_the_order_of_merging_does_not_matter(one, other, third):
    a, b, c = sums_of(one), sums_of(other), sums_of(third)

    assert together(a, together(b, c)) == together(together(c, b), a)


@given(some)
def test_merging_changes_only_the_sums_merged_into(some):
    part, again = sums_of(some), sums_of(some)

    together(part, part)

    assert part == again


@given(some)
def test_rolled_up_every_cohort_holds_just_its_people(some):
    for (month, code), cohort in sums_of(some).rolled_up():
        people = [s for s in some if s.month == month and s.place.startswith(code)]
        assert cohort.paper.count == len(people) > 0
        assert cohort.paper.passed == sum(s.passed for s in people)
        assert cohort == direct(people)


def direct(people):
    """All of ``people`` as if they were one cohort."""
    whole = SittingSums()
    for cohort in sums_of(people).cohorts.values():
        whole.merge(SittingSums({("", ""): cohort}))
    return whole.cohorts["", ""]


def test_one_sheet_is_summed_as_it_is():
    (cohort,) = sums_of([sheet("rh-", points=(2, 3, 5))]).cohorts.values()

    assert cohort.paper.scores == {(350, 1000, 3): 1}
    assert cohort.items[2].joint == {(350, 1000, 150, 300): 1}
    assert cohort.items[2].chosen == {(2, 700): 1}
    assert cohort.items[2].rest == {(2, 700): 200}
    assert (cohort.items[1].right, cohort.items[2].right) == (1, 0)
    assert cohort.items[3].picked(OMITTED) == cohort.items[3].omitted == 1


def test_the_error_of_a_paper_is_binomial_when_questions_weigh_the_same():
    # 3 right of 5 questions of 1 point: 3 · 2 / 4.
    assert sheet("rrrww", points=(1,) * 5).error == Fraction(3, 2)


def test_the_error_of_a_paper_weighs_points_and_parts():
    # Shares 1, 1/2, 0: variance 1/4; points squared 4 + 9 + 25.
    assert sheet("rhw", points=(2, 3, 5)).error == Fraction(38, 4)


def test_one_question_tells_nothing_of_the_error():
    assert sheet("r").error == 0


def test_papers_of_two_forms_are_drawn_whatever_comes_after():
    fixed, other = sheet("rw"), sheet("rw", points=(2, 3))
    paper = PaperSums()
    for each in (fixed, fixed):
        paper.add(each)
    assert paper.is_fixed

    paper.add(other)
    paper.add(fixed)

    assert not paper.is_fixed
    assert not PaperSums().is_fixed
    assert same_form(None, None) is None


def test_items_of_several_cohorts_merge_into_one():
    sums = sums_of([sheet("r", place=place) for place in PLACES])

    whole = merged(cohort.items[1] for cohort in sums.cohorts.values())

    assert (whole.count, whole.right) == (5, 5)
