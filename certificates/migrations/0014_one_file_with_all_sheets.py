import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0013_who_mails_a_reminder'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='batchfile',
            name='bundle',
            field=models.CharField(choices=[('archive', 'All signed PDFs in one ZIP file'), ('whole', 'All sheets to be printed, in one file'), ('sheets', 'Sheets to be printed')], max_length=10),
        ),
        migrations.CreateModel(
            name='BundleOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bundle', models.CharField(choices=[('archive', 'All signed PDFs in one ZIP file'), ('whole', 'All sheets to be printed, in one file'), ('sheets', 'Sheets to be printed')], max_length=10)),
                ('ordered_at', models.DateTimeField()),
                ('made', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bundle_orders', to='certificates.batch')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-ordered_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('batch', 'bundle'), name='bundle_open_once_per_batch')],
            },
        ),
    ]
