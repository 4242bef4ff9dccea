from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0016_keep_the_household_of_a_draft")]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="extended_until",
            field=models.DateTimeField(
                editable=False,
                help_text="The last start anywhere, where an extension puts it off.",
                null=True,
                verbose_name="starts until",
            ),
        ),
    ]
