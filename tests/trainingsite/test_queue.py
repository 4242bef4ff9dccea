from django.conf import settings

from trainingsite.celery import app


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()
    scheduled = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled <= set(app.tasks)
    assert scheduled
