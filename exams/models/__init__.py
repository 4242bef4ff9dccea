from .admissions import Admission, WrongTry
from .attempts import (
    HAND_IN_GRACE,
    LATE_HOURS,
    NETWORK_GRACE,
    AnswerEvent,
    AnswerNow,
    Attempt,
    AttemptQuerySet,
    Question,
)
from .bank import Item, ItemVersion, Release, ReleaseEntry
from .blueprints import Blueprint, Cell
from .drafts import ItemDraft, ItemDraftQuerySet
from .exclusions import Exclusion, ExclusionQuerySet
from .invigilation import (
    Accommodation,
    DeadlineChange,
    Intervention,
    Presence,
    RoomEvent,
    WrittenOnce,
    last_said,
)
from .keys import Grounding, KeyRevision
from .late import LateAnswer, LateDecision
from .regrades import Appeal, Regrade, ScoreChange
from .scripts import Script, ScriptMark
from .sittings import (
    OVERSEERS,
    Sitting,
    SittingQuerySet,
    overseen_codes,
    places_of,
    with_forebears,
)
from .standards import Panel, PassMarkGround, Rating
from .statistics import (
    CohortItem,
    CohortPaper,
    CountedAttempt,
    Tally,
    outermost,
)

__all__ = [
    "HAND_IN_GRACE",
    "LATE_HOURS",
    "NETWORK_GRACE",
    "OVERSEERS",
    "Accommodation",
    "Admission",
    "AnswerEvent",
    "AnswerNow",
    "Appeal",
    "Attempt",
    "AttemptQuerySet",
    "Blueprint",
    "Cell",
    "CohortItem",
    "CohortPaper",
    "CountedAttempt",
    "DeadlineChange",
    "Exclusion",
    "ExclusionQuerySet",
    "Grounding",
    "Intervention",
    "Item",
    "ItemDraft",
    "ItemDraftQuerySet",
    "ItemVersion",
    "KeyRevision",
    "LateAnswer",
    "LateDecision",
    "Panel",
    "PassMarkGround",
    "Presence",
    "Question",
    "Rating",
    "Regrade",
    "Release",
    "ReleaseEntry",
    "RoomEvent",
    "ScoreChange",
    "Script",
    "ScriptMark",
    "Sitting",
    "SittingQuerySet",
    "Tally",
    "WrittenOnce",
    "WrongTry",
    "last_said",
    "outermost",
    "overseen_codes",
    "places_of",
    "with_forebears",
]
