"""Every address of the exams, tried by everybody who has no business there.

An address that is not in ``arguments`` fails the first test: whoever adds one says
here who is kept out of it.
"""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import LogEntry
from courses.domain.rereading import ask_to_reread
from courses.models import Rereading
from exams import urls
from exams.domain.accommodating import grant_extra_time
from exams.domain.admitting import admit_people
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.appealing import make_appeal
from exams.domain.excluding import exclude_items
from exams.domain.finishing import submit_attempt
from exams.domain.judging import convene_panel
from exams.domain.keying import revise_key
from exams.domain.regrading import propose_regrade
from exams.enums import Admits, KeysShown
from exams.models import Cell, Item, ItemVersion
from tests.factories.accounts import UserFactory
from tests.factories.courses import LessonFactory
from tests.factories.exams import (
    HOUR,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_candidate,
    make_draft,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db
PEOPLE = ["stranger", "other candidate", "other county"]
REFUSED = {403, 404, 405}
OPEN_TO_ALL = {"index", "worker"}
# Lists and forms that an office has for its own people: it comes in, and finds
# nothing of ours there.
AN_OFFICES_OWN = {
    "accommodations",
    "appeals",
    "clauses",
    "clauses_book",
    "panel_new",
    "panels",
    "regrades",
    "schedule",
    "scripts",
    "sittings",
}
SPOKEN = {"answers": [{"no": 1, "value": [0], "epoch": 1, "seq": 1, "left": 9}]}
CELLS = [Cell("policy", "judge", 1, 2), Cell("policy", "single", 1, 3)]


@pytest.fixture
def is_wide():
    """Whether the sittings are held for the whole region."""
    return False


@pytest.fixture
def sittings(napo, is_wide):
    """One that runs, one that is over, one of short answers, one with a list."""
    now = timezone.now()
    for kind in ("judge", "single", "short"):
        make_version(kind)
    plain = make_blueprint("plain", CELLS)
    short = make_blueprint("short", [Cell("policy", "short", 1, 8)])
    held_for = napo.region if is_wide else napo.county
    facts = {"release": make_release(), "division": held_for}
    ended = {"opens_at": now - 5 * HOUR, **facts}
    # Else what runs would hold the keys of what is over.
    facts |= {"opens_at": now - HOUR, "blueprint": plain}
    facts |= {"keys_shown": KeysShown.AT_ONCE}
    return SimpleNamespace(
        running=SittingFactory(title="正在进行的场次", **facts),
        over=SittingFactory(title="已经结束的场次", blueprint=plain, **ended),
        by_hand=SittingFactory(title="简答场次", blueprint=short, **ended),
        listed=SittingFactory(title="名单场次", admits=Admits.LISTED, **facts),
    )


@pytest.fixture
def marked(sittings, informant):
    """Every question wrong."""
    facts = {"candidate": informant, "started_at": sittings.over.opens_at}
    return AttemptFactory(sitting=sittings.over, right=False, **facts)


@pytest.fixture
def single(sittings):
    return ItemVersion.objects.get(kind="single")


@pytest.fixture
def appeal(marked, single, informant):
    asked = next(q.no for q in marked.questions if q.version == single.pk)
    return make_appeal(
        marked, asked, reason="题目有误。", by=informant, at=timezone.now()
    )


@pytest.fixture
def regrade(appeal, single, sittings, trainer):
    facts = {"by": trainer, "at": timezone.now()}
    revision = revise_key(single, answer=[2], reason="答案有误。", **facts)
    return propose_regrade(revision, sitting=sittings.over, **facts)


@pytest.fixture
def panel(napo, sittings, county_officer):
    return convene_panel(
        "那坡的评分人",
        division=napo.county,
        blueprint=sittings.running.blueprint,
        release=sittings.running.release,
        judges=[UserFactory(role=Role.TRAINER, at=napo.county) for _ in range(2)],
        by=county_officer,
        at=timezone.now(),
    )


@pytest.fixture
def world(
    napo, sittings, marked, appeal, regrade, panel, informant, county_officer, trainer
):
    """Something at every address, all of it Napo's."""
    now = timezone.now()
    lessons = {LessonFactory(): "解读 五"}
    at = {"by": county_officer, "at": now}
    shown = (sittings.running, sittings.over, sittings.by_hand, sittings.listed)
    return SimpleNamespace(
        secrets=[informant.real_name, panel.title, *(each.title for each in shown)],
        attempt=AttemptFactory(
            sitting=sittings.running, candidate=informant, started_at=now
        ),
        sitting=sittings.running,
        over=sittings.over,
        listed=sittings.listed,
        marked=marked,
        appeal=appeal,
        version=appeal.version,
        regrade=regrade,
        script=answered_by_hand(sittings.by_hand),
        admission=admit_people(sittings.listed, [informant], **at)[0],
        draft=make_draft(trainer, handed_in=True),
        exclusion=kept_apart(trainer),
        accommodation=extra_time(napo, informant, county_officer),
        panel=panel,
        rereading=ask_to_reread(lessons, division=napo.county, **at)[0],
    )


def kept_apart(by):
    one, other = Item.objects.order_by("pk")[:2]
    return exclude_items(
        one, other, reason="一题透露另一题。", by=by, at=timezone.now()
    )


def extra_time(napo, person, by):
    person.home_division, person.home_code = napo.village, napo.village.code
    person.save()
    facts = {"percent": 25, "reason": "视力障碍", "at": timezone.now()}
    return grant_extra_time(person, by=by, **facts)


def answered_by_hand(sitting):
    candidate, began = make_candidate(), sitting.opens_at
    attempt = AttemptFactory(sitting=sitting, candidate=candidate, started_at=began)
    epoch = open_room(attempt, at=began).epoch
    given = [Answer(1, "先告知。", epoch, 1)]
    save_answers(attempt.uuid, given, by=candidate, at=began)
    submit_attempt(attempt, by=candidate, at=began + HOUR / 4)
    return attempt.scripts.get()


def arguments(world) -> dict[str, tuple]:
    """Every address, with what its path names."""
    of_an_attempt = "room answer pulse review submit late-send late-decide timeline"
    of_a_sitting = "rules board extend close withdraw tell publish note late"
    of_one_over = "analysis analysis_book similarity"
    of_a_list = "people tickets"
    of_a_version = "confirm key regrade_propose question_preview item item_book"
    of_a_draft = (
        "draft_preview draft_hand_in draft_take_back draft_catch_up draft_discard "
        "draft_approve draft_return draft_redraw"
    )
    named = {
        of_an_attempt: (world.attempt.uuid,),
        of_a_sitting: (world.sitting.pk,),
        of_one_over: (world.over.pk,),
        of_a_list: (world.listed.pk,),
        of_a_version: (world.version.pk,),
        of_a_draft: (world.draft.pk,),
        "retire restore exclude": (world.version.item_id,),
        "exclusion_lift": (world.exclusion.pk,),
        "blueprint": (world.over.blueprint_id,),
        "result": (world.marked.uuid,),
        "appeal_make": (world.marked.uuid, world.appeal.item_no),
        "appeal": (world.appeal.pk,),
        "regrade regrade_book regrade_confirm regrade_withdraw": (world.regrade.pk,),
        "script": (world.script.pk,),
        "strike": (world.listed.pk, world.admission.pk),
        "end-accommodation": (world.accommodation.pk,),
        "panel panel_rate panel_close": (world.panel.pk,),
        "reread_end": (world.rereading.pk,),
        "exchange-preview exchange-annotated": ("token",),
        "blueprints blueprint_new releases reread draft_review exclusions": (),
        "exchange exchange-template exchange-export": (),
        " ".join(OPEN_TO_ALL | AN_OFFICES_OWN): (),
    }
    return {name: args for names, args in named.items() for name in names.split()}


def names_of(patterns) -> set[str]:
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names.add(pattern.name)
        else:
            names |= names_of(pattern.url_patterns)
    return names


def everything() -> dict[str, list]:
    """All that the exams keep, and what is logged."""
    models = [*apps.get_app_config("exams").get_models(), Rereading, LogEntry]
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in models
    }


def posted(world) -> dict[str, object]:
    """What the forms of all these addresses ask for, at once."""
    return {
        "key": uuid4(),
        "no": "1",
        "value": "0",
        "confirm": "1",
        "words": "越权",
        "reason": "越权",
        "decision": "upheld",
        "minutes": 60,
        "notice": 1,
        "points": 8,
        "division": world.sitting.division.code,
        "county": world.sitting.division.code,
        "sitting": world.over.pk,
        "key-right": "1",
        "rule": "only",
        "seen": 1,
        "edition": "gx-2017",
        "agreed": "on",
        "phone": world.attempt.candidate.phone,
        "percent": 50,
        "other": world.exclusion.other.code,
        "item": world.exclusion.one_id,
        "approve": world.draft.pk,
        f"seen-{world.draft.pk}": world.draft.number,
    }


@pytest.fixture
def others(napo):
    elsewhere = {"home_division": napo.other_county, "home_code": "451027"}
    return {
        "stranger": UserFactory(**elsewhere),
        "other candidate": make_candidate(),
        "other county": UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county),
    }


def test_every_address_is_in_the_table(world):
    assert set(arguments(world)) == names_of(urls.urlpatterns)


def knocked(client, world, name, args):
    """The answers to a reading and to a writing request, in the address's own form."""
    address = reverse(f"exams:{name}", args=args)
    if name == "late-send":
        sent = client.post(address, SPOKEN, content_type="application/json")
    else:
        sent = client.post(address, posted(world))
    return client.get(address), sent


def is_kept_out(got, sent, *, secrets) -> bool:
    """``secrets`` is None where nobody may come in at all."""
    if secrets is None:
        return {got.status_code, sent.status_code} <= REFUSED
    text = got.content.decode("utf-8", "replace")
    return got.status_code == 200 and not any(each in text for each in secrets)


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_comes_in_and_nothing_is_written(client, world, others, who):
    client.force_login(others[who])
    addresses = arguments(world)
    if who == "other candidate":
        # This sitting is open to them, and the post begins an attempt of their own.
        del addresses["rules"]
    before = everything()
    open_doors = {}

    for name, args in sorted(addresses.items()):
        got, sent = knocked(client, world, name, args)
        secrets = None
        if name in OPEN_TO_ALL:
            secrets = []
        elif who == "other county" and name in AN_OFFICES_OWN:
            secrets = world.secrets
        if not is_kept_out(got, sent, secrets=secrets):
            open_doors[name] = (got.status_code, sent.status_code)
        now = everything()
        assert [kept for kept in now if now[kept] != before[kept]] == [], name

    assert open_doors == {}


def test_who_is_not_signed_in_is_sent_to_sign_in(client, world):
    before = everything()

    for name, args in sorted(arguments(world).items()):
        for response in knocked(client, world, name, args):
            assert response.status_code in {302, 401, 403, 405} | (
                {200} if name == "worker" else set()
            ), name

    assert everything() == before


@pytest.mark.parametrize("is_wide", [True])
def test_an_office_reads_nothing_of_another_countys_people_in_a_wider_sitting(
    client, world, others
):
    """It follows the sitting for its own people."""
    client.force_login(others["other county"])
    person = world.attempt.candidate
    secrets = [person.real_name, str(person.phone), world.admission.code]
    secrets += [str(world.attempt.uuid), str(world.marked.uuid)]
    told = []

    for name, args in sorted(arguments(world).items()):
        address = reverse(f"exams:{name}", args=args)
        text = b"".join(client.get(address)).decode("utf-8", "replace")
        told += [(name, s) for s in secrets if s in text and s not in address]

    assert told == []
