"""Reading facts from outside: every value is checked, every fault named by its path.

A kind knows how to read one sort of value and how a JSON Schema describes it. The facts
of a subject are a class whose fields say their kind (``fact(number(0, 100))``), so that
reader, schema and code come from one declaration.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from measures.words import Name, codes

Schema = dict[str, Any]
LONGEST_TEXT = 1000
FIRST_DAY, LAST_DAY = date(1850, 1, 1), date(2100, 12, 31)


class Unreadable(Exception):
    """Something handed in is not what the exchange format asks for.

    ``path`` says where (``members[2].born``), ``message`` what is wrong.
    """

    def __init__(self, path: str, zh: str, en: str) -> None:
        super().__init__(path, zh, en)
        self.path = path
        self.message = Name(zh, en)

    def __str__(self) -> str:
        return f"{self.path}: {self.message.en}" if self.path else self.message.en

    def under(self, key: str) -> "Unreadable":
        """The same fault, seen from one level further out."""
        dot = "." if self.path and not self.path.startswith("[") else ""
        return Unreadable(f"{key}{dot}{self.path}", self.message.zh, self.message.en)


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of value: how to read it, and its schema."""

    read: Callable[[Any], Any]
    schema: Callable[[], Schema]


def text(longest: int = LONGEST_TEXT) -> Kind:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise Unreadable("", "应为文字", "should be text")
        if len(value) > longest:
            raise Unreadable(
                "", f"文字超过{longest}字", f"text longer than {longest} characters"
            )
        if not value.isprintable():
            raise Unreadable("", "文字含有控制字符", "text holds control characters")
        return value

    return Kind(read, lambda: {"type": "string", "maxLength": longest})


def flag() -> Kind:
    def read(value: Any) -> bool:
        if value is True or value is False:
            return bool(value)
        raise Unreadable("", "应为true或false", "should be true or false")

    return Kind(read, lambda: {"type": "boolean"})


def number(least: float, most: float) -> Kind:
    """A number from ``least`` to ``most``, both included; no NaN, no boolean."""

    def read(value: Any) -> float:
        if type(value) is Decimal:
            value = float(value)
        if type(value) is not int and type(value) is not float:
            raise Unreadable("", "应为数字", "should be a number")
        if not least <= value <= most:
            raise out_of_range(value, least, most)
        return value

    return Kind(read, lambda: {"type": "number", "minimum": least, "maximum": most})


def whole(least: int, most: int) -> Kind:
    def read(value: Any) -> int:
        if type(value) is not int:
            raise Unreadable("", "应为整数", "should be a whole number")
        if not least <= value <= most:
            raise out_of_range(value, least, most)
        return value

    return Kind(read, lambda: {"type": "integer", "minimum": least, "maximum": most})


def out_of_range(value: float, least: float, most: float) -> Unreadable:
    if isinstance(value, float) and not math.isfinite(value):
        return Unreadable("", "不是有限数", "is not a finite number")
    return Unreadable(
        "",
        f"超出范围：应在{least}到{most}之间",
        f"out of range: should be from {least} to {most}",
    )


def money() -> Kind:
    """Yuan. A household's or a village's, so a hundred million is a slip of the pen."""
    return number(-100_000_000, 100_000_000)


def amount() -> Kind:
    """Yuan that cannot be less than nothing."""
    return number(0, 100_000_000)


def day() -> Kind:
    def read(value: Any) -> date:
        if isinstance(value, str):
            value = parse_day(value)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise Unreadable(
                "", "应为日期，如2017-11-15", "should be a date such as 2017-11-15"
            )
        if not FIRST_DAY <= value <= LAST_DAY:
            raise Unreadable(
                "",
                f"日期超出范围：应在{FIRST_DAY}到{LAST_DAY}之间",
                f"date out of range: should be from {FIRST_DAY} to {LAST_DAY}",
            )
        return value

    return Kind(read, lambda: {"type": "string", "format": "date"})


def parse_day(value: str) -> date:
    # date.fromisoformat also takes 20171115 and 2017-W46-3, which people do not mean.
    if len(value) == 10 and value[4] == value[7] == "-" and value.isascii():
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Unreadable(
        "", "不是有效日期，应如2017-11-15", "not a real date such as 2017-11-15"
    )


def choice(kind: str) -> Kind:
    """One code of a code list. The list is looked up at the first reading."""
    allowed: frozenset[str] = frozenset()

    def read(value: Any) -> str:
        nonlocal allowed
        allowed = allowed or frozenset(codes(kind))
        if isinstance(value, str) and value in allowed:
            return value
        shown = "、".join(codes(kind)[:40])
        raise Unreadable("", f"应为下列之一：{shown}", f"should be one of: {shown}")

    return Kind(read, lambda: {"enum": list(codes(kind))})


def many(kind: Kind, most: int = 1000) -> Kind:
    """A list of at most ``most`` values of one kind."""

    def read(value: Any) -> tuple[Any, ...]:
        if type(value) is not list and type(value) is not tuple:
            raise Unreadable("", "应为列表", "should be a list")
        if len(value) > most:
            raise Unreadable("", f"超过{most}项", f"more than {most} entries")
        found = []
        for index, item in enumerate(value):
            try:
                found.append(kind.read(item))
            except Unreadable as fault:
                raise fault.under(f"[{index}]") from None
        return tuple(found)

    return Kind(
        read, lambda: {"type": "array", "items": kind.schema(), "maxItems": most}
    )


class Fact(NamedTuple):
    """How one fact is declared; ``key`` is its name outside where that differs."""

    kind: Kind
    required: bool
    key: str | None
    default: Any


def fact(kind: Kind, *, required: bool = False, key: str | None = None) -> Any:
    """A fact of a ``Facts`` class. What is not handed in is ``None``: not known."""
    return Fact(kind, required, key, None)


def listed(kind: Kind, most: int = 1000) -> Any:
    """A fact that is a list; not handed in, it is empty."""
    return Fact(many(kind, most), False, None, ())


class Facts:
    """What is known of something: read once, compared by content, never changed.

    A subclass declares its facts as a dataclass would. It is none because making forty
    dataclasses takes longer than everything else that importing this package does.
    """

    declared: ClassVar[dict[str, Fact]] = {}

    def __init_subclass__(cls) -> None:
        cls.declared = {
            name: each for name, each in vars(cls).items() if isinstance(each, Fact)
        }
        for name, each in cls.declared.items():
            setattr(cls, name, each.default)

    def __init__(self, **known: Any) -> None:
        unheard = known.keys() - self.declared.keys()
        if unheard:
            raise TypeError(f"{type(self).__name__} has no {', '.join(unheard)}")
        self.__dict__.update(known)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is never changed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.values() == other.values()

    def __hash__(self) -> int:
        return hash((type(self), self.values()))

    def __repr__(self) -> str:
        known = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({known})"

    def values(self) -> tuple[Any, ...]:
        """Every fact in the order declared, those not known included."""
        return tuple(getattr(self, name) for name in self.declared)


T = TypeVar("T", bound=Facts)


class Shape(Generic[T]):
    """Reads a JSON object into a ``Facts`` class; unknown keys are faults."""

    __slots__ = ("cls", "readers", "required")

    def __init__(self, cls: type[T]) -> None:
        self.cls = cls
        self.readers: dict[str, tuple[str, Callable[[Any], Any]]] = {}
        self.required: list[str] = []
        for name, each in cls.declared.items():
            key = each.key or name
            self.readers[key] = (name, each.kind.read)
            if each.required:
                self.required.append(key)

    def read(self, value: Any) -> T:
        if type(value) is not dict and not isinstance(value, Mapping):
            raise Unreadable("", "应为对象", "should be an object")
        known: dict[str, Any] = {}
        readers = self.readers
        for key, item in value.items():
            reader = readers.get(key) if isinstance(key, str) else None
            if reader is None:
                raise Unreadable(str(key)[:100], "没有这个字段", "no such field")
            if item is None:
                continue
            name, read = reader
            try:
                known[name] = read(item)
            except Unreadable as fault:
                raise fault.under(key) from None
        for key in self.required:
            if readers[key][0] not in known:
                raise Unreadable(key, "缺少必填字段", "required field is missing")
        return self.cls(**known)

    def schema(self) -> Schema:
        properties = {
            each.key or name: nullable(each.kind.schema(), each.required)
            for name, each in self.cls.declared.items()
        }
        found: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        if self.required:
            found["required"] = list(self.required)
        return found


def nullable(schema: Schema, required: bool) -> Schema:
    """A fact may be null, which says: not known."""
    if required:
        return schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def shape(cls: type[Facts]) -> Kind:
    """The kind of a nested object."""
    reader = Shape(cls)
    return Kind(reader.read, reader.schema)
