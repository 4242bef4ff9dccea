"""A refusal kept as what it follows from: it met a worker, whose language is nobody's,
and is put in words when somebody reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import ModuleType

from certificates import errors
from certificates.errors import NotEarned
from certificates.trust import errors as errors_of_trust
from core.errors import Refused


def kept(refusal: Refused) -> dict[str, object]:
    """Its code, and the values that its words name (others are for the log alone); of
    what is not earned each reason in the same way."""
    values = {
        name: str(value)
        for name, value in refusal.values.items()
        if f"%({name})" in str(refusal.message)
    }
    told: dict[str, object] = {"code": refusal.code, "values": values}
    if isinstance(refusal, NotEarned):
        del values["reasons"]
        told["missing"] = [kept(each) for each in refusal.missing]
    return told


def recalled(told: Mapping) -> Refused:
    """The refusal again; one that the code knows no more says nothing of its own."""
    kind = kinds().get(told["code"])
    if kind is None:
        return Refused()
    values = told.get("values", {})
    if kind is NotEarned:
        missing = tuple(recalled(each) for each in told["missing"])
        return NotEarned(missing=missing, **values)
    return kind(**values)


def words_of(told: Mapping) -> str:
    """What it says in the language of whoever reads. What was kept in words alone,
    before, stays as it was said."""
    return told["words"] if "words" in told else str(recalled(told))


@lru_cache(maxsize=1)
def kinds() -> dict[str, type[Refused]]:
    found = (*refusals_in(errors), *refusals_in(errors_of_trust))
    return {kind.code: kind for kind in found}


def refusals_in(module: ModuleType) -> Iterator[type[Refused]]:
    for kind in vars(module).values():
        if isinstance(kind, type) and issubclass(kind, Refused):
            yield kind
