"""Whoever holds a post by the roster is put on the list of a sitting."""

import pytest
from django.utils import timezone

from exams.domain.admitting import people_on_roster
from exams.enums import Admits
from exams.models import Admission
from tests.factories.certificates import CertificateFactory
from tests.factories.exams import SittingFactory
from tests.factories.rosters import AssignmentFactory

pytestmark = pytest.mark.django_db


def test_those_who_hold_a_post_there_on_the_day_are_on_the_roster(napo):
    today = timezone.localdate()
    expired = CertificateFactory(at=napo.village, expired=True)
    here = AssignmentFactory(at=napo.village)
    out_of_date = AssignmentFactory(at=napo.village, certificate=expired)
    AssignmentFactory(at=napo.village, until=today, leaving="resigned")
    AssignmentFactory(at=napo.other_county)

    found = people_on_roster(napo.county, on=today)

    assert set(found) == {here.person, out_of_date.person}


def test_an_office_fills_the_list_by_its_roster(client, napo, county_officer):
    held = AssignmentFactory(at=napo.village)
    AssignmentFactory(at=napo.other_county)
    sitting = SittingFactory(division=napo.region, admits=Admits.LISTED)
    client.force_login(county_officer)

    sent = {"by_role": "1", "division": "451026", "role": "roster"}
    client.post(f"/exams/sittings/{sitting.pk}/people/", sent)

    assert Admission.objects.get().person == held.person


def test_an_office_takes_nobody_from_another_countys_roster(
    client, napo, county_officer
):
    AssignmentFactory(at=napo.other_county)
    sitting = SittingFactory(division=napo.region, admits=Admits.LISTED)
    client.force_login(county_officer)

    sent = {"by_role": "1", "division": "451027", "role": "roster"}
    client.post(f"/exams/sittings/{sitting.pk}/people/", sent)

    assert not Admission.objects.exists()
