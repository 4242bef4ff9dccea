"""Prepares a site, starts it, lets the crowd sit, proves that nothing was lost.

    python -m bench.exam [--people 100] [--answering 60] … [--beside 20000] …

On SQLite in a folder of its own; on the server that DATABASE_URL names (an empty
database) when there is one.
"""

import argparse
import os
import sys
import tempfile
from secrets import token_hex

from ..database import database_name, durability
from ..figures import Figure, as_table
from ..machine import describe_machine, warn_if_busy
from ..running import manage, part
from ..site import serve
from ..writing import RESULTS, write_results, write_table
from .costs import Cost, database_tree
from .telling import figures_of

PREPARING = (
    ("migrate", "--verbosity", "0"),
    ("collect_changed",),
    ("load_divisions",),
    ("load_questions",),
)


def main() -> None:
    asked = arguments()
    machine = describe_machine()
    warn_if_busy(machine)
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.exam.settings"
        os.environ["BENCH_RUN"] = token_hex(8)
        for command in PREPARING:
            manage(*command)
        figures, facts = measure_day(asked)
        if asked.statistics:
            figures += [Figure(**figure) for figure in part("bench.statistics")]
    database = database_name()
    print(as_table(figures))
    facts |= {"asked": vars(asked), "database": database, "durability": durability()}
    path = RESULTS / file_name(database, asked.beside)
    write_results(machine, figures, path, **facts)
    write_table(figures, path)


def file_name(database: str, beside: int) -> str:
    kind = database.split()[0].lower()
    return f"exam-{kind}-beside-{beside}.json" if beside else f"exam-{kind}.json"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.exam", description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--start", type=float, default=20, help="seconds, all come")
    parser.add_argument("--answering", type=float, default=60, help="seconds for 50")
    parser.add_argument("--submit", type=float, default=20, help="seconds, all hand in")
    parser.add_argument("--devices", type=float, default=0.05, help="share: two")
    parser.add_argument("--outages", type=float, default=0.05, help="share: offline")
    parser.add_argument("--pulse-every", type=int, default=5, help="questions")
    parser.add_argument("--beside", type=int, default=0, help="who has sat before")
    parser.add_argument("--statistics", action="store_true", help="20,000 × 50 as well")
    asked = parser.parse_args()
    if not 1 <= asked.people <= 20_000:
        parser.error("between 1 and 20,000 people")
    return asked


def measure_day(asked: argparse.Namespace) -> tuple[list[Figure], dict]:
    minutes = 5 + int(asked.start + asked.answering + asked.submit) // 60
    numbers = map(str, (asked.people, minutes, asked.beside))
    cast = part("bench.exam.cast", *numbers)
    with serve() as site:
        day = {name: value for name, value in vars(asked).items() if name in DAY}
        day |= {name: cast[name] for name in ("title", "sitting", "password")}
        plan = {"run": os.environ["BENCH_RUN"], "phones": cast["phones"]}
        plan["day"] = day | {"port": site.port}
        web, base = Cost(site.process.pid), Cost(database_tree())
        report = part("bench.exam.crowd", told=plan)
        site.assert_alive()
        spent = {"web": web.seconds(), "database": base.seconds()}
    sitting, acknowledged = str(cast["sitting"]), report.pop("acknowledged")
    found = part("bench.exam.proof", sitting, told=acknowledged)
    refuse_wrong(report, found, asked.people)
    facts = {name: report[name] for name in ("changed_device", "lost_network")}
    return figures_of(report, found, spent, asked), facts | {"proof": found}


DAY = {"start", "answering", "submit", "devices", "outages", "pulse_every"}


def refuse_wrong(report: dict, found: dict, people: int) -> None:
    """A run in which anything went wrong has measured nothing."""
    wanted = {"lost": 0, "differing": 0, "open": 0, "attempts": people}
    wrong = {name: found[name] for name in wanted if found[name] != wanted[name]}
    if report["failures"] or wrong:
        sys.exit(f"Nothing is written. {report['failures'][:3]} {wrong}")


if __name__ == "__main__":
    main()
