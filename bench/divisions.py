"""How long the whole of Guangxi takes to load, the first time and again."""

from time import perf_counter

from .figures import Figure
from .part import hand_over, open_site

open_site()

# Models can be imported only once the site is open.
from divisions.domain.loading import load_divisions  # noqa: E402
from divisions.models import Division  # noqa: E402


def timed_load(measure: str) -> Figure:
    started = perf_counter()
    load_divisions()
    seconds = perf_counter() - started
    return Figure(f"All {Division.objects.count():,} divisions", measure, seconds, "s")


if __name__ == "__main__":
    if Division.objects.exists():
        raise RuntimeError("the divisions are loaded already")
    hand_over([timed_load("first load"), timed_load("load again")])
