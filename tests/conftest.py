"""Places and people that tests share; everything else a test builds itself."""

import gc
import os
from datetime import date
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings
from django.utils import timezone

from accounts.enums import Role
from certificates.trust.development import make_development_authority
from core.braking import tally
from divisions.enums import Kind
from divisions.models import Designation, Division
from divisions.scoping import at
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.migrated import keep_database, laid_out_from_kept

PLACES = {
    "region": ("45", "广西壮族自治区"),
    "city": ("4510", "百色市"),
    "county": ("451026", "那坡县"),
    "township": ("451026100", "城厢镇"),
    "village": ("451026100201", "永宁村委会"),
    "other_village": ("451026100202", "那赖村委会"),
    "other_county": ("451027", "凌云县"),
}


# A run that decides about landing must not depend on the luck of its draw; at the
# desk every run draws anew, and what it finds becomes a test.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is gathered stays to the end, so nobody looks for rubbish in it: that took a
    quarter of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def migrated_before(django_db_modify_db_settings):
    """Whether the database is laid out from one that is kept, if it still fits."""
    with laid_out_from_kept() as laid_out:
        yield laid_out


@pytest.fixture(scope="session")
def django_db_keepdb(migrated_before) -> bool:
    return migrated_before


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, migrated_before) -> None:
    if not migrated_before:
        with django_db_blocker.unblock():
            keep_database()


@pytest.fixture(scope="session", autouse=True)
def issuing_authority() -> None:
    """Whoever prints a certificate signs it."""
    make_development_authority(
        settings.AUTHORITY_PKCS12.parent,
        password=settings.AUTHORITY_PASSWORD,
        at=timezone.now(),
    )


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    """What one test guesses at is no other test's."""
    tally().clear()


@pytest.fixture
def region(db) -> Division:
    return DivisionFactory(code="45", name="广西壮族自治区")


@pytest.fixture
def napo(region) -> SimpleNamespace:
    """A poor county with its city, a township and a village that has tasks."""
    places = {
        noun: DivisionFactory(code=code, name=name)
        for noun, (code, name) in PLACES.items()
    }
    since = date(2016, 1, 1)
    for noun, kind, county_class in (
        ("county", Kind.POOR_COUNTY, "national-key"),
        ("township", Kind.HAS_TASKS, ""),
        ("village", Kind.HAS_TASKS, ""),
        ("village", Kind.POOR_VILLAGE, ""),
    ):
        Designation.objects.create(
            kind=kind, county_class=county_class, since=since, **at(places[noun])
        )
    return SimpleNamespace(**places)


@pytest.fixture
def informant(napo):
    return UserFactory(role=Role.INFORMANT, at=napo.village)


@pytest.fixture
def township_officer(napo):
    return UserFactory(role=Role.TOWNSHIP_OFFICE, at=napo.township)


@pytest.fixture
def county_officer(napo):
    return UserFactory(role=Role.COUNTY_OFFICE, at=napo.county)


@pytest.fixture
def city_officer(napo):
    return UserFactory(role=Role.CITY_OFFICE, at=napo.city)


@pytest.fixture
def region_officer(napo):
    return UserFactory(role=Role.REGION_OFFICE, at=napo.region)


@pytest.fixture
def trainer(napo):
    return UserFactory(role=Role.TRAINER, at=napo.region)


@pytest.fixture
def administrator(napo):
    return UserFactory(role=Role.ADMINISTRATOR, at=napo.region)
