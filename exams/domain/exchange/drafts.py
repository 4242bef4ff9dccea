"""A question as a file has it, before the bank has looked at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TypeVar

from django.utils.translation import gettext as _

from exams.domain.contents import JUDGEMENTS, Content
from exams.enums import Attested, Kind

from .refusals import TooManyQuestions

T = TypeVar("T")
MOST = 5_000
BRIEF = 60
TRUE_WORDS = frozenset(
    ["对", "正确", "是", "√", "✓", "✔", "t", "true", "y", "yes", "right", "correct"]
)
FALSE_WORDS = frozenset(
    [
        "错",
        "错误",
        "否",
        "不对",
        "不正确",
        "×",
        "✗",
        "✘",
        "x",
        "f",
        "false",
        "n",
        "no",
        "wrong",
        "incorrect",
    ]
)


@dataclass(frozen=True)
class Draft:
    """``fields`` are those of ``Content`` that the file states; ``notes`` say what was
    changed or left behind, ``faults`` why it cannot be taken in.

    ``code`` is what the file calls the question for good; ``names`` are what may turn
    out to be the code of a question the bank knows.
    """

    place: str
    fields: Mapping[str, object] = field(default_factory=dict)
    code: str = ""
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    row: int = 0

    @property
    def brief(self) -> str:
        """The question's first words, to be known again by its author."""
        text = " ".join(str(self.fields.get("stem") or "").split())
        text = text or next(filter(None, self.names), "")
        return text if len(text) <= BRIEF else text[: BRIEF - 1] + "…"


@dataclass(frozen=True)
class Reading:
    """All that a file holds; ``notes`` concern the file as a whole."""

    drafts: list[Draft]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What the person taking a file in says for questions whose file does not."""

    prefix: str = "IMP"
    subject: str = ""
    difficulty: int = 3
    edition: str = ""
    cites: tuple[str, ...] = ()
    attested: str = Attested.ASSUMED.value
    because: str = ""


def complete(draft: Draft, terms: Terms) -> Content:
    """Return the draft's content, with ``terms`` where the file is silent."""
    given = {name: value for name, value in asdict(terms).items() if name != "prefix"}
    given["cites"] = list(terms.cites)
    said = {
        name: value for name, value in draft.fields.items() if value not in ("", [])
    }
    blank = {"stem": "", "kind": "", "answer": []}
    return Content(**blank | given | said)


def checked(drafts: Iterable[T]) -> list[T]:
    """Return them all; ``TooManyQuestions`` beyond what is taken in at once."""
    taken: list[T] = []
    for draft in drafts:
        if len(taken) == MOST:
            raise TooManyQuestions(limit=MOST)
        taken.append(draft)
    return taken


def on_one_line(draft: Draft) -> Draft:
    """Return the draft with what is chosen or put in order on a line each, as authors
    write it; a line break within is a space."""
    fields = {name: unbroken(draft.fields.get(name)) for name in ("options", "parts")}
    fields = {name: value for name, value in fields.items() if value is not None}
    if all(draft.fields[name] == value for name, value in fields.items()):
        return draft
    note = _("line breaks within an option are read as spaces")
    return replace(draft, fields={**draft.fields, **fields}, notes=(*draft.notes, note))


def unbroken(value: object) -> object:
    """Of a question of a case only its options; its words may have lines."""
    if isinstance(value, str):
        lines = value.splitlines()
        return " ".join(filter(None, map(str.strip, lines))) if lines[1:] else value
    if isinstance(value, list):
        return [unbroken(each) for each in value]
    if isinstance(value, dict) and "options" in value:
        return value | {"options": unbroken(value["options"])}
    return value


def is_true(word: str) -> bool | None:
    """Tell what a word for true or false says; None when it is neither."""
    word = word.strip().strip("。.").casefold()
    if word in TRUE_WORDS:
        return True
    return False if word in FALSE_WORDS else None


def judged(fields: dict, notes: list[str]) -> dict:
    """Turn a single choice between true and false into a judgement.

    Other systems write judgements so; as a choice, its two words would be shuffled.
    """
    meanings = [is_true(option) for option in fields.get("options", ())]
    if fields.get("kind") != Kind.SINGLE or sorted(map(str, meanings)) != [
        "False",
        "True",
    ]:
        return fields
    if fields["options"] != list(JUDGEMENTS):
        notes.append(_("read as true or false, with this platform's two words"))
    right = [0 if meanings[place] else 1 for place in fields["answer"]]
    return fields | {
        "kind": Kind.JUDGE.value,
        "options": list(JUDGEMENTS),
        "answer": right,
    }
