"""The people of a case, by the level they act for."""

import pytest


@pytest.fixture
def people(informant, township_officer, county_officer, city_officer, region_officer):
    return {
        "household": informant,
        "village": informant,
        "township": township_officer,
        "county": county_officer,
        "city": city_officer,
        "region": region_officer,
    }
