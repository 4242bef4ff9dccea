"""The statistics of a sitting of 20,000 people and 50 questions, from nothing.

Recounted by the command that people use, in a process of its own: time and memory
are all of that process, its start included. Then a hundred more attempts are counted
as they are on the day, and the recount must find nothing to put right.
"""

import re
import resource
import subprocess
import sys
from time import perf_counter

from .figures import Figure
from .part import hand_over, open_site

open_site()

# Models can be imported only once the site is open.
from django.db.models import Sum  # noqa: E402
from django.utils import timezone  # noqa: E402

from exams.domain.analysis.counting import count_finished  # noqa: E402
from exams.models import CohortItem, Sitting  # noqa: E402

from .examined import QUESTIONS, sit_all, sitting_over  # noqa: E402

PEOPLE = 20_000
LATECOMERS = 100
TOLD = re.compile(r": ([\d]+) attempts, (\d+) rows differed")


def recount(sitting: Sitting) -> tuple[float, int, int]:
    """Returns seconds, and what the command says: attempts, rows that differed."""
    started = perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", "recount_statistics", str(sitting.pk)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds = perf_counter() - started
    attempts, differed = map(int, TOLD.search(done.stdout).groups())
    return seconds, attempts, differed


def children() -> tuple[float, float]:
    """Seconds of processor time and the highest memory in MiB of processes ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def require(found: object, wanted: object) -> None:
    if found != wanted:
        raise RuntimeError(f"{found} instead of {wanted}")


def answers_counted(sitting: Sitting) -> int:
    region = CohortItem.objects.filter(sitting=sitting, cohort="45")
    return region.aggregate(sum=Sum("count"))["sum"]


def measure_statistics() -> list[Figure]:
    sitting = sitting_over()
    sit_all(sitting, PEOPLE)
    seconds, attempts, differed = recount(sitting)
    processor, memory = children()
    require((attempts, differed), (PEOPLE, 0))
    require(answers_counted(sitting), PEOPLE * QUESTIONS)
    sit_all(sitting, LATECOMERS, first=PEOPLE)
    started = perf_counter()
    require(count_finished(sitting, at=timezone.now()), LATECOMERS)
    late = (perf_counter() - started) / LATECOMERS
    _seconds, attempts, differed = recount(sitting)
    require((attempts, differed), (PEOPLE + LATECOMERS, 0))
    subject = f"Statistics of a sitting, {PEOPLE:,} × {QUESTIONS}"
    return [
        Figure(subject, "from nothing", seconds, "s"),
        Figure(subject, "processor time", processor, "s"),
        Figure(subject, "highest memory", memory, "MiB"),
        Figure(subject, "one more attempt, of a hundred", late * 1000, "ms"),
    ]


if __name__ == "__main__":
    hand_over(measure_statistics())
