"""The fields in which a key is revised, one set a kind: the question stays as it is.

They are those of ``laying`` as well, but without what candidates see: options are
ticked and not written, steps and right sides are chosen from those there are. What is
incomplete or wrong becomes a key that has faults, for ``keying.revise_key`` to name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.workbooks.signs import plain_number
from exams.domain.kinds import Written
from exams.domain.kinds.case import Part
from exams.domain.kinds.ledger_task import key_of, truth_of
from exams.enums import Kind

from .choices import ticks
from .laying import Laid, Row, first, lines_of
from .texts import tolerance_in

Texts = Callable[[str], list[str]]
NOWHERE = -1


@dataclass(frozen=True)
class Key:
    """What stands in the fields, right or wrong."""

    answer: object
    tolerance: str


class KeyFields:
    """How the key of one kind is written; ``form`` is the template of the fields, and
    their names follow the prefix: ``right``, ``place``, ``text``, ``tolerance``."""

    form = ""

    def laid_out(self, version: Written, prefix: str = "") -> Laid:
        """Return the fields with the key that ``version`` has."""
        raise NotImplementedError

    def posted(self, version: Written, texts: Texts, prefix: str = "") -> Laid:
        """Return the fields as a form sends them, nothing judged yet."""
        raise NotImplementedError

    def key_in(self, laid: Laid, version: Written) -> object:
        raise NotImplementedError

    def laid(self, version: Written, prefix: str, **said) -> Laid:
        return Laid(kind=version.kind, form=self.form, prefix=prefix, **said)


class TickedKey(KeyFields):
    form = "exams/keying/ticked.html"

    def __init__(self, *, takes_many: bool = False) -> None:
        self.takes_many = takes_many

    def laid_out(self, version, prefix=""):
        return self.ticked(version, prefix, set(version.answer))

    def posted(self, version, texts, prefix=""):
        return self.ticked(version, prefix, ticks(texts(f"{prefix}right")))

    def ticked(self, version: Written, prefix: str, right: set[int]) -> Laid:
        rows = [Row(text, place in right) for place, text in enumerate(version.options)]
        facts = {"rows": tuple(rows), "takes_many": self.takes_many}
        return self.laid(version, prefix, **facts)

    def key_in(self, laid, version):
        return [place for place, row in enumerate(laid.rows) if row.is_right]


class ChosenKey(KeyFields):
    """For each line one of the options: its right side, or the step that comes then."""

    form = "exams/keying/chosen.html"

    def laid_out(self, version, prefix=""):
        return self.chosen(version, prefix, list(map(str, version.answer)))

    def posted(self, version, texts, prefix=""):
        return self.chosen(version, prefix, texts(f"{prefix}place"))

    def chosen(self, version: Written, prefix: str, places: list[str]) -> Laid:
        labels = self.labels(version)
        places = (places + [""] * len(labels))[: len(labels)]
        rows = [Row(text, left=left) for left, text in zip(labels, places, strict=True)]
        choices = tuple((str(at), text) for at, text in enumerate(version.options))
        return self.laid(version, prefix, rows=tuple(rows), choices=choices)

    def key_in(self, laid, version):
        known = dict(laid.choices)
        return [int(row.text) if row.text in known else NOWHERE for row in laid.rows]

    def labels(self, version: Written) -> list[str]:
        return list(version.parts)


class OrderKey(ChosenKey):
    def labels(self, version):
        return [str(number) for number in range(1, len(version.options) + 1)]


class TextKey(KeyFields):
    """The guide of a short answer."""

    form = "exams/keying/guide.html"

    def laid_out(self, version, prefix=""):
        return self.laid(version, prefix, text=version.answer)

    def posted(self, version, texts, prefix=""):
        return self.laid(version, prefix, text=first(texts(f"{prefix}text")).strip())

    def key_in(self, laid, version):
        return laid.text


class AcceptedKey(TextKey):
    """Accepted answers, one on each line."""

    form = "exams/keying/accepted.html"

    def laid_out(self, version, prefix=""):
        return self.laid(version, prefix, text="\n".join(version.answer))

    def key_in(self, laid, version):
        return list(lines_of(laid.text))


class NumberKey(TextKey):
    """A number; its tolerance, too, unless it is a question of a case."""

    form = "exams/keying/number.html"

    def laid_out(self, version, prefix=""):
        facts = {"text": version.answer, "unit": version.unit}
        return self.laid(version, prefix, **facts, **self.width(version))

    def posted(self, version, texts, prefix=""):
        facts = {"text": first(texts(f"{prefix}text")).strip(), "unit": version.unit}
        width = self.width(version) and {
            "tolerance": first(texts(f"{prefix}tolerance")).strip()
        }
        return self.laid(version, prefix, **facts, **width)

    def width(self, version: Written) -> dict[str, str]:
        if isinstance(version, Part):
            return {}
        return {"tolerance": plain_number(version.tolerance)}


class CaseKey(KeyFields):
    """The keys of its questions, one below the other."""

    form = "exams/keying/case.html"

    def __init__(self, fields: dict[str, KeyFields]) -> None:
        self.fields = fields

    def laid_out(self, version, prefix=""):
        return self.asked(
            version, prefix, lambda fields, part, at: fields.laid_out(part, at)
        )

    def posted(self, version, texts, prefix=""):
        return self.asked(
            version, prefix, lambda fields, part, at: fields.posted(part, texts, at)
        )

    def asked(self, version: Written, prefix: str, lay: Callable) -> Laid:
        parts = tuple(
            replace(
                lay(self.fields[part.kind], part, f"{prefix}part-{at}-"), stem=part.stem
            )
            for at, part in enumerate(parts_of(version))
        )
        return self.laid(version, prefix, parts=parts)

    def key_in(self, laid, version):
        return [
            self.fields[part.kind].key_in(each, part)
            for each, part in zip(laid.parts, parts_of(version), strict=True)
        ]


class DrawnKey(KeyFields):
    """Nobody writes it: it becomes what the Measures answer today."""

    form = "exams/keying/drawn.html"

    def laid_out(self, version, prefix=""):
        rows = [
            Row(" / ".join(part.options[place] for place in right), left=part.stem)
            for part, right in zip(
                parts_of(version), key_of(truth_of(version)), strict=True
            )
        ]
        return self.laid(version, prefix, rows=tuple(rows))

    def posted(self, version, texts, prefix=""):
        return self.laid_out(version, prefix)

    def key_in(self, laid, version):
        return key_of(truth_of(version))


KEYS: dict[str, KeyFields] = {
    Kind.JUDGE: TickedKey(),
    Kind.SINGLE: TickedKey(),
    Kind.MULTIPLE: TickedKey(takes_many=True),
    Kind.NUMERIC: NumberKey(),
    Kind.BLANK: AcceptedKey(),
    Kind.ORDERING: OrderKey(),
    Kind.MATCHING: ChosenKey(),
    Kind.LEDGER: DrawnKey(),
    Kind.SHORT: TextKey(),
}
KEYS |= {Kind.CASE: CaseKey(dict(KEYS))}


def parts_of(version: Written) -> list[Part]:
    return [Part(version, at) for at in range(len(version.parts))]


def key_laid_out(version: Written, prefix: str) -> Laid:
    """Return the fields of a version's key, with what it is."""
    return KEYS[version.kind].laid_out(version, prefix)


def key_posted(version: Written, texts: Texts, prefix: str) -> Laid:
    """Return them as a form sends them; ``texts(name)`` lists what stands under a
    name."""
    return KEYS[version.kind].posted(version, texts, prefix)


def key_gathered(version: Written, laid: Laid) -> Key:
    """Return the key that stands in the fields. Raises ``CannotBeKept``."""
    width = tolerance_in(laid.tolerance) if version.kind == Kind.NUMERIC else "0"
    return Key(KEYS[version.kind].key_in(laid, version), width)
