"""The ground the courses stand on: language, root, site, and what trainers may do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)

from accounts.domain.granting import GROUPS
from accounts.enums import Role
from courses.models import CourseIndexPage

LANGUAGE = "zh-hans"
TITLE = "课程"  # content, like the lessons: written in their language
TRAINERS = GROUPS[Role.TRAINER]
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page")
COLLECTION_PERMISSIONS = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


@transaction.atomic
def found_site() -> CourseIndexPage:
    """Return the course index, the root of the default site; made where absent."""
    locale, _made = Locale.objects.get_or_create(language_code=LANGUAGE)
    index = CourseIndexPage.objects.first() or make_index(locale)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="localhost", port=80, root_page=index, is_default_site=True
        )
    elif site.root_page_id != index.pk:
        site.root_page = index
        site.save()
    admit_trainers(index)
    return index


def make_index(locale: Locale) -> CourseIndexPage:
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    remove_welcome(root)
    index = CourseIndexPage(title=TITLE, slug="courses", locale=locale)
    root.add_child(instance=index)
    index.save_revision().publish()
    return index


def remove_welcome(root: Page) -> None:
    """Take away the page that a fresh Wagtail greets with, if nobody built on it."""
    for page in root.get_children():
        if type(page.specific) is Page and page.slug == "home" and not page.numchild:
            page.delete()
            root.refresh_from_db()


def admit_trainers(index: CourseIndexPage) -> None:
    """Let the trainers' group write below the index, with pictures and papers."""
    group, _made = Group.objects.get_or_create(name=TRAINERS)
    group.permissions.add(permission("wagtailadmin", "access_admin"))
    for codename in PAGE_PERMISSIONS:
        GroupPagePermission.objects.get_or_create(
            group=group, page=index, permission=permission("wagtailcore", codename)
        )
    everything = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for app, codenames in COLLECTION_PERMISSIONS.items():
        for codename in codenames:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=everything, permission=permission(app, codename)
            )


def permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
