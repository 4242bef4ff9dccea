from .attempts import (
    NETWORK_GRACE,
    AnswerEvent,
    AnswerNow,
    Attempt,
    AttemptQuerySet,
    Question,
)
from .bank import Item, ItemVersion, Release, ReleaseEntry
from .blueprints import Blueprint, Cell
from .sittings import OVERSEERS, Sitting, SittingQuerySet, overseen_codes, places_of

__all__ = [
    "NETWORK_GRACE",
    "OVERSEERS",
    "AnswerEvent",
    "AnswerNow",
    "Attempt",
    "AttemptQuerySet",
    "Blueprint",
    "Cell",
    "Item",
    "ItemVersion",
    "Question",
    "Release",
    "ReleaseEntry",
    "Sitting",
    "SittingQuerySet",
    "overseen_codes",
    "places_of",
]
