"""The tags of the project's own questions, as people read them.

A tag is kept as its author typed it. Those that the project's files use are short
English words; each has its name in the reader's language, and a name that is typed is
kept as the tag it stands for. Tags of authors' own are shown as they are.
"""

from functools import cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override, pgettext_lazy


class Topic(TextChoices):
    EXIT = "exit", pgettext_lazy("tag", "exit")
    RETURN = "return", pgettext_lazy("tag", "return")
    IDENTIFY = "identify", pgettext_lazy("tag", "identification")
    REMOVE = "remove", pgettext_lazy("tag", "removal")
    ROLLBACK = "rollback", pgettext_lazy("tag", "rollback")
    VILLAGE = "village", pgettext_lazy("tag", "village")
    COUNTY = "county", pgettext_lazy("tag", "county")
    STANDARD = "standard", pgettext_lazy("tag", "standard")
    CARRIERS = "carriers", pgettext_lazy("tag", "carriers")
    CLEANING = "cleaning", pgettext_lazy("tag", "cleaning")
    SEARCH = "search", pgettext_lazy("tag", "property search")
    STAFFING = "staffing", pgettext_lazy("tag", "staffing")
    CARDS = "cards", pgettext_lazy("tag", "cards")
    CODES = "codes", pgettext_lazy("tag", "codes")
    LEDGER_ARITHMETIC = "ledger-arithmetic", pgettext_lazy("tag", "ledger arithmetic")
    ROLES = "roles", pgettext_lazy("tag", "who acts")
    SYSTEM = "system", pgettext_lazy("tag", "this system")
    SCOPE = "scope", pgettext_lazy("tag", "scope")
    SUPPORT = "support", pgettext_lazy("tag", "support")
    HOUSING = "housing", pgettext_lazy("tag", "housing")
    TV = "tv", pgettext_lazy("tag", "television")
    EDUCATION = "education", pgettext_lazy("tag", "education")
    WATER = "water", pgettext_lazy("tag", "water")
    ROAD = "road", pgettext_lazy("tag", "road")
    MEDICAL = "medical", pgettext_lazy("tag", "medical care")
    INCOME = "income", pgettext_lazy("tag", "income")
    NOTICE = "notice", pgettext_lazy("tag", "notice")
    INCIDENCE = "incidence", pgettext_lazy("tag", "incidence")
    VISIT = "visit", pgettext_lazy("tag", "visit")
    DUTIES = "duties", pgettext_lazy("tag", "duties")
    MEASURE = "measure", pgettext_lazy("tag", "measuring")
    IDENTITY = "identity", pgettext_lazy("tag", "identity")
    RELATION = "relation", pgettext_lazy("tag", "relation")
    LOGIC = "logic", pgettext_lazy("tag", "logic")
    POPULATION = "population", pgettext_lazy("tag", "population")
    LABOUR = "labour", pgettext_lazy("tag", "labour")
    STRUCTURE = "structure", pgettext_lazy("tag", "structure")
    WORK = "work", pgettext_lazy("tag", "work")
    ACCESS = "access", pgettext_lazy("tag", "access")
    PRIVACY = "privacy", pgettext_lazy("tag", "privacy")
    TRAINING = "training", pgettext_lazy("tag", "training")
    LEDGER = "ledger", pgettext_lazy("tag", "ledger")
    MONITOR = "monitor", pgettext_lazy("tag", "monitoring")


def tag_shown(tag: str) -> str:
    return str(Topic(tag).label) if tag in Topic else tag


def tag_kept(words: str) -> str:
    """Return the tag that a name stands for in the reader's language."""
    return next((topic.value for topic in Topic if topic.label == words), words)


def tag_meant(words: str) -> str:
    """Return the tag that a file names, in whichever language of the site."""
    return words if words in Topic else topics_by_name().get(words, words)


@cache
def topics_by_name() -> dict[str, str]:
    names = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            names |= {str(topic.label): topic.value for topic in Topic}
    return names
