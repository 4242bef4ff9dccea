"""Orders a sitting's batch, lets two workers do it, has it bound, orders it again.

python -m bench.batch.measuring PEOPLE
"""

import json
import sys
import time
from time import perf_counter

from ..part import open_site

open_site()

# Models can be imported only once the site is open.
from django.db.models import Max  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from certificates.domain.batching import order_batch, progress_of  # noqa: E402
from certificates.domain.fetching import order_bundle  # noqa: E402
from certificates.domain.working import batches_at_rest  # noqa: E402
from certificates.enums import Bundle  # noqa: E402
from certificates.models import Batch, BatchFile, Certificate, Paper  # noqa: E402
from exams.models import Sitting  # noqa: E402

from ..figures import Figure  # noqa: E402
from .cast import passed_sitting  # noqa: E402
from .crew import Crew, Sample  # noqa: E402

WORKERS = 2
# From here on memory is compared.
SETTLED = 0.1
# The last pieces may be those of the worker that was killed, which are free only
# after a while: the pace is that of the others.
STEADY = 0.95
LOOK_EVERY = 10  # seconds


def measure(people: int, lost_at: int) -> tuple[list[Figure], list[Sample]]:
    sitting, office = passed_sitting(people)
    subject = f"Certificates for a sitting of {people:,}"
    batch = order_batch(sitting, by=office, at=timezone.now())
    samples, crashed = made_by_crew(batch, people, lost_at)
    figures = [
        Figure(subject, f"issued, printed, signed, {WORKERS} workers", *pace(batch)),
        Figure(subject, "workers that crashed, none lost a piece", crashed, ""),
        *in_memory(subject, samples, people),
        *again(batch, office, subject),
        *bound(batch, office, subject, Bundle.ARCHIVE, "one ZIP"),
        *bound(batch, office, subject, Bundle.WHOLE, "one print file"),
    ]
    return figures, samples


def made_by_crew(batch: Batch, people: int, lost_at: int) -> tuple[list[Sample], int]:
    crew, samples = Crew("work_on_batch", batch.pk, WORKERS), []
    for sample in crew.watch(lambda: progress_of(batch).done):
        samples.append(sample)
        print(f"{sample.done:,} of {people:,}", end="\r", file=sys.stderr)
        if lost_at and sample.done >= lost_at:
            crew.lose_one()
            lost_at = 0
    take_up_what_is_left(batch)
    progress = progress_of(batch)
    require((progress.done, progress.failed), (people, 0))
    require(made_of(batch.sitting)[:3], (people, people, people))
    return samples, crew.crashed()


def take_up_what_is_left(batch: Batch) -> None:
    """As the site's clock does: the pieces of the worker that was killed, once it has
    been silent for so long that it must be dead."""
    while progress_of(batch).waiting:
        time.sleep(LOOK_EVERY)
        for each in batches_at_rest(at=timezone.now()):
            work_off("work_on_batch", each.pk, 1)


def work_off(work: str, key: int, size: int) -> list[Sample]:
    """By workers of whom none may crash."""
    crew = Crew(work, key, size)
    samples = list(crew.watch(lambda: 0))
    require(crew.crashed(), 0)
    return samples


def pace(batch: Batch) -> tuple[float, str]:
    moments = batch.items.order_by("done_at").values_list("done_at", flat=True)
    last = int(len(moments) * STEADY)
    return last / (moments[last] - moments[0]).total_seconds(), "/s"


def in_memory(subject: str, samples: list[Sample], people: int) -> list[Figure]:
    settled = [each.mebibytes for each in samples if each.done >= SETTLED * people]
    busy = [each for each in settled if each]
    tenth = max(1, len(busy) // 10)
    first, last = sum(busy[:tenth]) / tenth, sum(busy[-tenth:]) / tenth
    return [
        Figure(subject, "memory of a worker after a tenth", first, "MiB"),
        Figure(subject, "memory of a worker at the end", last, "MiB"),
        Figure(subject, "memory of a worker, highest", max(busy), "MiB"),
    ]


def again(batch: Batch, office: User, subject: str) -> list[Figure]:
    """A second order finds all there: no certificate and no paper more."""
    before = made_of(batch.sitting)
    started = perf_counter()
    second = order_batch(batch.sitting, by=office, at=timezone.now())
    work_off("work_on_batch", second.pk, WORKERS)
    seconds = perf_counter() - started
    require((made_of(batch.sitting), progress_of(second).waiting), (before, 0))
    return [Figure(subject, "ordered again, nothing made twice", seconds, "s")]


def made_of(sitting: Sitting) -> tuple:
    """How many certificates, attempts that have one, papers, and when the last was
    made."""
    certificates = Certificate.objects.filter(attempt__sitting=sitting)
    papers = Paper.objects.filter(certificate__in=certificates)
    return (
        certificates.count(),
        certificates.values("attempt").distinct().count(),
        papers.count(),
        papers.aggregate(last=Max("made_at"))["last"],
    )


def bound(
    batch: Batch, office: User, subject: str, bundle: Bundle, name: str
) -> list[Figure]:
    started = perf_counter()
    order = order_bundle(batch, bundle, by=office, at=timezone.now())
    held = [each.mebibytes for each in work_off("work_on_bundle", order.pk, 1)]
    seconds = perf_counter() - started
    made = BatchFile.objects.get(batch=batch, bundle=bundle)
    require(made.count, batch.items.done().count())
    return [
        Figure(subject, f"{name}, made", seconds, "s"),
        Figure(subject, f"{name}, memory of its worker, highest", max(held), "MiB"),
        Figure(subject, f"{name}, size", made.file.size / 1024**2, "MiB"),
    ]


def require(found: object, wanted: object) -> None:
    if found != wanted:
        raise RuntimeError(f"{found} instead of {wanted}")


if __name__ == "__main__":
    found, seen = measure(*map(int, sys.argv[1:]))
    told = {
        "figures": [vars(each) for each in found],
        "course": [vars(s) for s in seen],
    }
    json.dump(told, sys.stdout)
