"""Makes the tables, a sitting and its candidates in a drill's own database.

python -m tests.exams.drills.stage COUNT >cast.json
"""

import json
import sys

import django

django.setup()

# Models can be imported only once the site is set up.
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from exams.domain.starting import start_attempt  # noqa: E402
from tests.factories.divisions import DivisionFactory  # noqa: E402
from tests.factories.exams import HOUR, SittingFactory, make_candidate  # noqa: E402

PASSWORD = "drill-drill-drill"


def attempts(count: int) -> list[dict]:
    for code in ("45", "4510", "451026", "451026100", "451026100201"):
        DivisionFactory(code=code)
    now = timezone.now()
    sitting = SittingFactory(opens_at=now - HOUR, minutes=60)
    made = []
    for _number in range(count):
        candidate = make_candidate()
        candidate.set_password(PASSWORD)
        candidate.save()
        attempt = start_attempt(sitting, by=candidate, at=now)
        told = {"phone": str(candidate.phone), "id": attempt.pk}
        made.append(told | {"uuid": str(attempt.uuid), "password": PASSWORD})
    return made


if __name__ == "__main__":
    call_command("migrate", run_syncdb=True, verbosity=0)
    json.dump(attempts(int(sys.argv[1])), sys.stdout)
