from dataclasses import replace

import pytest
from django.utils import timezone

import measures
from exams.domain import grounding
from exams.domain.grounding import ground_version, stale_among
from exams.domain.planning import STARTER
from exams.domain.releasing import keep_starter_release, sign_release
from exams.errors import StaleQuestions
from exams.models import Grounding, Release
from tests.factories.exams import NOON, make_version

pytestmark = pytest.mark.django_db
RELEASES = "/exams/releases/"
CITED = "解读 四(一)2 · 第二章"


@pytest.fixture
def amended(monkeypatch):
    """From here on one section reads otherwise than before."""

    def amend():
        changed = tuple(
            replace(each, text=measures.Name("另有规定。", "It is otherwise."))
            if each.citation == CITED
            else each
            for each in measures.clauses()
        )
        monkeypatch.setattr(measures, "clauses", lambda: changed)
        grounding.mark_for.cache_clear()

    yield amend
    monkeypatch.undo()
    grounding.mark_for.cache_clear()


def test_what_is_written_is_held_against_its_sections(trainer):
    version = make_version(cites=[CITED])

    assert stale_among([version]) == []
    assert Grounding.objects.get().version == version


def test_a_section_that_changes_makes_those_stale_that_cite_it(amended):
    citing = make_version(cites=[CITED])
    other = make_version(cites=["解读 五 · 第三章"], stem="另一题？")

    amended()

    assert stale_among([citing, other]) == [citing]


def test_an_edition_that_changes_makes_its_questions_stale(monkeypatch):
    version = make_version()
    edition = measures.edition("gx-2017")
    moved = replace(edition, until=NOON.date())

    monkeypatch.setattr(measures, "editions", lambda: (moved,))
    grounding.mark_for.cache_clear()

    assert stale_among([version]) == [version]
    monkeypatch.undo()
    grounding.mark_for.cache_clear()


def test_a_stale_question_enters_no_release_until_it_is_confirmed(amended, trainer):
    stale = make_version(code="OLD", cites=[CITED])
    amended()

    with pytest.raises(StaleQuestions) as caught:
        sign_release("line", by=trainer, at=NOON)
    assert (caught.value.code, caught.value.values) == (
        "stale-questions",
        {"codes": "OLD"},
    )
    assert not Release.objects.exists()

    ground_version(stale, by=trainer, at=NOON)
    assert ground_version(stale, by=trainer, at=NOON) is None

    assert sign_release("line", by=trainer, at=NOON).versions.get() == stale
    assert Grounding.objects.count() == 2


def test_the_site_itself_signs_nothing_stale(amended):
    make_version(code="OLD", cites=[CITED])
    first = keep_starter_release("line", at=NOON)
    make_version(code="NEW", cites=["解读 五 · 第三章"])
    amended()

    assert keep_starter_release("line", at=NOON) == first
    assert Release.objects.get() == first


def test_the_release_page_lists_them_and_an_author_confirms(client, amended, trainer):
    version = make_version(code="OLD", cites=[CITED])
    sign_release(STARTER, by=None, at=NOON)
    amended()
    client.force_login(trainer)

    page = client.get(RELEASES)
    assert [row["version"] for row in page.context["stale"]] == [version]
    assert "另有规定。" in page.content.decode()

    client.post(f"/exams/questions/{version.pk}/confirm/")

    assert client.get(RELEASES).context["stale"] == []
    assert Grounding.objects.latest("pk").by == trainer
    assert Grounding.objects.latest("pk").at <= timezone.now()


@pytest.mark.parametrize("who", ["informant", "county_officer"])
def test_others_confirm_nothing(request, client, who):
    version = make_version()
    client.force_login(request.getfixturevalue(who))

    response = client.post(f"/exams/questions/{version.pk}/confirm/")

    assert response.status_code == 403
    assert Grounding.objects.count() == 1
