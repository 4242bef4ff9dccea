"""Gaps and assignments for programs, read-only."""

from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from accounts.api import REFUSALS, Day, division_or_404
from certificates.models import Certificate

from .domain.gaps import GapRow, gap_table
from .enums import Tenure
from .models import Assignment

router = Router(tags=["rosters"])


class StaffOut(Schema):
    """People required, in post with a valid certificate, missing, and too many."""

    required: int
    in_post: int
    gap: int
    over: int


class GapOut(Schema):
    """``own``: the division's own post; ``total``: with everything below it."""

    code: str
    name: str
    own: StaffOut
    total: StaffOut
    expiring_in_90_days: int
    on_the_way: int
    gap_in_3_months: int
    gap_in_6_months: int
    gap_in_12_months: int
    is_demonstration: bool


class GapTableOut(Schema):
    on: date
    division: GapOut
    below: list[GapOut]


class AssignmentOut(Schema):
    """Who holds which post; ``counts``: the certificate is valid on that day."""

    person: str
    division_code: str
    division: str
    kind: Tenure
    since: date
    until: date | None
    certified_until: date | None
    counts: bool

    @staticmethod
    def resolve_person(held: Assignment) -> str:
        return held.person.real_name

    @staticmethod
    def resolve_division(held: Assignment) -> str:
        return held.division.full_name

    @staticmethod
    def resolve_counts(held: Assignment) -> bool:
        return held.certified_until is not None


@router.get(
    "/gaps/{code}",
    response={200: GapTableOut, **REFUSALS},
    summary="Gaps of a division",
)
def gaps(request, code: str, on: Day = None):
    """The division's posts and gaps, and those of the divisions right below it."""
    day = on or timezone.localdate()
    table = gap_table(division_or_404(request, code), on=day)
    return {
        "on": day,
        "division": told(table.here),
        "below": [told(row) for row in table.rows],
    }


def told(row: GapRow) -> dict:
    three, six, twelve = row.outlook.forecast
    return {
        "code": row.division.code,
        "name": row.division.full_name,
        "own": row.own,
        "total": row.total,
        "expiring_in_90_days": row.outlook.expiring,
        "on_the_way": row.outlook.pipeline,
        "gap_in_3_months": three,
        "gap_in_6_months": six,
        "gap_in_12_months": twelve,
        "is_demonstration": row.is_demonstration,
    }


@router.get(
    "/assignments/{code}",
    response={200: list[AssignmentOut], **REFUSALS},
    summary="Who serves where",
)
@paginate(LimitOffsetPagination)
def assignments(request, code: str, on: Day = None):
    """Everybody in a post of the division or below it on that day."""
    day = on or timezone.localdate()
    shown = division_or_404(request, code)
    valid = Certificate.objects.valid(day).filter(holder=OuterRef("person"))
    longest = valid.order_by("-expires_on").values("expires_on")[:1]
    held = Assignment.objects.within(shown.code).in_force(day).for_list()
    return held.annotate(certified_until=Subquery(longest))
