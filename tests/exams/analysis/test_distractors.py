import pytest

from exams.domain.analysis.distractors import option_figures, option_flags
from exams.domain.analysis.items import Flag
from exams.domain.analysis.sums import ItemSums, merged, sums_of
from exams.models import ItemVersion

from .sheets import sheet

# In these sheets a right answer takes option 0, a wrong one option 1.
SINGLE = ItemVersion(kind="single", options=["甲", "乙", "丙"], answer=[0])


def item(papers: dict[str, int]) -> ItemSums:
    sums = sums_of([sheet(p) for p, n in papers.items() for _ in range(n)])
    return merged(cohort.items[1] for cohort in sums.cohorts.values())


def test_each_option_tells_how_many_took_it_and_how_they_did_elsewhere():
    options = option_figures(item({"rrr": 3, "rww": 1, "wrw": 4, "-ww": 2}), SINGLE)

    assert [(o.option, o.text, o.is_right, o.count, o.share) for o in options] == [
        (0, "甲", True, 4, 0.4),
        (1, "乙", False, 4, 0.4),
        (2, "丙", False, 0, 0.0),
        (-1, "", False, 2, 0.2),
    ]
    assert [o.mean_rest for o in options] == [0.75, 0.5, None, 0.0]


def test_a_number_has_no_options_but_omissions():
    numeric = ItemVersion(kind="numeric", options=[], answer="13")

    options = option_figures(item({"rr": 3, "-r": 1}), numeric)

    assert [(o.option, o.count) for o in options] == [(-1, 1)]
    assert option_figures(ItemSums(), numeric) == []


@pytest.mark.parametrize(
    ("papers", "flags"),
    [
        # Those who took the wrong option did better elsewhere.
        ({"rww": 20, "wrr": 20}, [Flag.MISKEY, Flag.IDLE]),
        ({"rrr": 20, "www": 20}, [Flag.IDLE]),
        # One in fifty says nothing, however good.
        ({"rww": 49, "wrr": 1}, [Flag.IDLE]),
        # Nobody took what the key calls right.
        ({"wrr": 20, "www": 20}, [Flag.MISKEY, Flag.IDLE]),
        ({"rww": 14, "wrr": 15}, []),
    ],
)
def test_a_wrong_key_shows_in_who_takes_what(papers, flags):
    sums = item(papers)

    assert option_flags(option_figures(sums, SINGLE), count=sums.count) == flags


def test_all_options_taken_none_is_idle():
    two = ItemVersion(kind="single", options=["甲", "乙"], answer=[0])
    sums = item({"rr": 20, "ww": 20})

    assert option_flags(option_figures(sums, two), count=40) == []
