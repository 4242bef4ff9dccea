from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.errors import Refused
from core.models import LogEntry
from exams.domain.judging import (
    Judgement,
    close_panel,
    convene_panel,
    ground_pass_mark,
    questions_of,
    rate_questions,
    result_of,
)
from exams.errors import NoReasons
from exams.models import Cell, Panel, PassMarkGround, Rating, Sitting
from tests.factories.accounts import UserFactory
from tests.factories.exams import (
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_candidate,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db
LIST = "/exams/analysis/panels/"
# A judge question worth 2, two single choices worth 3 each: 8 points.
CELLS = [Cell("policy", "judge", 1, 2), Cell("policy", "single", 2, 3)]


@pytest.fixture
def judges(napo):
    return [UserFactory(role=Role.TRAINER, at=napo.county) for _ in range(2)]


@pytest.fixture
def panel(napo, judges, county_officer):
    """Four questions may be drawn: one true or false, three single choices."""
    for kind in ("judge", "single", "single", "single", "numeric"):
        make_version(kind)
    return convene_panel(
        "专家组",
        division=napo.county,
        blueprint=make_blueprint("angoff", CELLS),
        release=make_release(),
        judges=judges,
        by=county_officer,
        at=NOON,
    )


def rate(panel, judge, *percents):
    judgements = [
        Judgement(version.pk, percent)
        for version, percent in zip(questions_of(panel), percents, strict=False)
    ]
    return rate_questions(panel, judgements, by=judge, at=NOON)


def refusal_of(operation):
    with pytest.raises(Refused) as refusal:
        operation()
    return refusal.value.code


def test_the_cut_is_what_a_candidate_just_fit_is_expected_to_earn(panel, judges):
    rate(panel, judges[0], 80, 50, 60, 70)
    rate(panel, judges[1], 60, 40, 50, 60)

    result = result_of(panel)

    assert [each.version.kind for each in result.questions] == [
        "judge",
        "single",
        "single",
        "single",
    ]
    assert [each.mean for each in result.questions] == [70, 45, 55, 65]
    assert [each.deviation for each in result.questions] == [
        pytest.approx(d) for d in (200**0.5, 50**0.5, 50**0.5, 50**0.5)
    ]
    # 70 · 2 points and 55 · 6 points, of 8: 58.75. The judges alone: 80 · 2 + 60 · 6
    # and 60 · 2 + 50 · 6.
    assert result.found == Decimal("58.75")
    assert [each.percent for each in result.judges] == [65, Decimal("52.50")]
    assert result.spread == pytest.approx((12.5**2 / 2) ** 0.5)


def test_a_question_that_no_cell_draws_is_not_judged(panel):
    assert {version.kind for version in questions_of(panel)} == {"judge", "single"}


def test_rated_again_the_later_word_stands(panel, judges):
    rate(panel, judges[0], 80)
    rate(panel, judges[0], 75)

    assert Rating.objects.get().percent == 75
    assert result_of(panel).found is None


def test_what_is_refused_is_not_written(panel, judges, county_officer):
    first, *_ = questions_of(panel)
    other = make_version("single", stem="别的？")

    def say(version, percent, by=judges[0]):
        said = [Judgement(first.pk, 50), Judgement(version, percent)]
        return lambda: rate_questions(panel, said, by=by, at=NOON)

    assert refusal_of(say(first.pk, 101)) == "not-a-rating"
    assert refusal_of(say(first.pk, -1)) == "not-a-rating"
    assert refusal_of(say(other.pk, 50)) == "not-a-rating"
    assert refusal_of(say(first.pk, 50, by=county_officer)) == "not-a-judge"
    assert not Rating.objects.exists()


def test_a_panel_closes_when_all_is_rated_and_the_reasons_are_given(
    panel, judges, county_officer
):
    def close(reasons="多数试题难度适中。"):
        return close_panel(
            panel, cut_percent=60, reasons=reasons, by=county_officer, at=NOON
        )

    rate(panel, judges[0], 80, 50, 60, 70)
    rate(panel, judges[1], 60, 40, 50)
    assert refusal_of(close) == "ratings-missing"
    rate(panel, judges[1], 60, 40, 50, 60)
    assert refusal_of(lambda: close("  ")) == "no-reasons"
    assert not Panel.objects.get().is_closed

    closed = close()

    assert (closed.found_percent, closed.cut_percent) == (Decimal("58.75"), 60)
    assert (closed.closed_by, closed.reasons) == (county_officer, "多数试题难度适中。")
    assert close() == closed
    assert LogEntry.objects.filter(action="panel.closed").count() == 1
    assert refusal_of(lambda: rate(panel, judges[0], 10)) == "panel-closed"


def test_one_judge_is_no_panel_and_an_empty_cell_cannot_be_judged(
    panel, napo, judges, county_officer
):
    def convene(who, cells=CELLS, code="angoff"):
        return lambda: convene_panel(
            "又一组",
            division=napo.county,
            blueprint=make_blueprint(code, cells),
            release=panel.release,
            judges=who,
            by=county_officer,
            at=NOON,
        )

    lacking = [Cell("system", "single", 1, 2)]
    assert refusal_of(convene(judges[:1])) == "too-few-judges"
    assert refusal_of(convene([judges[0]] * 2)) == "too-few-judges"
    assert refusal_of(convene(judges, lacking, "lacking")) == "nothing-to-judge"
    assert Panel.objects.count() == 1


def test_a_pass_mark_rests_only_on_the_panel_that_set_it(
    panel, judges, county_officer, napo
):
    for judge in judges:
        rate(panel, judge, 60, 60, 60, 60)
    options = {"division": napo.county, "release": panel.release}
    same = SittingFactory(blueprint=panel.blueprint, pass_percent=60, **options)
    other_mark = SittingFactory(blueprint=panel.blueprint, pass_percent=70, **options)
    other_paper = SittingFactory(
        blueprint=make_blueprint("other", CELLS[:1]), pass_percent=60, **options
    )
    assert refusal_of(lambda: ground_pass_mark(same, panel, by=county_officer))
    panel = close_panel(
        panel, cut_percent=60, reasons="与评定一致。", by=county_officer, at=NOON
    )

    ground = ground_pass_mark(same, panel, by=county_officer)

    assert ground_pass_mark(same, panel, by=county_officer) == ground
    assert (same.pass_mark_ground.panel, PassMarkGround.objects.count()) == (panel, 1)
    for sitting in (other_mark, other_paper):
        code = refusal_of(
            lambda sitting=sitting: ground_pass_mark(sitting, panel, by=county_officer)
        )
        assert code == "ground-differs"


def page(name, panel):
    return reverse(f"exams:{name}", args=[panel.pk])


def test_a_panel_goes_its_way_on_the_pages(client, panel, judges, county_officer, napo):
    questions = questions_of(panel)
    for judge in judges:
        client.force_login(judge)
        shown = client.get(page("panel_rate", panel))
        assert questions[0].stem in shown.content.decode()
        said = {f"percent-{q.pk}": "60" for q in questions}
        answer = client.post(page("panel_rate", panel), said)
        assert answer.url == page("panel", panel)
    client.force_login(county_officer)
    assert client.get(page("panel", panel)).context["result"].found == 60
    client.post(page("panel_close", panel), {"cut_percent": 60, "reasons": "一致。"})
    panel.refresh_from_db()
    assert (panel.cut_percent, panel.reasons) == (60, "一致。")
    sitting = SittingFactory(
        division=napo.county,
        blueprint=panel.blueprint,
        release=panel.release,
        pass_percent=60,
    )

    client.post(page("panel_close", panel), {"sitting": sitting.pk})

    assert sitting.pass_mark_ground.panel == panel
    assert sitting.title in client.get(page("panel", panel)).content.decode()


def test_a_faulty_rating_is_told_and_what_was_typed_stays(client, panel, judges):
    first, second, *_ = questions_of(panel)
    client.force_login(judges[0])

    answer = client.post(
        page("panel_rate", panel),
        {f"percent-{first.pk}": "七十", f"percent-{second.pk}": "55"},
    )

    assert answer.status_code == 200
    assert 'value="七十"' in answer.content.decode()
    assert not Rating.objects.exists()


def test_an_office_convenes_a_panel_of_its_own_division(
    client, panel, judges, county_officer, napo
):
    def form(division):
        return {
            "title": "第二组",
            "division": division.code,
            "blueprint": panel.blueprint.pk,
            "release": panel.release.pk,
            "judges": [judge.pk for judge in judges],
        }

    client.force_login(county_officer)
    assert client.get(f"{LIST}new/").status_code == 200
    refused = client.post(f"{LIST}new/", form(napo.other_county))
    assert "division" in refused.context["form"].errors

    answer = client.post(f"{LIST}new/", form(napo.county))

    made = Panel.objects.get(title="第二组")
    assert answer.url == page("panel", made)
    assert set(made.judges.all()) == set(judges)


def test_strangers_find_no_panel(client, panel, judges, napo):
    pages = [page(name, panel) for name in ("panel", "panel_rate", "panel_close")]
    outsiders = [
        make_candidate(at=napo.village),
        UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county),
    ]
    for outsider in outsiders:
        client.force_login(outsider)
        assert [client.post(each).status_code for each in pages] == [404] * 3
        assert client.get(pages[0]).status_code == 404
    assert client.get(LIST).context["page"].object_list.count() == 0
    client.force_login(outsiders[0])
    assert client.get(LIST).status_code == 404


def test_only_judges_rate_and_only_the_office_closes(
    client, panel, judges, county_officer, napo
):
    client.force_login(county_officer)
    assert client.get(page("panel_rate", panel)).status_code == 403
    guest = UserFactory(role=Role.TRAINER, at=napo.other_county)
    panel.judges.add(guest)
    client.force_login(guest)

    assert client.get(page("panel_rate", panel)).status_code == 200
    assert client.post(page("panel_close", panel)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, panel, judges, county_officer, count, django_assert_num_queries
):
    for number in range(count - 1):
        convene_panel(
            f"第{number}组",
            division=panel.division,
            blueprint=panel.blueprint,
            release=panel.release,
            judges=judges,
            by=county_officer,
            at=NOON + timedelta(hours=number),
        )
    client.force_login(county_officer)

    with django_assert_num_queries(5):
        response = client.get(LIST)

    assert len(response.context["page"].object_list) == count


def test_a_sitting_says_why_its_pass_mark_is_there(napo):
    with pytest.raises(NoReasons) as caught:
        SittingFactory(division=napo.county, pass_mark_reasons="  ")

    assert caught.value.code == "no-reasons"
    assert not Sitting.objects.exists()


@pytest.fixture
def closed(panel, judges, county_officer):
    for judge in judges:
        rate(panel, judge, 60, 60, 60, 60)
    return close_panel(
        panel, cut_percent=60, reasons="与评定一致。", by=county_officer, at=NOON
    )


def sitting_of(panel, division, release=None):
    return SittingFactory(
        division=division, blueprint=panel.blueprint, release=release or panel.release
    )


def test_a_panel_of_another_release_is_a_ground_only_with_its_gaps_named(
    closed, county_officer, napo
):
    first = closed.release.versions.order_by("item__code").first()
    make_version(
        first.kind, code="ZZ-9", stem="新加的题？", difficulty=first.difficulty
    )
    sitting = sitting_of(closed, napo.county, make_release())
    by = {"by": county_officer}

    code = refusal_of(lambda: ground_pass_mark(sitting, closed, **by))
    ground = ground_pass_mark(sitting, closed, unjudged=["ZZ-9"], **by)

    assert code == "questions-unjudged"
    assert ground.unjudged == ["ZZ-9"]


def test_the_ground_stays_as_it_is_once_somebody_has_started(
    closed, county_officer, napo, informant
):
    sitting = sitting_of(closed, napo.county)
    AttemptFactory(sitting=sitting, candidate=informant)

    code = refusal_of(lambda: ground_pass_mark(sitting, closed, by=county_officer))

    assert code == "ground-frozen"
    assert not PassMarkGround.objects.exists()
