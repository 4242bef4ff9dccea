from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model

from accounts.domain.granting import grant_role
from accounts.enums import Role
from courses.domain.loading import load_courses
from courses.domain.progressing import answer_check, complete_lesson
from courses.models import CheckAnswer, LessonCompletion, LessonPage, LessonVisit
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    CourseFactory,
    LessonFactory,
    check_block,
    check_id,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LARGEST_PAGE = 60_000  # with styles and scripts a lesson stays under 150 kB
pytestmark = pytest.mark.django_db


def answer_url(lesson, prompt):
    return reverse("courses:answer_check", args=[lesson.pk, check_id(prompt)])


@pytest.fixture
def reader(client, informant):
    client.force_login(informant)
    return client


@pytest.mark.parametrize("place", ["index", "course", "lesson"])
def test_the_courses_are_for_people_who_signed_in(client, place):
    lesson = LessonFactory()
    course = lesson.get_parent()
    page = {"index": course.get_parent(), "course": course, "lesson": lesson}[place]

    response = client.get(page.url)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_reading_a_lesson_notes_the_visit(reader, informant):
    lesson = LessonFactory()

    response = reader.get(lesson.url)

    assert response.status_code == 200
    visit = LessonVisit.objects.get()
    assert (visit.person, visit.lesson) == (informant, lesson)


def test_a_lesson_that_is_not_published_is_not_found(reader):
    lesson = LessonFactory(live=False, checks=["问"])

    read = reader.get(lesson.url)
    answered = reader.post(answer_url(lesson, "问"), {"chosen": "0"})
    completed = reader.post(reverse("courses:complete_lesson", args=[lesson.pk]))

    assert [r.status_code for r in (read, answered, completed)] == [404, 404, 404]
    assert not LessonVisit.objects.exists()
    assert not CheckAnswer.objects.exists()


def test_a_lesson_shows_every_kind_of_block(reader):
    course = CourseFactory()  # documents lie in its site's collection
    document = get_document_model().objects.create(
        title="登记表", file=ContentFile(b"form", name="form.pdf")
    )
    rich = "<p>话</p>"
    blocks = [
        ("heading", "小标题甲"),
        ("text", "<p>正文乙</p>"),
        ("callout", {"kind": "mistake", "title": "提示丙", "text": rich}),
        ("citation", {"ref": "解读 六", "attested": "public", "text": rich}),
        (
            "table",
            {
                "columns": [{"type": "text", "heading": "表头丁"}] * 2,
                "rows": [{"values": ["<p>行头</p>", "<p>格</p>"]}],
                "caption": "表名戊",
            },
        ),
        ("download", {"document": document.pk, "text": "用途己"}),
        ("video", {"document": document.pk, "title": "影片庚", "transcript": rich}),
    ]
    lesson = LessonFactory(
        course=course, blocks=[{"type": kind, "value": value} for kind, value in blocks]
    )

    page = reader.get(lesson.url).content.decode()

    assert "<h2>小标题甲</h2>" in page
    assert "<p>正文乙</p>" in page
    assert "callout--mistake" in page
    assert "解读 六" in page
    assert "公开资料" in page
    assert '<caption class="visually-hidden">表名戊</caption>' in page
    assert '<th scope="row"><p>行头</p></th>' in page
    assert '<td data-label="表头丁"><p>格</p></td>' in page
    assert "用途己" in page
    assert f'src="{document.url}"' in page


def test_a_lesson_does_not_tell_the_answer_before_it_is_given(reader):
    lesson = LessonFactory(checks=["问一"])

    page = reader.get(lesson.url).content.decode()

    assert "选项0" in page
    assert "问一的理由" not in page


def test_an_answer_by_plain_form_leads_back_to_the_question(reader):
    lesson = LessonFactory(checks=["问一"])

    response = reader.post(answer_url(lesson, "问一"), {"chosen": "1"})

    assert response.status_code == 302
    assert response["Location"] == f"{lesson.url}#check-{check_id('问一')}"
    page = reader.get(lesson.url).content.decode()
    assert "答错了" in page
    assert "<strong>选项0</strong>" in page
    assert "问一的理由" in page


def test_an_answer_by_script_brings_the_question_and_the_lessons_end(reader):
    lesson = LessonFactory(checks=["问一", "问二"])

    response = reader.post(
        answer_url(lesson, "问一"), {"chosen": "0"}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "答对了" in page
    assert 'hx-swap-oob="true"' in page
    assert "还有1题没有作答" in page
    assert "问二" not in page
    assert "<html" not in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_empty_answer_is_refused_at_the_question(reader, headers):
    lesson = LessonFactory(blocks=[check_block("问一", kind="multiple", right=(0, 1))])

    response = reader.post(answer_url(lesson, "问一"), {}, headers=headers)

    assert response.status_code == (200 if headers else 422)
    assert f'id="refusal-{check_id("问一")}"' in response.content.decode()
    assert "请先选择答案。" in response.content.decode()
    assert not CheckAnswer.objects.exists()


def test_several_right_answers_stand_apart_as_in_chinese(reader):
    lesson = LessonFactory(blocks=[check_block("问一", kind="multiple", right=(0, 1))])

    answered = reader.post(answer_url(lesson, "问一"), {"chosen": "2"}, follow=True)

    assert "</strong>；<strong>" in answered.content.decode()


def test_a_question_that_is_gone_says_so(reader):
    lesson = LessonFactory(checks=["问一"])

    response = reader.post(
        answer_url(lesson, "旧题"), {"chosen": "0"}, headers={"HX-Request": "true"}
    )

    assert "这道题已不在本课中" in response.content.decode()


def test_a_lesson_with_an_open_question_is_not_completed(reader):
    lesson = LessonFactory(checks=["问一"])
    url = reverse("courses:complete_lesson", args=[lesson.pk])

    response = reader.post(url, follow=True)

    assert "请先答完自测题：共1题，还有1题没有作答。" in response.content.decode()
    assert not LessonCompletion.objects.exists()


def test_completing_a_lesson_shows_what_comes_next(reader, informant):
    course = CourseFactory()
    lesson = LessonFactory(course=course, checks=["问一"])
    following = LessonFactory(course=course, title="接下来这一课")
    answer_check(lesson, check_id("问一"), chosen=[0], by=informant, at=NOW)
    url = reverse("courses:complete_lesson", args=[lesson.pk])

    response = reader.post(url, follow=True)

    assert LessonCompletion.objects.get().lesson == lesson
    assert response.redirect_chain == [(f"{lesson.url}#lesson-end", 302)]
    assert f'href="{following.url}"' in response.content.decode()


@pytest.mark.parametrize("name", ["answer_check", "complete_lesson"])
def test_acts_are_not_done_by_reading(reader, name):
    lesson = LessonFactory(checks=["问一"])
    args = [lesson.pk, check_id("问一")] if name == "answer_check" else [lesson.pk]

    assert reader.get(reverse(f"courses:{name}", args=args)).status_code == 405


def test_going_on_leads_to_the_next_lesson_and_at_the_end_to_the_courses(
    reader, informant
):
    lesson = LessonFactory()
    before = reader.get(reverse("courses:resume"))
    complete_lesson(lesson, by=informant, at=NOW)

    after = reader.get(reverse("courses:resume"))

    assert (before["Location"], after["Location"]) == (lesson.url, "/courses/")


def test_the_index_shows_how_far_one_is(reader, informant):
    course = CourseFactory(title="政策课")
    complete_lesson(LessonFactory(course=course), by=informant, at=NOW)
    LessonFactory(course=course, minutes=7)

    page = reader.get("/courses/").content.decode()

    assert "政策课" in page
    assert "1 / 2" in page
    assert "还需约7分钟" in page


def test_a_course_shows_its_lessons_as_a_line_of_stations(reader, informant):
    course = CourseFactory()
    done = LessonFactory(course=course, title="学过的课")
    due = LessonFactory(course=course, title="该学的课", minutes=7)
    LessonFactory(course=course, title="后面的课")
    complete_lesson(done, by=informant, at=NOW)

    response = reader.get(course.url)

    page = response.content.decode()
    places = [page.index(title) for title in ("学过的课", "该学的课", "后面的课")]
    assert places == sorted(places)
    states = [stop["state"] for stop in response.context["stops"]]
    assert states == ["done", "current", "next"]
    assert page.count(f'href="{due.url}"') == 2  # its station and the main button
    assert "1 / 3" in page


def test_a_completed_course_leads_on_along_the_path(reader, informant):
    first, second = CourseFactory(order=1), CourseFactory(order=2)
    lesson = LessonFactory(course=first)
    last = LessonFactory(course=second)
    complete_lesson(lesson, by=informant, at=NOW)

    between = reader.get(first.url).content.decode()
    complete_lesson(last, by=informant, at=NOW)
    after = reader.get(first.url).content.decode()

    assert "学下一门课程" in between
    assert "必修课时已全部学完" in after
    assert f'href="{reverse("exercises:index")}"' in after


def test_a_course_without_lessons_says_so(reader):
    page = reader.get(CourseFactory().url).content.decode()

    assert "还没有课时" in page


def test_an_empty_index_says_what_to_do(reader):
    CourseFactory().delete()

    assert "还没有课程" in reader.get("/courses/").content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_index_costs_the_same_for_one_course_and_for_three(
    reader, size, django_assert_num_queries
):
    for _each in range(size):
        course = CourseFactory()
        for _lesson in range(size):
            LessonFactory(course=course)
    reader.get("/courses/")

    with django_assert_num_queries(10):
        reader.get("/courses/")


@pytest.mark.parametrize("size", [1, 3])
def test_a_lesson_costs_the_same_for_one_question_and_for_three(
    reader, informant, size, django_assert_num_queries
):
    prompts = [f"问{n}" for n in range(size)]
    lesson = LessonFactory(checks=prompts)
    for prompt in prompts:
        answer_check(lesson, check_id(prompt), chosen=[0], by=informant, at=NOW)
    reader.get(lesson.url)

    with django_assert_num_queries(17):
        reader.get(lesson.url)


def test_every_lesson_of_the_starter_courses_fits_a_weak_phone(reader):
    load_courses()

    sizes = [len(reader.get(page.url).content) for page in LessonPage.objects.all()]

    assert len(sizes) >= 15
    assert max(sizes) < LARGEST_PAGE


def test_a_trainer_previews_a_lesson_without_leaving_a_trace(client, napo):
    trainer = UserFactory()
    since = date(2020, 1, 1)
    lesson = LessonFactory(checks=["问一"])
    grant_role(trainer, Role.TRAINER, division=napo.region, by=None, on=since)
    client.force_login(trainer)
    lesson.save_revision(user=trainer)

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))

    page = response.content.decode()
    assert response.status_code == 200
    assert "<fieldset disabled>" in page
    assert "问一的理由" in page
    assert not LessonVisit.objects.exists()


def test_a_trainer_opens_a_lesson_in_the_editor_and_an_informant_does_not(
    client, napo, informant
):
    lesson = LessonFactory(checks=["问一"])
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    trainer = UserFactory()
    since = date(2020, 1, 1)
    grant_role(trainer, Role.TRAINER, division=napo.region, by=None, on=since)

    client.force_login(trainer)
    allowed = client.get(url)
    client.force_login(informant)
    refused = client.get(url)

    assert (allowed.status_code, refused.status_code) == (200, 302)


@pytest.mark.parametrize("what", ["lesson", "course"])
@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_what_somebody_completed_is_not_deleted_in_the_admin(
    client, napo, informant, what, way
):
    administrator = UserFactory()
    grant_role(
        administrator,
        Role.ADMINISTRATOR,
        division=napo.region,
        by=None,
        on=date(2020, 1, 1),
    )
    lesson = LessonFactory()
    complete_lesson(lesson, by=informant, at=NOW)
    page = lesson if what == "lesson" else lesson.get_parent()
    client.force_login(administrator)
    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    if way == "in bulk":
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        url = f"{bulk}?id={page.pk}&next=/admin/"

    response = client.post(url, follow=True)

    assert "请取消发布，不要删除" in response.content.decode()
    assert LessonPage.objects.filter(pk=lesson.pk).exists()
    assert LessonCompletion.objects.exists()


def test_what_nobody_completed_may_be_deleted(client, napo):
    trainer = UserFactory()
    since = date(2020, 1, 1)
    lesson = LessonFactory()
    grant_role(trainer, Role.TRAINER, division=napo.region, by=None, on=since)
    client.force_login(trainer)

    client.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))

    assert not LessonPage.objects.exists()
