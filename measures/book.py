"""The book: the data files beside the code, each read once, when first asked for."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def page(name: str) -> dict[str, Any]:
    """One TOML file of ``data/`` as plain dictionaries; treat it as read-only."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
