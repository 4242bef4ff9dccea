from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0012_which_certificates_a_file_holds"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="claimed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
