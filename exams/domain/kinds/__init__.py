"""The kinds of questions, one module each.

A kind is a subclass of ``asking.Asking``: how its questions are written, shuffled,
asked, answered and marked. Whoever handles questions asks ``asking_for(kind)`` and
does not tell the kinds apart.
"""

from exams.enums import Kind

from .asking import LETTERS, Asking, NoAnswer, Written, letter_of
from .blank import Blank
from .case import Case
from .choice import Judgement, Multiple, Single
from .ledger_task import LedgerTask
from .matching import Matching
from .numeric import Numeric
from .ordering import Ordering
from .short import Short

KINDS: dict[str, Asking] = {
    Kind.JUDGE: Judgement(),
    Kind.SINGLE: Single(),
    Kind.MULTIPLE: Multiple(),
    Kind.NUMERIC: Numeric(),
    Kind.BLANK: Blank(),
    Kind.ORDERING: Ordering(),
    Kind.MATCHING: Matching(),
}
KINDS |= {
    Kind.CASE: Case(dict(KINDS)),
    Kind.LEDGER: LedgerTask(dict(KINDS)),
    Kind.SHORT: Short(),
}


def asking_for(kind: str) -> Asking:
    return KINDS[kind]


__all__ = [
    "KINDS",
    "LETTERS",
    "Asking",
    "NoAnswer",
    "Written",
    "asking_for",
    "letter_of",
]
