"""The people who sit, and the sitting: made by the domain where it is one thing, in
bulk where it is twenty thousand.

    python -m bench.exam.cast PEOPLE MINUTES BESIDE >cast.json

So many of BESIDE have sat the same sitting before: their rows are what it finds.
"""

import json
import sys
from datetime import timedelta
from secrets import token_hex

from ..part import open_site

open_site()

# Models can be imported only once the site is open.
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from divisions.enums import Level  # noqa: E402
from divisions.models import Division  # noqa: E402
from exams.domain.planning import draw_up_blueprint  # noqa: E402
from exams.domain.releasing import sign_release  # noqa: E402
from exams.domain.scheduling import schedule_sitting  # noqa: E402

from ..examined import cells_of_fifty, sit_all  # noqa: E402

CHUNK = 1000


def open_sitting(minutes: int):
    now = timezone.now()
    return schedule_sitting(
        f"压测考试{token_hex(4)}",
        division=Division.objects.get(level=Level.REGION),
        blueprint=draw_up_blueprint(
            "bench-50", title="压测卷", cells=cells_of_fifty(), by=None
        ),
        release=sign_release("bench", by=None, at=now),
        opens_at=now - timedelta(hours=3),
        closes_at=now + timedelta(hours=6),
        minutes=minutes,
        pass_percent=60,
        pass_mark_reasons="压测：六成为常用的及格线",
        by=None,
    )


def people(count: int, password: str) -> list[str]:
    """They share a password, so that it is hashed once; each sign-in checks it."""
    hashed = make_password(password)
    villages = list(Division.objects.filter(level=Level.VILLAGE)[:5000])
    made = [
        User(
            phone=f"193{number:08d}",
            real_name=f"考生{number}",
            password=hashed,
            home_division=villages[number % len(villages)],
            home_code=villages[number % len(villages)].code,
        )
        for number in range(count)
    ]
    User.objects.bulk_create(made, batch_size=CHUNK)
    return [each.phone for each in made]


if __name__ == "__main__":
    count, minutes, beside = map(int, sys.argv[1:])
    sitting, password = open_sitting(minutes), "bench-" + token_hex(8)
    if beside:
        sit_all(sitting, beside)
    cast = {
        "sitting": sitting.pk,
        "title": sitting.title,
        "password": password,
        "phones": people(count, password),
    }
    json.dump(cast, sys.stdout)
