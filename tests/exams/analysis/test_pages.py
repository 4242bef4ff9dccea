from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from python_calamine import CalamineWorkbook

from accounts.enums import Role
from exams.domain.analysis.counting import count_finished
from exams.domain.analysis.reading import item_analysis_of, uses_of
from exams.domain.answering import Answer, open_room, save_answers
from exams.domain.finishing import submit_attempt
from exams.domain.starting import start_attempt
from exams.models import CountedAttempt, Item, ItemVersion
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.exams import (
    AttemptFactory,
    SittingFactory,
    make_candidate,
    make_version,
    right_value,
)

pytestmark = pytest.mark.django_db
CLAUSES = "/exams/analysis/sections/"


@pytest.fixture
def yesterday():
    return timezone.now() - timedelta(days=1)


@pytest.fixture
def sitting(napo, yesterday):
    """Over: four people of Napo, two of another county."""
    sitting = SittingFactory(division=napo.region, opens_at=yesterday)
    for place, rights in (
        (napo.village, (True, True, False, False)),
        (DivisionFactory(code="451027100201"), (True, False)),
    ):
        for right in rights:
            AttemptFactory(
                sitting=sitting,
                candidate=make_candidate(at=place),
                started_at=yesterday + timedelta(minutes=1),
                right=right,
            )
    return sitting


def analysis(sitting):
    return reverse("exams:analysis", args=[sitting.pk])


def item(version):
    return reverse("exams:item", args=[version.pk])


def a_version(sitting, kind="single") -> ItemVersion:
    paper = sitting.attempts.first().questions
    return ItemVersion.objects.get(pk=next(q.version for q in paper if q.kind == kind))


def test_a_sittings_statistics_are_those_of_ones_own_people(
    client, sitting, county_officer, region_officer
):
    client.force_login(county_officer)
    own = client.get(analysis(sitting)).context["analysis"]
    client.force_login(region_officer)
    all_of_them = client.get(analysis(sitting)).context["analysis"]

    assert (own.count, own.passed) == (4, 2)
    assert (all_of_them.count, all_of_them.passed) == (6, 3)
    assert sum(line.figures.count for line in own.lines) == 4 * 5
    assert CountedAttempt.objects.count() == 6


@pytest.mark.parametrize(
    ("name", "heading"), [("analysis", "统计分析"), ("similarity", "雷同答卷分析")]
)
def test_what_waits_for_the_end_of_a_sitting_is_called_by_its_name(
    client, napo, region_officer, name, heading
):
    running = SittingFactory(division=napo.region, opens_at=timezone.now())
    client.force_login(region_officer)

    page = client.get(reverse(f"exams:{name}", args=[running.pk])).content.decode()

    assert f"<h1>{heading}</h1>" in page
    assert f'<li class="crumbs__item" aria-current="page">{heading}</li>' in page
    assert "尚未到时候" in page


def test_papers_that_allow_no_estimate_say_so_instead_of_a_number_below_zero(
    client, napo, yesterday, region_officer
):
    sitting = SittingFactory(division=napo.region, opens_at=yesterday)
    for _each in range(3):
        AttemptFactory(
            sitting=sitting,
            candidate=make_candidate(at=napo.village),
            started_at=yesterday + timedelta(minutes=1),
            right=True,
        )
    client.force_login(region_officer)

    page = client.get(analysis(sitting)).content.decode()
    book = client.get(reverse("exams:analysis_book", args=[sitting.pk]))

    assert "<dd>无法估计</dd>" in page
    assert "参考人数太少，或参考人员水平相近时会这样" in page
    # By chance all may have drawn the same paper: then it is KR-20 that cannot be told.
    said = [row[1] for row in sheets_in(book)["试卷"] if "信度" in str(row[0])]
    assert said == ["无法估计"]


def test_months_are_written_as_people_write_them(client, sitting, region_officer):
    count_finished(sitting, at=timezone.now())
    client.force_login(region_officer)
    month = date_format(timezone.localdate(sitting.opens_at), "Y年n月")

    page = client.get(item(a_version(sitting))).content.decode()

    assert f'<th scope="row">{month}</th>' in page


@pytest.mark.parametrize("role", [Role.INFORMANT, Role.TOWNSHIP_OFFICE])
def test_strangers_find_nothing(client, sitting, napo, role):
    client.force_login(UserFactory(role=role, at=napo.village))

    pages = [analysis(sitting), item(a_version(sitting)), CLAUSES]
    pages += [
        reverse("exams:analysis_book", args=[sitting.pk]),
        reverse("exams:item_book", args=[a_version(sitting).pk]),
        reverse("exams:clauses_book"),
    ]

    assert [client.get(page).status_code for page in pages] == [404] * 6


def test_another_countys_office_finds_nothing_of_a_countys_sitting(
    client, napo, yesterday
):
    sitting = SittingFactory(division=napo.county, opens_at=yesterday)
    AttemptFactory(
        sitting=sitting,
        candidate=make_candidate(at=napo.village),
        started_at=yesterday,
        right=True,
    )
    version = a_version(sitting)
    client.force_login(UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county))

    assert client.get(analysis(sitting)).status_code == 404
    assert client.get(item(version)).status_code == 404
    assert client.get(CLAUSES, {"sitting": sitting.pk}).status_code == 404
    assert client.get(CLAUSES).context["rows"] == []


def test_while_somebody_can_sit_nothing_is_shown(client, napo, county_officer):
    now = timezone.now()
    sitting = SittingFactory(division=napo.county, opens_at=now - timedelta(hours=1))
    attempt = AttemptFactory(
        sitting=sitting,
        candidate=make_candidate(at=napo.village),
        started_at=now - timedelta(minutes=30),
        right=True,
    )
    count_finished(sitting, at=now)
    version = a_version(sitting)
    client.force_login(county_officer)

    page = client.get(analysis(sitting))

    assert page.status_code == 200
    assert version.stem not in page.content.decode()
    assert client.get(item(version)).status_code == 404
    book = client.get(reverse("exams:analysis_book", args=[sitting.pk]))
    assert book.status_code == 404
    assert client.get(CLAUSES).context["rows"] == []
    assert attempt.passed


def test_whoever_sits_an_exam_reads_no_keys(client, sitting, napo, county_officer):
    now = timezone.now()
    running = SittingFactory(division=napo.county, opens_at=now - timedelta(hours=1))
    start_attempt(running, by=county_officer, at=now)
    client.force_login(county_officer)

    for page in (analysis(sitting), item(a_version(sitting)), CLAUSES):
        assert client.get(page).status_code == 403


def test_a_question_shows_its_figures_beside_it(client, sitting, county_officer):
    version = a_version(sitting)
    client.force_login(county_officer)
    client.get(analysis(sitting))

    response = client.get(item(version))

    page = response.content.decode()
    asked = sitting.attempts.within("451026")
    wanted = sum(version.pk in {q.version for q in each.questions} for each in asked)
    shown = response.context["analysis"]
    assert version.stem in page
    assert shown.figures.count == wanted > 0
    assert [o.is_right for o in shown.options] == [False, True, False, False, False]
    assert [each.pk for each, _figures in shown.sittings] == [sitting.pk]
    assert page.count('<svg class="plot') == 2


def test_a_question_nobody_of_ones_people_had_is_not_found(
    client, sitting, county_officer
):
    other = ItemVersion.objects.exclude(
        pk__in={q.version for each in sitting.attempts.all() for q in each.questions}
    )
    client.force_login(county_officer)
    client.get(analysis(sitting))

    assert client.get(item(a_version(sitting))).status_code == 200
    for version in other:
        assert client.get(item(version)).status_code == 404
    assert client.get("/exams/analysis/questions/999999/").status_code == 404


def test_the_report_counts_right_answers_by_section_and_county(
    client, sitting, region_officer, napo
):
    count_finished(sitting, at=timezone.now())
    client.force_login(region_officer)

    context = client.get(CLAUSES).context

    # Five questions a paper, all citing the same section; three of six all right.
    ((row),) = context["rows"]
    assert row["citation"] == "解读 四(一)2"
    assert (row["known"].count, row["known"].right) == (30, 15)
    assert row["known"].to_teach
    assert [
        (each["county"].code, each["known"].count, each["known"].right)
        for each in context["county_rows"]
    ] == [("451026", 20, 10), ("451027", 10, 5)]


def test_the_report_of_one_county(client, sitting, region_officer):
    count_finished(sitting, at=timezone.now())
    client.force_login(region_officer)

    context = client.get(CLAUSES, {"county": "451027", "sitting": sitting.pk}).context

    ((row),) = context["rows"]
    assert (row["known"].count, row["known"].right) == (10, 5)
    assert not row["known"].to_teach  # too few to judge


def sheets_in(response):
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_of_a_sitting_holds_what_the_page_shows(
    client, sitting, county_officer
):
    client.force_login(county_officer)
    shown = client.get(analysis(sitting)).context["analysis"]

    response = client.get(reverse("exams:analysis_book", args=[sitting.pk]))

    papers, questions, options = sheets_in(response).values()
    assert papers[1][1] == shown.count == 4
    assert [row[0] for row in questions[1:]] == [str(x.version) for x in shown.lines]
    assert [row[2] for row in questions[1:]] == [x.figures.count for x in shown.lines]
    assert [row[3] for row in questions[1:]] == pytest.approx(
        [line.figures.facility for line in shown.lines]
    )
    assert len(options) - 1 == sum(len(line.options) for line in shown.lines)


def test_the_workbook_of_a_question_and_of_the_sections(
    client, sitting, county_officer
):
    client.force_login(county_officer)
    client.get(analysis(sitting))
    version = a_version(sitting)

    question = sheets_in(client.get(reverse("exams:item_book", args=[version.pk])))
    sections = sheets_in(client.get(reverse("exams:clauses_book")))

    assert [len(rows) for rows in question.values()][:2] == [2, 6]
    first, by_county = sections.values()
    assert first[1][:4] == ["解读 四(一)2", 20, 10, 0.5]
    assert by_county[1][1:4] == ["解读 四(一)2", 20, 10]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_its_length(
    client, napo, county_officer, yesterday, count, django_assert_num_queries
):
    sitting = SittingFactory(division=napo.county, opens_at=yesterday)
    for _attempt in range(count):
        AttemptFactory(
            sitting=sitting,
            candidate=make_candidate(at=napo.village),
            started_at=yesterday,
            right=True,
        )
    count_finished(sitting, at=timezone.now())
    client.force_login(county_officer)

    # user, grants, running attempts, sitting, is it over, outstanding,
    # papers, items, cities, revised keys, tally.
    with django_assert_num_queries(11):
        response = client.get(analysis(sitting))

    assert response.context["analysis"].count == count


def test_a_wrong_key_stands_out(client, napo, region_officer, yesterday):
    """All have the same questions; the strong err in the true-or-false one only."""
    for kind in ("judge", "single", "single", "multiple", "numeric"):
        make_version(kind, stem=f"{kind} {Item.objects.count()}？")
    sitting = SittingFactory(division=napo.region, opens_at=yesterday)
    for number in range(40):
        answer_with_key_swapped(sitting, yesterday, strong=number % 2 == 0)
    client.force_login(region_officer)

    shown = client.get(analysis(sitting)).context["analysis"]

    flags = {line.version.item.code: set(line.flags) for line in shown.lines}
    assert flags.pop("judge-1") >= {"miskey", "weak"}
    assert "miskey" not in set().union(*flags.values())
    assert shown.is_fixed
    assert shown.reliability.method == "alpha"


def answer_with_key_swapped(sitting, yesterday, *, strong):
    candidate = make_candidate(at=DivisionFactory(code="451026100201"))
    attempt = start_attempt(sitting, by=candidate, at=yesterday)
    epoch = open_room(attempt, at=yesterday).epoch
    answers = [
        Answer(q.no, right_value(q, strong != (q.kind == "judge")), epoch, q.no)
        for q in attempt.questions
    ]
    save_answers(attempt.uuid, answers, by=candidate, at=yesterday)
    later = yesterday + timedelta(minutes=10)
    return submit_attempt(attempt, by=candidate, at=later)


def test_a_sitting_nobody_came_to_has_no_statistics(
    client, napo, county_officer, yesterday
):
    empty = SittingFactory(division=napo.county, opens_at=yesterday)
    client.force_login(county_officer)

    page = client.get(analysis(empty))

    assert page.context["analysis"].count == 0
    assert '<svg class="plot' not in page.content.decode()


def test_the_use_beside_a_question_is_what_its_analysis_says(
    sitting, county_officer, informant, django_assert_num_queries
):
    now = timezone.now()
    count_finished(sitting, at=now)
    versions = list(ItemVersion.objects.all())
    told = {"for_user": county_officer, "at": now}
    wanted = {each.pk: item_analysis_of(each, **told) for each in versions}
    wanted = {pk: each for pk, each in wanted.items() if each}

    with django_assert_num_queries(1):
        uses = uses_of(versions, **told)

    assert uses.keys() == wanted.keys()
    for pk, use in uses.items():
        assert use.figures == wanted[pk].figures
        assert use.sittings == wanted[pk].sittings
        assert use.sittings[0][0] == sitting
    assert uses_of(versions, for_user=informant, at=now) == {}
