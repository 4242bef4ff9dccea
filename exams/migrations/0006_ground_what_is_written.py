from django.db import migrations
from django.utils import timezone

from exams.domain.grounding import mark_for


def ground_all(apps, _schema_editor):
    """What is in the bank was written by the sections as they read today."""
    versions = apps.get_model("exams", "ItemVersion").objects.filter(groundings=None)
    grounding = apps.get_model("exams", "Grounding")
    now = timezone.now()
    grounding.objects.bulk_create(
        [
            grounding(
                version=each, mark=mark_for(each.edition, tuple(each.cites)), at=now
            )
            for each in versions.only("edition", "cites")
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("exams", "0005_key_revisions_and_groundings")]

    operations = [migrations.RunPython(ground_all, migrations.RunPython.noop)]
