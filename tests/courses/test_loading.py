from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Revision, Site

from accounts.domain.granting import grant_role
from accounts.enums import Role
from courses.domain import loading
from courses.domain.founding import found_site
from courses.domain.loading import load_courses
from courses.errors import UnreadableContent
from courses.models import CourseIndexPage, CoursePage, LessonPage, LoadedFile
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def titles(course):
    return [page.title for page in course.get_children().order_by("path")]


def test_the_starter_courses_load_as_live_pages_in_the_order_of_their_files():
    loaded = load_courses()

    files = sorted(loading.CONTENT.glob("*/*.md"))
    assert len(loaded.created) == len(files)
    assert [c.slug for c in CoursePage.objects.live().in_order()] == [
        "policy",
        "entry",
        "system",
        "standards",
    ]
    for course in CoursePage.objects.all():
        names = sorted(f.stem[3:] for f in loading.CONTENT.glob(f"{course.slug}/0*"))
        children = course.get_children().live().order_by("path")
        assert sorted(p.slug for p in children) == names
    assert all(lesson.checks for lesson in LessonPage.objects.all())


def test_loading_twice_changes_nothing(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    revisions = Revision.objects.count()

    loaded = load_courses(content.folder)

    assert loaded.unchanged == ["政策", "一"]
    assert (loaded.created, loaded.updated, loaded.kept) == ([], [], [])
    assert Revision.objects.count() == revisions


def test_a_changed_file_updates_its_page(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    content.lesson("01-one", "一", "另一段。")

    loaded = load_courses(content.folder)

    assert loaded.updated == ["一"]
    assert LessonPage.objects.get().body[0].value.source == "<p>另一段。</p>\n"


def test_a_changed_file_keeps_the_ids_of_its_self_checks(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    before = list(LessonPage.objects.get().checks)
    content.lesson("01-one", "一", "## 新的标题\n\n另一段。")

    load_courses(content.folder)

    assert list(LessonPage.objects.get().checks) == before


def test_a_new_file_takes_its_place_between_the_others(content):
    content.lesson("01-one", "一")
    content.lesson("03-three", "三")
    load_courses(content.folder)
    content.lesson("02-two", "二")

    loaded = load_courses(content.folder)

    assert loaded.created == ["二"]
    assert titles(CoursePage.objects.get()) == ["一", "二", "三"]


def test_a_page_that_a_trainer_published_is_kept_and_named(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    page = LessonPage.objects.get()
    page.summary = "教员改写的简介"
    page.save_revision().publish()
    content.lesson("01-one", "一", "另一段。")

    loaded = load_courses(content.folder)

    assert loaded.kept == ["一"]
    assert loaded.updated == []
    page.refresh_from_db()
    assert page.summary == "教员改写的简介"
    assert page.body[0].value.source == "<p>正文一段。</p>\n"


def test_a_page_with_a_trainers_draft_is_kept(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    page = LessonPage.objects.get()
    page.title = "草稿里的新题目"
    page.save_revision()
    content.lesson("01-one", "一", "另一段。")

    loaded = load_courses(content.folder)

    assert (loaded.kept, loaded.updated) == (["一"], [])
    assert page.get_latest_revision_as_object().title == "草稿里的新题目"


def test_a_page_that_a_trainer_deleted_stays_away(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    LessonPage.objects.get().delete()

    loaded = load_courses(content.folder)

    assert loaded.left_out == ["一"]
    assert not LessonPage.objects.exists()


def test_the_lessons_of_a_deleted_course_stay_away_with_it(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    CoursePage.objects.get().delete()

    loaded = load_courses(content.folder)

    assert loaded.left_out == ["政策", "一"]
    assert not LessonPage.objects.exists()


def test_a_page_that_a_trainer_moved_is_updated_where_it_stands(content):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    other = found_site().add_child(instance=CoursePage(title="别的", summary="别的"))
    LessonPage.objects.get().move(other, pos="last-child")
    content.lesson("01-one", "一", "另一段。")

    loaded = load_courses(content.folder)

    assert loaded.updated == ["一"]
    assert LessonPage.objects.get().get_parent().title == "别的"


def test_a_taken_address_gets_a_number(content):
    content.lesson("01-one", "一")
    course = found_site().add_child(
        instance=CoursePage(title="手写", slug="policy", summary="手写")
    )

    load_courses(content.folder)

    loaded = CoursePage.objects.exclude(pk=course.pk).get()
    assert (loaded.title, loaded.slug) == ("政策", "policy-1")


def test_one_unreadable_file_writes_nothing_at_all(content):
    content.lesson("01-one", "一")
    content.lesson("02-two", "二", "::: note\n话\n:::")

    with pytest.raises(UnreadableContent) as caught:
        load_courses(content.folder)

    assert caught.value.code == "unreadable-content"
    assert not LessonPage.objects.exists()
    assert not LoadedFile.objects.exists()


def test_the_site_is_founded_where_nothing_is():
    Site.objects.all().delete()
    Page.objects.all().delete()
    Locale.objects.all().delete()

    index = found_site()

    assert Site.objects.get(is_default_site=True).root_page_id == index.pk
    assert Locale.objects.get().language_code == "zh-hans"
    assert index.url == "/courses/"


def test_founding_twice_is_founding_once():
    first, second = found_site(), found_site()

    assert first == second
    assert CourseIndexPage.objects.count() == 1


def test_a_trainer_may_write_lessons_and_an_informant_may_not(content, napo):
    content.lesson("01-one", "一")
    load_courses(content.folder)
    trainer, informant = UserFactory(), UserFactory()
    since = date(2020, 1, 1)
    grant_role(trainer, Role.TRAINER, division=napo.region, by=None, on=since)
    grant_role(informant, Role.INFORMANT, division=napo.village, by=None, on=since)

    page = LessonPage.objects.get()

    allowed = page.permissions_for_user(trainer)
    assert (allowed.can_edit(), allowed.can_publish()) == (True, True)
    assert trainer.has_perm("wagtailadmin.access_admin")
    assert not page.permissions_for_user(informant).can_edit()
    assert not informant.has_perm("wagtailadmin.access_admin")


def test_the_command_tells_what_became_of_each_page(content, capsys):
    content.lesson("01-one", "一")
    content.lesson("02-two", "二")
    call_command("load_courses", content=content.folder)
    LessonPage.objects.get(title="一").delete()
    edited = LessonPage.objects.get(title="二")
    edited.minutes = 5
    edited.save_revision().publish()
    capsys.readouterr()

    call_command("load_courses", content=content.folder)

    assert capsys.readouterr().out.splitlines() == [
        "kept, edited since it was loaded: 二",
        "left out, deleted since it was loaded: 一",
        "0 pages created, 0 updated, 1 unchanged, 1 kept as edited, 1 left out",
    ]


def test_the_command_names_the_file_that_it_cannot_read(content):
    content.lesson("01-one", "一", "::: note\n话\n:::")

    with pytest.raises(CommandError, match=r"policy/01-one\.md"):
        call_command("load_courses", content=content.folder)
