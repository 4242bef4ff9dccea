"""Seats that a file of assignments fills stand open no more, without waiting for the
night."""

import pytest
from django.utils import timezone

from rosters.domain.importing.taking_in import (
    Extent,
    preview_upload,
    read_upload,
    take_in,
)
from rosters.domain.noting import note_openings_at
from rosters.models import Opening
from tests.factories.certificates import CertificateFactory
from tests.factories.rosters import AssignmentFactory

from .files import ASSIGNMENTS, id_number, workbook
from .openings import EARLIER, leave

pytestmark = pytest.mark.django_db


def test_a_file_closes_the_seats_that_it_fills_and_tells_of_them_together(
    napo, county_officer, ready, django_capture_on_commit_callbacks
):
    today, rows = timezone.localdate(), []
    places = [napo.village, napo.township]
    for number, place in enumerate(places):
        certificate = CertificateFactory(at=place, issued_on=EARLIER)
        leave(AssignmentFactory(at=place, certificate=certificate), today)
        person = ready()
        person.id_number = id_number(number)
        person.save()
        day = today.isoformat()
        row = (person.real_name, person.id_number, place.code, day, "县办2号")
        rows.append(row)
    note_openings_at(places, on=today, at=timezone.now())
    assert Opening.objects.still().count() == 2
    upload = read_upload("assignments", "file.xlsx", workbook(ASSIGNMENTS, *rows))
    seen = preview_upload(upload, by=county_officer, on=today).mark
    terms = {"seen": seen, "extent": Extent.WHOLE, "by": county_officer, "on": today}

    with django_capture_on_commit_callbacks(execute=True) as told:
        take_in(upload, **terms)

    assert len(told) == 1
    assert not Opening.objects.still().exists()
