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
from .standards import Panel, PassMarkGround, Rating
from .statistics import (
    CohortItem,
    CohortPaper,
    CountedAttempt,
    Tally,
    outermost,
)

__all__ = [
    "NETWORK_GRACE",
    "OVERSEERS",
    "AnswerEvent",
    "AnswerNow",
    "Attempt",
    "AttemptQuerySet",
    "Blueprint",
    "Cell",
    "CohortItem",
    "CohortPaper",
    "CountedAttempt",
    "Item",
    "ItemVersion",
    "Panel",
    "PassMarkGround",
    "Question",
    "Rating",
    "Release",
    "ReleaseEntry",
    "Sitting",
    "SittingQuerySet",
    "Tally",
    "outermost",
    "overseen_codes",
    "places_of",
]
