"""What all forms over the exchange format share."""

import re
from collections.abc import Mapping
from copy import deepcopy

from django import forms

from households.errors import FactsRefused


def field_for(path: str) -> str:
    return path.replace(".", "__")


class FactsForm(forms.Form):
    """A form whose fields are named by the paths of facts: ``land__paddy_mu``."""

    def __init__(self, *args, facts: Mapping, **kwargs):
        found = {name: dig(facts, name.split("__")) for name in self.base_fields}
        given = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial={**found, **given}, **kwargs)
        self.facts = facts

    def changes(self) -> dict:
        """The facts of this form as the exchange format has them.

        What a section holds beside the form's own fields stays as it is.
        """
        changed = {}
        for name in self.cleaned_data:
            top = name.split("__")[0]
            if top not in changed:
                changed[top] = deepcopy(self.facts.get(top)) if "__" in name else None
        for name, value in self.cleaned_data.items():
            plant(changed, name.split("__"), value)
        return {top: value if value != {} else None for top, value in changed.items()}

    def refuse(self, refusal: FactsRefused) -> None:
        """Put a refusal of the domain at the field it speaks of."""
        path = re.sub(r"^members\[\d+\]\.", "", refusal.path)
        name = field_for(path.split("[")[0])
        self.add_error(name if name in self.fields else None, str(refusal))


def dig(facts: Mapping, path: list[str]) -> object:
    found: object = facts
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def plant(tree: dict, path: list[str], value: object) -> None:
    """Write ``value`` at ``path``; what is not known leaves no trace."""
    *way, last = path
    for key in way:
        if not isinstance(tree.get(key), dict):
            tree[key] = {}
        tree = tree[key]
    if value is None and way:
        tree.pop(last, None)
    else:
        tree[last] = value
