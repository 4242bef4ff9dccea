import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import divisions.fields

SELECTION = migrations.CreateModel(
    name="Selection",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("division_code", divisions.fields.DivisionCodeField(db_index=True, editable=False, max_length=12, verbose_name="division code")),
        ("chosen_on", models.DateField(verbose_name="chosen on")),
        ("basis", models.CharField(max_length=200, verbose_name="basis")),
        ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
        ("chosen_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="chosen by")),
        ("division", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="divisions.division", verbose_name="division")),
        ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="selections", to=settings.AUTH_USER_MODEL, verbose_name="person")),
    ],
    options={
        "verbose_name": "selection",
        "verbose_name_plural": "selections",
        "ordering": ["-chosen_on", "-pk"],
        "constraints": [
            models.UniqueConstraint(condition=models.Q(("withdrawn_on", None)), fields=("person", "division"), name="selection_open_once_per_person_and_division"),
            models.CheckConstraint(condition=models.Q(("withdrawn_on", None), ("withdrawn_on__gte", models.F("chosen_on")), _connector="OR"), name="selection_withdrawn_no_earlier_than_made"),
            models.CheckConstraint(condition=models.Q(("basis", ""), _negated=True), name="selection_names_its_basis"),
        ],
    },
)


class Migration(migrations.Migration):
    """The table is the rosters' own, which hand it down."""

    dependencies = [
        ("certificates", "0001_initial"),
        ("rosters", "0003_selection_handed_down"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[SELECTION]),
        migrations.AddField(
            model_name="selection",
            name="entered_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="entered at"),
        ),
    ]
