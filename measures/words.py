"""Names of things in Chinese and in English, and the code lists that forms offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from measures.book import page


@dataclass(frozen=True, slots=True)
class Name:
    """The same words twice; ``name["zh-hans"]`` or ``name["en"]`` picks one."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang.startswith("zh") else self.en


class UnknownCode(LookupError):
    """No list has this code: a bug of the caller, never a user's mistake."""


@cache
def code_lists() -> Mapping[str, Mapping[str, Name]]:
    """Every code list, by kind: ``code_lists()["relation"]["head"]["zh"]`` is 户主."""
    return MappingProxyType(
        {
            kind: MappingProxyType(
                {code: Name(*pair) for code, pair in entries.items()}
            )
            for kind, entries in page("names").items()
        }
    )


def codes(kind: str) -> tuple[str, ...]:
    """The codes of one list, in the order in which a form offers them."""
    return tuple(code_lists()[kind])


def name_of(code: str, lang: str = "zh", kind: str | None = None) -> str:
    """What ``code`` is called.

    A few codes stand in several lists (``none``, ``other``): without ``kind`` the
    first list that has the code answers.
    """
    lists = code_lists()
    for entries in [lists[kind]] if kind else lists.values():
        if code in entries:
            return entries[code][lang]
    raise UnknownCode(f"{kind}: {code}" if kind else code)
