"""What ``measures`` calls things, in the reader's language."""

from django.utils.functional import lazy
from django.utils.translation import get_language

import measures


def language() -> str:
    return get_language() or "zh-hans"


def named(code: str, kind: str) -> str:
    """The name of a code of a list; an empty code has an empty name."""
    return measures.name_of(code, language(), kind) if code else ""


def spoken(words) -> str:
    """A name or a reason of ``measures``."""
    return words[language()]


named_lazily = lazy(named, str)


def choices_of(kind: str) -> list[tuple[str, str]]:
    """A code list of ``measures`` as a form offers it."""
    return [(code, named(code, kind)) for code in measures.codes(kind)]
