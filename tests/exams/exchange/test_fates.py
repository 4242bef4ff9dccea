"""What becomes of each question, weighed against the bank."""

from dataclasses import asdict

import pytest

from exams.domain.exchange.drafts import Draft, Terms
from exams.domain.exchange.fates import Fate, weigh
from exams.domain.kinds.ledger_task import drawn
from exams.domain.revising import revise_item
from exams.enums import Kind
from exams.models import Item
from tests.factories.exams import content, make_version

pytestmark = pytest.mark.django_db

TERMS = Terms(prefix="NN", subject="policy", edition="gx-2017", cites=("解读 一",))
FIELDS = {
    "kind": "single",
    "stem": "哪一个对？",
    "options": ["甲", "乙", "丙", "丁"],
    "answer": [1],
    "because": "第一条这样写。",
}
SAME = FIELDS | {
    "subject": "policy",
    "difficulty": 2,
    "edition": "gx-2017",
    "cites": ["解读 四(一)2"],
    "attested": "source",
}


def draft(code="", fields=FIELDS, place="Row 2", **more):
    return Draft(place=place, code=code, fields=fields, **more)


def verdict(*drafts, terms=TERMS):
    *_others, last = weigh(drafts, terms)
    return last


def outcome(each):
    return each.fate, each.code, each.version


def test_an_unknown_code_is_new():
    assert outcome(verdict(draft("A-1"))) == (Fate.NEW, "A-1", 1)


def test_the_file_is_completed_by_the_terms_and_only_where_it_is_silent():
    terms = Terms(
        **{"prefix": "NN", "subject": "entry", "difficulty": 4, "edition": "gx-2018"},
        cites=("解读 一", "解读 二"),
        because="旧说明",
    )

    found = verdict(draft("A-1"), terms=terms).content
    kept = verdict(draft("A-2", SAME), terms=terms).content

    assert (found.subject, found.difficulty, found.edition) == ("entry", 4, "gx-2018")
    assert (found.cites, found.because) == (["解读 一", "解读 二"], "第一条这样写。")
    assert found.attested == "assumed"
    assert kept == content()


def test_what_the_bank_says_already_is_unchanged():
    make_version(code="A-1")

    assert outcome(verdict(draft("A-1", SAME))) == (Fate.UNCHANGED, "A-1", 1)


def test_other_words_under_a_known_code_are_its_next_version():
    make_version(code="A-1")

    found = verdict(draft("A-1", SAME | {"stem": "改过的题？"}))

    assert outcome(found) == (Fate.REVISED, "A-1", 2)


def test_going_back_to_an_earlier_version_says_so():
    make_version(code="A-1")
    make_version(code="A-1", stem="改过的题？")

    found = verdict(draft("A-1", SAME))

    assert outcome(found) == (Fate.REVISED, "A-1", 1)
    assert found.reasons == ("goes back to what version 1 said",)


def test_without_a_code_a_question_is_known_by_its_name_then_by_its_words():
    make_version(code="A-1", stem="别的题？")
    make_version(code="A-2")

    named = verdict(draft(fields=SAME, names=("第一题", "A-1")))
    worded = verdict(draft(fields=SAME, names=("第一题",)))

    assert outcome(named) == (Fate.REVISED, "A-1", 2)
    assert outcome(worded) == (Fate.UNCHANGED, "A-2", 1)


def test_a_new_code_comes_from_the_words_so_it_is_the_same_again():
    first, again = verdict(draft()), verdict(draft())
    other = verdict(draft(fields=FIELDS | {"stem": "另一题？"}))

    assert first.code == again.code
    assert first.code.startswith("NN-")
    assert other.code != first.code


def test_a_code_used_twice_in_a_file_is_refused_the_second_time():
    second = verdict(
        draft("A-1"), draft("A-1", FIELDS | {"stem": "另一题？"}, place="Row 3")
    )

    assert second.fate == Fate.REFUSED
    assert second.reasons == ("its code A-1 is used already at Row 2",)


def test_a_new_question_in_the_words_of_another_is_pointed_out():
    make_version(code="A-1")

    found = verdict(draft("B-1", SAME))

    assert found.fate == Fate.NEW
    assert found.reasons == ("A-1 asks the same in the same words",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"answer": [0, 1]}, "exactly one option is right"),
        ({"because": ""}, "it needs its question and an explanation"),
        ({"options": ["甲", "甲"]}, "it needs two options or more, all different"),
        ({"options": ["甲", " "]}, "an option is empty"),
        ({"options": [f"{n}项" for n in range(27)]}, "it has more than 26 options"),
        ({"options": ["甲\n乙", "丙"]}, "an option is broken over two lines"),
        ({"edition": "gx-1999"}, "the edition of the rules “gx-1999” is unknown"),
        ({"unit": "米" * 21}, "its unit is too long"),
        ({"stem": "长" * 20_001}, "one of its texts is too long"),
        (
            {"stem": "哪\ufffd个？"},
            "signs were lost when the file was saved; save it as UTF-8",
        ),
    ],
)
def test_a_question_the_bank_cannot_hold_is_refused(changes, reason):
    found = verdict(draft("A-1", FIELDS | changes))

    assert found.fate == Fate.REFUSED
    assert reason in found.reasons


@pytest.mark.parametrize("code", ["a b", "a/b", "a" * 61, "<b>"])
def test_a_code_that_cannot_be_used_is_refused(code):
    found = verdict(draft(code))

    assert found.fate == Fate.REFUSED
    assert "unusable" in found.reasons[0]


def test_a_code_the_bank_has_is_kept_however_it_looks():
    revise_item("旧 编号", content(), by=None)

    assert outcome(verdict(draft("旧 编号", SAME))) == (Fate.UNCHANGED, "旧 编号", 1)


def test_the_drafts_own_faults_are_the_reason():
    found = verdict(draft("A-1", {}, faults=("it is torn",)))

    assert found.fate == Fate.REFUSED
    assert found.reasons == ("it is torn",)


@pytest.mark.parametrize("count", [1, 3])
def test_weighing_costs_the_same_whatever_the_file(count, django_assert_num_queries):
    for n in range(count):
        make_version(code=f"A-{n}", stem=f"第{n}题？")
    drafts = [draft(f"A-{n}") for n in range(count)]

    with django_assert_num_queries(2):  # versions, current ones
        found = weigh(drafts, TERMS)

    assert [each.fate for each in found] == [Fate.REVISED] * count
    assert Item.objects.count() == count


@pytest.mark.parametrize("kind", Kind.values)
def test_a_question_of_every_kind_is_weighed(kind):
    asked = content(kind, **(drawn(2_000_000) if kind == "ledger" else {}))

    (verdict,) = weigh([draft("Q-1", asdict(asked))], TERMS)

    assert (verdict.fate, verdict.reasons) == (Fate.NEW, ())
    assert verdict.content.hash == asked.hash


def test_a_part_of_a_case_is_no_longer_than_other_texts():
    fields = asdict(content("case"))
    fields["parts"][0]["stem"] = "一" * 20_001

    (verdict,) = weigh([draft("Q-1", fields)], TERMS)

    assert verdict.reasons == ("one of its texts is too long",)
