from django.db import migrations, models


def keep_words(apps, schema_editor):
    """What was said in a worker's language stays as it was said; Python's own words
    give way to ours."""
    for name in ("BatchItem", "BundleOrder"):
        kind = apps.get_model("certificates", name)
        for row in kind.objects.exclude(reason="").iterator(chunk_size=1000):
            code = getattr(row, "code", "")
            row.refusal = {"code": code}
            if code != "unexpected":
                row.refusal["words"] = row.reason
            row.save(update_fields=["refusal"])


class Migration(migrations.Migration):

    dependencies = [("certificates", "0015_indexes_that_counting_reads")]

    operations = [
        migrations.AddField("batchitem", "refusal", models.JSONField(null=True)),
        migrations.AddField("bundleorder", "refusal", models.JSONField(null=True)),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
        migrations.RemoveField("batchitem", "reason"),
        migrations.RemoveField("bundleorder", "reason"),
        migrations.AlterField(
            "certificate",
            "office_name",
            models.CharField(max_length=211, verbose_name="issuing office"),
        ),
        migrations.AlterField(
            "appeal",
            "answering_office",
            models.CharField(
                blank=True, max_length=211, verbose_name="office that answered"
            ),
        ),
    ]
