import divisions.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('divisions', '0002_index_what_counts_posts'),
        ('households', '0002_exit_lines_of_the_region'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', divisions.fields.DivisionCodeField(db_index=True, editable=False, max_length=12, verbose_name='division code')),
                ('code', models.CharField(max_length=10, verbose_name='cleaning rule')),
                ('field', models.CharField(max_length=60, verbose_name='field to correct')),
                ('because', models.JSONField(verbose_name='reason')),
                ('found_on', models.DateField(verbose_name='first seen on')),
                ('seen_on', models.DateField(verbose_name='last seen on')),
                ('gone_on', models.DateField(null=True, verbose_name='gone since')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='divisions.division', verbose_name='division')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='faults', to='households.household')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='faults', to='households.member')),
            ],
            options={
                'verbose_name': 'fault',
                'verbose_name_plural': 'faults',
                'ordering': ['household', 'pk'],
                'indexes': [models.Index(fields=['division_code', 'gone_on'], name='households__divisio_b74962_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('gone_on', None), ('member', None)), fields=('household', 'code', 'field'), name='fault_of_a_household_is_open_once'), models.UniqueConstraint(condition=models.Q(('gone_on', None), ('member__isnull', False)), fields=('member', 'code', 'field'), name='fault_of_a_member_is_open_once')],
            },
        ),
    ]
