"""Entering what the household register cannot know of a village."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.enums import Level
from divisions.models import Division
from divisions.scoping import at
from villages.domain.figures import figures_of
from villages.errors import (
    FewerThanRegistered,
    MoreHouseholdsThanPeople,
    NotAVillage,
)
from villages.models import VillageProfile


@transaction.atomic
def enter_profile(
    division: Division, *, households: int, population: int, by: User | None, on: date
) -> VillageProfile:
    """Enter the figures of the day ``on``; the same day again corrects them."""
    if division.level != Level.VILLAGE:
        raise NotAVillage(place=division.full_name)
    if households > population:
        raise MoreHouseholdsThanPeople
    registered = figures_of(division, on=on)
    if population < registered.people or households < registered.households:
        raise FewerThanRegistered(
            people=registered.people, households=registered.households
        )
    held = VillageProfile.objects.select_for_update().filter(division=division, on=on)
    profile = held.first() or VillageProfile(on=on, **at(division))
    told = (profile.households, profile.population)
    if profile.pk and told == (households, population):
        return profile
    profile.households, profile.population = households, population
    profile.entered_by = by
    profile.save()
    record("village-profile.entered", profile, by=by, population=population, on=on)
    return profile
