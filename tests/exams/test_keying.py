import pytest

from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.contents import content_of
from exams.domain.finishing import submit_attempt
from exams.domain.keying import in_force, revise_key
from exams.domain.kinds import asking_for
from exams.domain.revising import revise_item
from exams.domain.showing import questions_explained
from exams.errors import BadQuestion, KeyEdited, NoReason, SameKey
from exams.models import Attempt, Cell, ItemVersion, KeyRevision
from tests.factories.exams import (
    HOUR,
    NOON,
    AttemptFactory,
    SittingFactory,
    answer_all,
    content,
    make_blueprint,
    make_candidate,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db


def revise(version, by, answer, **facts):
    facts = {"reason": "印错了答案。", "at": NOON} | facts
    return revise_key(version, answer=answer, by=by, **facts)


@pytest.fixture
def one_question():
    """A sitting whose paper is one single choice of which B is right, by its key."""
    version = make_version("single", code="Q-1")
    blueprint = make_blueprint("one", [Cell("policy", "single", 1, 4)])
    sitting = SittingFactory(blueprint=blueprint, release=make_release())
    return version, sitting


def marked(sitting, option):
    """An attempt handed in with ``option`` of the version chosen."""
    attempt = AttemptFactory(sitting=sitting, candidate=make_candidate())
    epoch = open_room(attempt, at=NOON).epoch
    shown = attempt.questions[0].order.index(option)
    save_answers(
        attempt.uuid, [Answer(1, [shown], epoch, 1)], by=attempt.candidate, at=NOON
    )
    return submit_attempt(attempt, by=attempt.candidate, at=NOON)


def test_a_revised_key_marks_the_papers_after_it_and_none_before(one_question, trainer):
    version, sitting = one_question
    before = marked(sitting, 2)

    revise(version, trainer, [2])

    after = marked(sitting, 2)
    assert (after.score, after.passed) == (4, True)
    before.refresh_from_db()
    assert (before.score, before.passed) == (0, False)
    assert (before.keys, after.keys) == (
        {},
        {str(version.pk): KeyRevision.objects.get().pk},
    )
    assert ItemVersion.objects.get().answer == [1]


@pytest.mark.parametrize(
    ("rule", "scores"), [("only", [0, 4, 0]), ("also", [4, 4, 0]), ("all", [4, 4, 4])]
)
def test_the_rule_says_what_becomes_of_other_answers(
    one_question, trainer, rule, scores
):
    version, sitting = one_question

    revise(version, trainer, [2], rule=rule)

    assert [marked(sitting, option).score for option in (1, 2, 3)] == scores


def test_the_result_explains_by_the_key_it_was_marked_by(one_question, trainer):
    version, sitting = one_question
    before = marked(sitting, 1)
    revise(version, trainer, [2])
    after = marked(sitting, 1)
    later = NOON + 6 * HOUR

    old = questions_explained(before, at=later)[0]
    new = questions_explained(after, at=later)[0]

    assert (old.verdict, old.revision) == ("right", None)
    assert (new.verdict, new.revision.reason) == ("wrong", "印错了答案。")
    assert new.right == "ABCD"[after.questions[0].order.index(2)]


def test_a_number_can_be_revised_with_its_tolerance(trainer):
    version = make_version("numeric")

    revise(version, trainer, "14.5", tolerance="0.5")

    assert asking_for("numeric").key_words(in_force(version)) == "14.5 平方米"
    assert in_force(version).tolerance == pytest.approx(0.5)


def test_the_same_revision_twice_is_one(one_question, trainer):
    version, _sitting = one_question

    first = revise(version, trainer, [2], rule="also")
    second = revise(version, trainer, [2], rule="also")

    assert second == first
    assert KeyRevision.objects.get().also == [[1]]


@pytest.mark.parametrize(
    ("answer", "facts", "refusal"),
    [
        ([1], {}, SameKey),
        ([1], {"rule": "also"}, SameKey),
        ([7], {}, BadQuestion),
        ([], {}, BadQuestion),
        ([2], {"reason": "  "}, NoReason),
    ],
)
def test_a_faulty_revision_is_refused(one_question, trainer, answer, facts, refusal):
    version, _sitting = one_question

    with pytest.raises(refusal) as caught:
        revise(version, trainer, answer, **facts)

    assert caught.value.code == refusal.code
    assert not KeyRevision.objects.exists()


def test_a_released_key_is_not_edited(one_question, trainer):
    version, _sitting = one_question

    with pytest.raises(KeyEdited) as caught:
        revise_item("Q-1", content(answer=[2]), by=trainer)

    assert caught.value.code == "key-edited"
    assert ItemVersion.objects.get() == version


def test_an_unreleased_key_and_other_words_are_edited(one_question, trainer):
    make_version("single", code="NEW")

    revise_item("NEW", content(answer=[2]), by=trainer)
    revise_item("Q-1", content(answer=[2], stem="换了题干？"), by=trainer)

    assert ItemVersion.objects.count() == 4


def test_an_edit_starts_from_the_key_in_force(one_question, trainer):
    version, _sitting = one_question

    revise(version, trainer, [2])

    assert content_of(in_force(version)).answer == [2]


def test_marking_by_a_revision_costs_one_query_more_at_most(
    one_question, trainer, django_assert_max_num_queries
):
    version, sitting = one_question
    attempt = AttemptFactory(sitting=sitting)
    answer_all(attempt, right=True)

    def submitted_in(budget):
        with django_assert_max_num_queries(budget) as counted:
            submit_attempt(attempt, by=attempt.candidate, at=NOON)
        return len(counted)

    plain = submitted_in(30)
    revise(version, trainer, [2], rule="also")
    attempt = AttemptFactory(sitting=sitting, candidate=make_candidate())
    answer_all(attempt, right=True)
    assert submitted_in(30) == plain + 1


PAGE = "/exams/questions/{}/key/"


def posted(**changes):
    return {"key-right": "2", "rule": "only", "reason": "印错了答案。"} | changes


def test_an_author_revises_a_key_on_its_page(client, one_question, trainer):
    version, _sitting = one_question
    client.force_login(trainer)

    response = client.post(PAGE.format(version.pk), posted(rule="also"))

    assert response.status_code == 302
    revision = KeyRevision.objects.get()
    assert (revision.answer, revision.also, revision.by) == ([2], [[1]], trainer)
    page = client.get(PAGE.format(version.pk)).content.decode()
    assert "印错了答案。" in page
    assert "原答案同样得分" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key-right": "1"}, "与现行答案相同"),
        ({"key-right": "7"}, "要有正确选项"),
        ({"reason": ""}, ""),
        ({"rule": "none"}, ""),
    ],
)
def test_a_faulty_key_is_refused_at_the_form(
    client, one_question, trainer, changes, words
):
    version, _sitting = one_question
    client.force_login(trainer)

    response = client.post(PAGE.format(version.pk), posted(**changes))

    assert response.status_code == 200
    assert response.context["form"].errors
    assert words in response.content.decode()
    assert not KeyRevision.objects.exists()


def test_a_guide_of_several_lines_is_the_same_guide_from_a_browser(client, trainer):
    version = make_version("short", answer="先告知（2分）。\n再评议（2分）。")
    client.force_login(trainer)
    sent = posted(**{"key-text": "先告知（2分）。\r\n再评议（2分）。"})

    page = client.post(PAGE.format(version.pk), sent).content.decode()

    assert "与现行答案相同" in page
    assert not KeyRevision.objects.exists()


@pytest.mark.parametrize("who", ["informant", "county_officer", "township_officer"])
def test_nobody_else_reads_or_revises_a_key(request, client, one_question, who):
    version, _sitting = one_question
    client.force_login(request.getfixturevalue(who))

    assert client.get(PAGE.format(version.pk)).status_code == 403
    assert client.post(PAGE.format(version.pk), posted()).status_code == 403
    assert not KeyRevision.objects.exists()


def test_an_author_who_sits_reads_no_key(client, one_question, trainer):
    version, sitting = one_question
    attempt = AttemptFactory(sitting=sitting)
    Attempt.objects.filter(pk=attempt.pk).update(candidate=trainer)
    client.force_login(trainer)

    assert client.get(PAGE.format(version.pk)).status_code == 403
