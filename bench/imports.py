"""Taking 20,000 rows in: from the file to its preview, and from the confirmation to the
last row written, as an office waits for them; without the browser's part."""

from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO
from time import perf_counter

import xlsxwriter

from .figures import Figure
from .part import hand_over, open_site

open_site()

# Models can be imported only once the site is open.
from django.utils import timezone  # noqa: E402

import measures  # noqa: E402
from accounts.domain.granting import grant_role  # noqa: E402
from accounts.enums import Role  # noqa: E402
from accounts.models import User  # noqa: E402
from divisions.enums import Level  # noqa: E402
from divisions.models import Division  # noqa: E402
from rosters.domain.importing.intakes import INTAKES  # noqa: E402
from rosters.domain.importing.tables import Fate  # noqa: E402
from rosters.domain.importing.taking_in import (  # noqa: E402
    Extent,
    Preview,
    held,
    hold,
    preview_upload,
    read_upload,
    take_in,
)

from .cast import person  # noqa: E402

ROWS = 20_000
FIRST = 9000  # past the numbers of other parts' people
AREA = "459999"  # an area that no place has


def measure_imports() -> list[Figure]:
    officer = office_of_the_region()
    villages = list(Division.objects.filter(level=Level.VILLAGE).order_by("code"))
    people = [
        (f"导入{number}", id_number(number), villages[number % len(villages)].code)
        for number in range(ROWS)
    ]
    accounts = (
        (name, identity, f"192{number:08d}", home, "")
        for number, (name, identity, home) in enumerate(people)
    )
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    nominations = (
        (name, identity, home, yesterday, "压测名单") for name, identity, home in people
    )
    return [
        *timed("people", accounts, by=officer),
        *timed("nominations", nominations, by=officer),
    ]


def office_of_the_region() -> User:
    region = Division.objects.get(level=Level.REGION)
    officer, today = person(FIRST, region), timezone.localdate()
    grant_role(officer, Role.REGION_OFFICE, division=region, by=None, on=today)
    return User.objects.get(pk=officer.pk)


def id_number(number: int) -> str:
    day, serial = divmod(number, 400)
    born = date(1970, 1, 1) + timedelta(days=day)
    return measures.make_id_number(AREA, born, "male", serial)


def timed(kind: str, rows: Iterable[tuple], *, by: User) -> list[Figure]:
    body, today = workbook(kind, rows), timezone.localdate()
    before = perf_counter()
    token = hold(read_upload(kind, "压测.xlsx", body), by=by)
    found = preview_upload(held(token, by=by), by=by, on=today)
    seen = perf_counter()
    done = take_in(
        held(token, by=by), seen=found.mark, extent=Extent.WHOLE, by=by, on=today
    )
    after = perf_counter()
    check(done)
    subject = f"Import of {ROWS:,} rows: {kind}"
    return [
        Figure(subject, "file to preview", seen - before, "s"),
        Figure(subject, "confirmed to written", after - seen, "s"),
    ]


def workbook(kind: str, rows: Iterable[tuple]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [str(each.heading) for each in INTAKES[kind].columns])
        for at, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
    return buffer.getvalue()


def check(done: Preview) -> None:
    if done.counts[Fate.NEW] != ROWS:
        raise RuntimeError(f"not every row was taken in: {done.counts}")


if __name__ == "__main__":
    hand_over(measure_imports())
