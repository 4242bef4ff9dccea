"""Arbitrary input, drawn from the very schemas that the package publishes."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from measures.answering import schema

TEXTS = st.text(
    alphabet=st.characters(categories=["L", "N"], max_codepoint=0x9FFF), max_size=12
)
DAYS = st.dates(date(1850, 1, 1), date(2100, 12, 31)).map(date.isoformat)


def fitting(described: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that the schema allows; any fact may be null or left out."""
    if "anyOf" in described:
        return st.one_of([fitting(each) for each in described["anyOf"]])
    if "enum" in described:
        return st.sampled_from(described["enum"])
    kind = described.get("type")
    if isinstance(kind, list):
        narrowed = {**described, "type": kind[0]}
        return st.one_of(st.none(), fitting(narrowed))
    if kind == "object":
        return objects(described)
    return SIMPLE[kind](described)


def objects(described: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    properties = described.get("properties", {})
    required = set(described.get("required", ()))
    return st.fixed_dictionaries(
        {key: fitting(value) for key, value in properties.items() if key in required},
        optional={
            key: fitting(value)
            for key, value in properties.items()
            if key not in required
        },
    )


def arrays(described: dict[str, Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(
        fitting(described["items"]), max_size=min(4, described.get("maxItems", 4))
    )


def texts(described: dict[str, Any]) -> st.SearchStrategy[str]:
    if described.get("format") == "date":
        return DAYS
    return TEXTS.map(lambda text: text[: described["maxLength"]])


SIMPLE = {
    "array": arrays,
    "string": texts,
    "boolean": lambda _: st.booleans(),
    "integer": lambda s: st.integers(s["minimum"], s["maximum"]),
    "number": lambda s: st.one_of(
        st.integers(int(s["minimum"]), int(s["maximum"])),
        st.floats(s["minimum"], s["maximum"]).map(lambda x: round(x, 2)),
    ),
}


def inputs(command: str) -> st.SearchStrategy[Any]:
    """Anything the published schema of the command allows."""
    return fitting(schema(command))


def households() -> st.SearchStrategy[dict[str, Any]]:
    return fitting(schema("vetoes"))


JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=10,
)
