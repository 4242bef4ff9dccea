"""How long the gaps of the whole region take, and of its parts, today and as of a past
day."""

from collections.abc import Callable
from datetime import date
from functools import partial
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
from .staffing import LONG_AGO, fill_posts  # noqa: E402

TIMES = 50


def read_table(code: str, on: date) -> GapTable:
    """The division is read anew as well: nothing may be left over from last time."""
    return gap_table(Division.objects.get(code=code), on=on)


def measure_gaps() -> list[Figure]:
    region = Division.objects.get(level=Level.REGION)
    today = timezone.localdate()
    before = read_table(region.code, today).here.total.in_post
    officer = person(0, region)
    in_post = fill_posts(exam_for(region, number=0), by=officer)
    settle()
    past = today - LONG_AGO / 2
    for day in (today, past):
        found = read_table(region.code, day).here.total.in_post
        if found not in (in_post, in_post + before):
            raise RuntimeError(f"{found} are counted in post instead of {in_post}")
    whole = f"Gap table of the region, {in_post:,} in post"
    city, county = (
        Division.objects.filter(level=level).order_by("code").first().code
        for level in (Level.CITY, Level.COUNTY)
    )
    with CaptureQueriesContext(connection) as queries:
        read_table(region.code, today)
    return [
        Figure(whole, "queries", len(queries), ""),
        *figures_of(whole, partial(read_table, region.code, today)),
        *figures_of(
            f"{whole}, half a year ago", partial(read_table, region.code, past)
        ),
        *figures_of("Gap table of a city", partial(read_table, city, today)),
        *figures_of("Gap table of a county", partial(read_table, county, today)),
    ]


def settle() -> None:
    """What PostgreSQL does by itself within minutes of so many new rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def figures_of(subject: str, read: Callable[[], GapTable]) -> list[Figure]:
    seconds = [timed(read) for _ in range(TIMES)]
    return [
        Figure(subject, "p50", percentile(seconds, 0.5) * 1000, "ms"),
        Figure(subject, "p95", percentile(seconds, 0.95) * 1000, "ms"),
    ]


def timed(read) -> float:
    started = perf_counter()
    read()
    return perf_counter() - started


if __name__ == "__main__":
    hand_over(measure_gaps())
