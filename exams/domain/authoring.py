"""Who finds the question bank in Wagtail's admin."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from exams.models import Item

# The group that ``accounts`` keeps in step with the trainer's role.
TRAINERS = "Trainers"
ACTS = ("view_item", "add_item", "change_item")


def open_bank_to_trainers() -> None:
    """Let the trainers' group into the admin and to the bank; safe to repeat."""
    group, _is_new = Group.objects.get_or_create(name=TRAINERS)
    bank = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(Item), codename__in=ACTS
    )
    door = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    group.permissions.add(*bank, *door)
