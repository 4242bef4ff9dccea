"""A file handed in for review becomes drafts, whole or not at all, and once."""

from dataclasses import asdict, replace

import pytest

from core.models import LogEntry
from exams.domain.contents import content_of
from exams.domain.drafting import as_typed, discard_draft
from exams.domain.exchange.draft_fates import weigh_drafts
from exams.domain.exchange.drafts import Draft, Terms
from exams.domain.exchange.fates import Fate, weigh
from exams.domain.exchange.refusals import BankChanged, NothingToWrite
from exams.domain.exchange.taking_in import Upload, hand_in_file, preview_drafts
from exams.domain.keying import revise_key
from exams.domain.kinds.ledger_task import drawn
from exams.domain.reviewing import approve_draft
from exams.enums import DraftState, Kind
from exams.models import Item, ItemDraft
from tests.factories.exams import NOON, content, make_draft, make_release, make_version

from .samples import row, sample, sheet

pytestmark = pytest.mark.django_db

TERMS = Terms(
    prefix="NN",
    subject="policy",
    edition="gx-2017",
    cites=("解读 一",),
    because="见解读。",
)


def upload(body, name="题库.xlsx"):
    return Upload(name, body, TERMS)


def hand_in(each, by):
    return hand_in_file(each, seen=preview_drafts(each).mark, by=by, at=NOON)


def file_draft(asked, code="A-1"):
    return Draft(place="Row 2", code=code, fields=asdict(asked))


def fate_of(asked, code="A-1"):
    (verdict,) = weigh_drafts(weigh([file_draft(asked, code)], TERMS))
    return verdict


def test_accepted_questions_wait_for_a_second_person(trainer, administrator):
    preview = hand_in(upload(sample("moodle.xml"), "moodle.xml"), trainer)

    assert preview.counts == {"draft": 6, "unchanged": 0, "refused": 1}
    drafts = ItemDraft.objects.filter(state=DraftState.IN_REVIEW, author=trainer)
    assert drafts.count() == 6
    assert not Item.objects.exists()
    entry = LogEntry.objects.get(action="questions.handed-in")
    assert (entry.by, entry.detail["draft"], entry.detail["refused"]) == (trainer, 6, 1)
    approve_draft(drafts.get(code="DY-01"), seen=1, by=administrator, at=NOON)
    assert content_of(Item.objects.get().current).answer == [1]


@pytest.mark.parametrize("name", ["moodle.xml", "tao-2.2", "handmade.gift.txt"])
def test_the_same_file_again_hands_nothing_in(trainer, name):
    each = upload(sample(name), name)
    hand_in(each, trainer)
    count = ItemDraft.objects.count()

    with pytest.raises(NothingToWrite):
        hand_in(each, trainer)

    assert count > 0
    assert ItemDraft.objects.count() == count


def test_a_bank_changed_since_the_preview_takes_no_drafts(trainer, administrator):
    each = upload(sheet(row(), row(编号="XL-2", 题干="另一题？")))
    seen = preview_drafts(each).mark
    make_draft(administrator, code="XL-2")

    with pytest.raises(BankChanged):
        hand_in_file(each, seen=seen, by=trainer, at=NOON)

    assert not ItemDraft.objects.filter(author=trainer).exists()


@pytest.mark.parametrize("kind", Kind.values)
def test_a_question_of_every_kind_can_be_handed_in(trainer, kind):
    asked = content(kind, **(drawn(2_000_000) if kind == "ledger" else {}))

    verdict = fate_of(asked)

    assert (verdict.fate, verdict.reasons) == (Fate.DRAFT, ())


def test_what_the_bank_says_is_unchanged_and_another_text_is_a_draft():
    make_version(code="A-1")

    assert fate_of(content()).fate == Fate.UNCHANGED
    changed = fate_of(content(stem="改过的题？"))
    assert (changed.fate, changed.version) == (Fate.DRAFT, 2)


def test_what_the_key_in_force_says_is_unchanged(administrator):
    version = make_version(code="A-1")
    revise_key(version, answer=[2], reason="原答案有误。", by=administrator, at=NOON)

    assert fate_of(content(answer=[2])).fate == Fate.UNCHANGED


def test_a_released_key_is_not_changed_by_a_file():
    make_version(code="A-1")
    make_release()

    verdict = fate_of(content(answer=[2]))

    assert verdict.fate == Fate.REFUSED
    assert "A-1" in verdict.reasons[0]


def test_a_draft_that_is_open_is_not_written_over(trainer):
    draft = make_draft(trainer, code="A-1")

    verdict = fate_of(content(stem="文件里的题？"))

    assert verdict.fate == Fate.REFUSED
    assert str(trainer) in verdict.reasons[0]
    discard_draft(draft, by=trainer)
    assert fate_of(content(stem="文件里的题？")).fate == Fate.DRAFT


def test_a_draft_that_says_the_same_is_unchanged(trainer):
    asked = content(stem="文件里的题？")
    make_draft(trainer, code="A-1", **as_typed(asked))

    verdict = fate_of(asked)

    assert verdict.fate == Fate.UNCHANGED
    assert verdict.reasons == (f"a draft by {trainer} says this already",)


def test_what_no_draft_can_hold_is_refused_with_the_way_out():
    case = content("case")
    pair = {"kind": "matching", "stem": "配对？", "parts": ["甲", "乙"]}
    pair["options"] = ["一", "二"]
    asked = replace(case, parts=[*case.parts, pair], answer=[*case.answer, [0, 1]])

    verdict = fate_of(asked)

    assert verdict.fate == Fate.REFUSED
    assert "take the file in as versions" in verdict.reasons[0]


@pytest.mark.parametrize("count", [1, 3])
def test_weighing_drafts_costs_the_same_whatever_the_file(
    trainer, count, django_assert_num_queries
):
    for n in range(count):
        make_version(code=f"A-{n}", stem=f"第{n}题？")
        make_draft(trainer, code=f"B-{n}", stem=f"第{n}稿？")
    asked = content(stem="文件里的题？")
    drafts = [file_draft(asked, f"{x}-{n}") for n in range(count) for x in "AB"]
    verdicts = weigh(drafts, TERMS)

    with django_assert_num_queries(4):  # drafts, versions, keys, releases
        found = weigh_drafts(verdicts)

    assert [each.fate for each in found] == [Fate.DRAFT, Fate.REFUSED] * count
