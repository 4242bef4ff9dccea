"""The offices that issue certificates write their templates in Wagtail's admin."""

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

GROUPS = {
    "county_office": "County offices",
    "city_office": "City offices",
    "region_office": "Region offices",
}


def admit_offices(apps, _schema_editor):
    today = timezone.localdate()
    doors = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    current = apps.get_model("accounts", "Grant").objects.filter(
        Q(until=None) | Q(until__gt=today), since__lte=today
    )
    for role, name in GROUPS.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*doors)
        people = current.filter(role=role).values_list("user", flat=True)
        group.user_set.add(*people.distinct())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_token_of_a_program"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(admit_offices, migrations.RunPython.noop)]
