from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0011_photos"),
    ]

    operations = [
        migrations.AddField(
            model_name="batchfile",
            name="digest",
            # Files made before hold nobody knows whom, and are made anew when asked for.
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
