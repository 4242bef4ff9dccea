"""A question as a candidate would meet it, before it is asked. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from random import Random

from exams.models import ItemDraft, ItemVersion, Question

from .contents import Content
from .drafting import content_kept
from .kinds import KINDS, asking_for
from .planning import POINTS
from .showing import ExplainedQuestion, explained, question_shown

# What a paper gives is its blueprint's to say; these are for the eye.
USUAL_POINTS = 5
NAME = "value"
# How a preview is shuffled before its reader wants it otherwise.
SHUFFLE = "1"


def version_typed(draft: ItemDraft) -> ItemVersion:
    """Return the version that the draft would become; never to be saved."""
    return version_saying(content_kept(draft))


def version_saying(content: Content) -> ItemVersion:
    return ItemVersion(**asdict(content))


@dataclass(frozen=True)
class Household:
    """What is drawn for a ledger task: a card, and what is right about it."""

    card: object
    key: list[tuple[str, str]]


def household_in(content: Content) -> Household | None:
    """Return the household that a question is about, if it is about one."""
    asking = KINDS.get(content.kind)
    if asking is None or not asking.is_drawn or not content.options:
        return None
    key = [
        (part["stem"], " / ".join(part["options"][place] for place in right))
        for part, right in zip(content.parts, content.answer, strict=True)
    ]
    return Household(asking.card(content), key)


def faults_of_asking(version: ItemVersion) -> list[str]:
    """Say why a question cannot be shown yet: its options or key are not whole."""
    return list(KINDS[version.kind].faults(version))


def preview_question(
    version: ItemVersion, *, shuffle: str, texts: Callable | None = None
) -> ExplainedQuestion:
    """Ask ``version`` alone on a paper shuffled by ``shuffle``, and mark what a form
    sent, if any. Raises ``NoAnswer``."""
    asking = asking_for(version.kind)
    question = Question(
        no=1,
        version=0,
        kind=version.kind,
        points=POINTS.get(version.kind, USUAL_POINTS),
        order=asking.order(version, Random(shuffle)),
    )
    value = None
    if texts is not None:
        value = asking.checked(question, asking.posted(question, texts, NAME))
    shown = question_shown(question, version, value)
    return explained(shown, question, version, None)
