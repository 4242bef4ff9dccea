from django.db import migrations


class Migration(migrations.Migration):
    """The choice of a person is what a certificate follows from: it is kept there."""

    dependencies = [("rosters", "0002_acting_cover_with_its_last_day")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("selection", "certificates_selection")
            ],
            state_operations=[migrations.DeleteModel("Selection")],
        )
    ]
