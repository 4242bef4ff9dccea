"""Issuing, printing and signing for a whole sitting, by two workers at once.

The people are made as rows, because only the batch is measured; from the first piece
done to the last, so without the start of the processes and the one cut of the fonts.
"""

import resource
import subprocess
import sys

from .figures import Figure
from .part import hand_over, open_site

open_site()

# Models can be imported only once the site is open.
from django.db.models import Max, Min  # noqa: E402
from django.utils import timezone  # noqa: E402

from certificates.domain.batching import order_batch, progress_of  # noqa: E402
from certificates.domain.working import work_on_batch  # noqa: E402
from certificates.models import Batch, Selection  # noqa: E402
from courses.models import LessonCompletion, LessonPage  # noqa: E402
from divisions.enums import Level  # noqa: E402
from divisions.models import Division  # noqa: E402
from divisions.scoping import at as placed_at  # noqa: E402
from exams.domain.answering import open_room, save_answers  # noqa: E402
from exams.domain.finishing import submit_attempt  # noqa: E402
from exams.domain.starting import start_attempt  # noqa: E402

from .cast import choosing_office, exam_for, person, right_answers  # noqa: E402

PEOPLE = 240
WORKERS = 2
FIRST = 5000  # past the numbers of other parts' people


def examined_people() -> Batch:
    """People who lack nothing and have no certificate yet, and the order for them."""
    village = Division.objects.filter(level=Level.VILLAGE).first()
    county = Division.objects.get(code=village.code[:6])
    office = choosing_office(county, number=FIRST - 1)
    sitting = exam_for(county, number=9)
    now = timezone.now()
    people = [person(number, village) for number in range(FIRST, FIRST + PEOPLE)]
    for user in people:
        attempt = open_room(start_attempt(sitting, by=user, at=now), at=now)
        save_answers(attempt.uuid, right_answers(attempt), by=user, at=now)
        submit_attempt(attempt, by=user, at=now)
    Selection.objects.bulk_create(
        Selection(
            person=user,
            chosen_on=timezone.localdate(now),
            chosen_by=office,
            basis="压测名单",
            **placed_at(county),
        )
        for user in people
    )
    LessonCompletion.objects.bulk_create(
        LessonCompletion(person=user, lesson=lesson, completed_at=now, answers={})
        for user in people
        for lesson in LessonPage.objects.live()
    )
    return order_batch(sitting, by=office, at=now)


def work(batch_id: int) -> None:
    """What a worker of the queue does; says its memory at the end."""
    while work_on_batch(batch_id, at=timezone.now()):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure_bulk() -> list[Figure]:
    batch = examined_people()
    command = [sys.executable, "-m", "bench.bulk", str(batch.pk)]
    workers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for _each in range(WORKERS)
    ]
    memory = [float(worker.communicate()[0]) for worker in workers]
    progress = progress_of(batch)
    if progress.done != PEOPLE:
        raise RuntimeError(f"{progress.done} of {PEOPLE} were made")
    span = batch.items.aggregate(first=Min("done_at"), last=Max("done_at"))
    seconds = (span["last"] - span["first"]).total_seconds()
    return [
        Figure(
            "Certificates for a sitting",
            f"issued, printed, signed, {WORKERS} workers",
            (PEOPLE - 1) / seconds,
            "/s",
        ),
        Figure("Certificates for a sitting", "memory of a worker", max(memory), "MiB"),
    ]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(int(sys.argv[1]))
    else:
        hand_over(measure_bulk())
