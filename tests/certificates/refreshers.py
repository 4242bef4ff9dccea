"""Certificates that another edition concerns, and decisions about them."""

from datetime import date, datetime

from django.utils import timezone

from certificates.domain.affecting import (
    affected_clauses,
    due_for_refresher,
)
from certificates.domain.refreshing import change_refresher, decide_refreshers
from certificates.models import Certificate
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
)
from tests.factories.exams import make_version

ISSUED = date(2026, 3, 2)
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
NOW = timezone.make_aware(datetime(2026, 6, 1, 6, 10))
VILLAGE = "解读 四(二) · 第二章"
HOUSEHOLD = "解读 四(一)2 · 第二章"
NEW_MATTER = ["monitor-2020", "monitor-2021"]
OF_THE_VILLAGE = [
    "4.2-industry",
    "4.2-road",
    "4.2-service",
    "4.2-television",
    "4.2-collective",
    "4.2-committee",
    "village-core",
]
NOT_NEEDED = {"is_needed": "no", "reason": "已培训"}


def examined_on(*sections, edition="gx-2017", **kwargs):
    """A certificate whose paper had one question for each section."""
    versions = [make_version(cites=[section]) for section in sections]
    paper = [
        {"no": no, "version": each.pk, "kind": "single", "points": 1, "order": []}
        for no, each in enumerate(versions, start=1)
    ]
    holder = kwargs.pop("holder", None) or UserFactory(at=kwargs.pop("at"))
    return CertificateFactory(
        holder=holder,
        issued_on=ISSUED,
        edition_code=edition,
        attempt__candidate=holder,
        attempt__paper=paper,
        **kwargs,
    )


def codes_for(certificate):
    return [
        change.clause.code
        for change in affected_clauses([certificate], on=JUNE)[certificate.pk]
    ]


def due(*, on=JUNE, clause=""):
    return list(due_for_refresher(Certificate.objects.all(), on=on, clause=clause))


def decide(certificates, by, *, needed=True, due_on=JULY, reason="新版办法"):
    return decide_refreshers(
        certificates,
        by=by,
        on=JUNE,
        at=NOW,
        is_needed=needed,
        due_on=due_on if needed else None,
        reason=reason,
    )


def change(certificate, by, *, needed, due_on=None, reason="核实后"):
    return change_refresher(
        certificate,
        by=by,
        on=JUNE,
        at=NOW,
        is_needed=needed,
        due_on=due_on,
        reason=reason,
    )
