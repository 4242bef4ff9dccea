"""How long the gaps of the whole region take, with a third of the posts filled."""

from time import perf_counter

from .figures import Figure, percentile
from .part import hand_over, open_site

open_site()

# Models can be imported only once the site is open.
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from divisions.enums import Level  # noqa: E402
from divisions.models import Division  # noqa: E402
from rosters.domain.gaps import GapTable, gap_table  # noqa: E402

from .cast import exam_for, person  # noqa: E402
from .staffing import fill_posts  # noqa: E402

TIMES = 50


def read_table() -> GapTable:
    """The region is read anew as well: nothing may be left over from last time."""
    region = Division.objects.get(level=Level.REGION)
    return gap_table(region, on=timezone.localdate())


def measure_gaps() -> list[Figure]:
    region = Division.objects.get(level=Level.REGION)
    before = read_table().here.total.in_post
    officer = person(0, region)
    in_post = fill_posts(exam_for(region, number=0), by=officer)
    found = read_table().here.total.in_post - before
    if found != in_post:
        raise RuntimeError(f"{found} are counted in post instead of {in_post}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read_table()
    seconds = [timed(read_table) for _ in range(TIMES)]
    subject = f"Gap table of the region, {in_post:,} in post"
    return [
        Figure(subject, "queries", len(queries), ""),
        Figure(subject, "p50", percentile(seconds, 0.5) * 1000, "ms"),
        Figure(subject, "p95", percentile(seconds, 0.95) * 1000, "ms"),
    ]


def timed(read) -> float:
    started = perf_counter()
    read()
    return perf_counter() - started


if __name__ == "__main__":
    hand_over(measure_gaps())
