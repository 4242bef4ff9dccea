"""Questions, papers, sittings and attempts, all made as the site makes them."""

from datetime import UTC, datetime, timedelta

import factory

from accounts.enums import Role
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.contents import Content
from exams.domain.drafting import as_typed, begin_draft, hand_in_draft
from exams.domain.finishing import submit_attempt
from exams.domain.kinds import asking_for
from exams.domain.planning import draw_up_blueprint
from exams.domain.releasing import sign_release
from exams.domain.revising import revise_item
from exams.domain.scheduling import schedule_sitting
from exams.domain.starting import start_attempt
from exams.models import Attempt, Cell, Item, ItemVersion, Release, Sitting
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # noon in Guangxi
HOUR = timedelta(hours=1)
ANSWERS = {
    "single": {"options": ["甲", "乙", "丙", "丁"], "answer": [1]},
    "multiple": {"options": ["甲", "乙", "丙", "丁"], "answer": [0, 2]},
    "judge": {"options": ["对", "错"], "answer": [0]},
    "numeric": {"answer": "13", "tolerance": "0", "unit": "平方米"},
}
NEWER = {
    "blank": {"answer": ["三千元", "3000"]},
    "ordering": {"options": ["申请", "评议", "公示", "公告"], "answer": [0, 1, 2, 3]},
    "matching": {
        "parts": ["贫困户", "贫困村"],
        "options": ["八有一超", "十一有一低于", "九有一低于"],
        "answer": [0, 1],
    },
    "case": {
        "parts": [
            {"kind": "single", "stem": "下一步？", "options": ["甲", "乙", "丙"]},
            {"kind": "numeric", "stem": "几天？", "unit": "天", "tolerance": "0.5"},
            {"kind": "blank", "stem": "叫什么？"},
            {"kind": "ordering", "stem": "先后？", "options": ["一", "二", "三"]},
        ],
        "answer": [[1], "7", ["公示"], [0, 1, 2]],
    },
    "short": {"answer": "先告知农户（2分），再评议（2分）。"},
}
CELLS = [
    Cell("policy", "judge", 1, 2),
    Cell("policy", "single", 2, 3),
    Cell("policy", "multiple", 1, 5),
    Cell("policy", "numeric", 1, 4),
]


def content(kind: str = "single", **changes) -> Content:
    return Content(
        **{
            "subject": "policy",
            "kind": kind,
            "stem": "哪一个对？",
            "because": "第一条这样写。",
            "difficulty": 2,
            "edition": "gx-2017",
            "cites": ["解读 四(一)2"],
            **(ANSWERS | NEWER).get(kind, ANSWERS["single"]),
            **changes,
        }
    )


def make_version(kind: str = "single", code: str = "", **changes) -> ItemVersion:
    code = code or f"{kind}-{Item.objects.count() + 1}"
    return revise_item(code, content(kind, **changes), by=None)


def make_draft(by, *, item=None, code="NEW-1", kind="single", handed_in=False, **said):
    """A draft by ``by``; ``said`` is what was typed, where it differs."""
    typed = as_typed(content(kind)) | {"stem": "改过的题？"} | said
    draft = begin_draft(
        typed, code=item.code if item else code, item=item, by=by, at=NOON
    )
    return hand_in_draft(draft, by=by, at=NOON) if handed_in else draft


def make_release() -> Release:
    """A release of whatever is in the bank; an empty bank gets two of each kind."""
    if not Item.objects.exists():
        for kind in (*ANSWERS, *ANSWERS):
            make_version(kind, stem=f"{kind} {Item.objects.count()}？")
    return sign_release("tests", by=None, at=NOON)


def make_blueprint(code: str = "tests", cells: list[Cell] = CELLS):
    return draw_up_blueprint(code, title="测试卷", cells=cells, by=None)


class SittingFactory(factory.Factory):
    """Open from noon for four hours; 45 minutes; 60 per cent passes."""

    class Meta:
        model = Sitting

    title = factory.Sequence(lambda n: f"第{n + 1}场")
    division = factory.LazyFunction(lambda: DivisionFactory(code="451026"))
    blueprint = factory.LazyFunction(make_blueprint)
    release = factory.LazyFunction(make_release)
    opens_at = NOON
    closes_at = factory.LazyAttribute(lambda o: o.opens_at + 4 * HOUR)
    minutes = 45
    pass_percent = 60
    pass_mark_reasons = "领导小组办公室的决定"
    by = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return schedule_sitting(kwargs.pop("title"), **kwargs)


def make_candidate(at=None, **kwargs):
    village = at or DivisionFactory(code="451026100201")
    return UserFactory(role=Role.INFORMANT, at=village, **kwargs)


class AttemptFactory(factory.Factory):
    """An attempt begun at ``started_at``; ``right=True`` or ``right=False`` answers
    everything so and hands it in ten minutes later."""

    class Meta:
        model = Attempt

    candidate = factory.LazyFunction(make_candidate)
    sitting = factory.SubFactory(SittingFactory)
    started_at = NOON

    @classmethod
    def _create(cls, model_class, *args, right=None, **kwargs):
        candidate, at = kwargs["candidate"], kwargs["started_at"]
        attempt = start_attempt(kwargs["sitting"], by=candidate, at=at)
        if right is None:
            return attempt
        answer_all(attempt, right=right)
        return submit_attempt(attempt, by=candidate, at=at + timedelta(minutes=10))


def answer_all(attempt: Attempt, *, right: bool) -> None:
    at = attempt.started_at + timedelta(minutes=5)
    epoch = open_room(attempt, at=at).epoch
    answers = [
        Answer(question.no, right_value(question, right), epoch, seq)
        for seq, question in enumerate(attempt.questions, start=1)
    ]
    save_answers(attempt.uuid, answers, by=attempt.candidate, at=at)


def right_value(question, right: bool = True):
    """The right answer as the candidate would give it on this paper, or a wrong one."""
    version = ItemVersion.objects.get(pk=question.version)
    value = asking_for(question.kind).right(question, version)
    if right:
        return value
    if isinstance(value, str):
        return "-1"
    if question.kind in ("ordering", "matching"):
        return value[::-1]
    if question.kind == "case":
        return [None, "-1", *[None] * (len(value) - 2)]
    return [place for place in range(len(question.order)) if place not in value][:1]
