"""Sheets for people to approve: which fact moves which item, and in which words.

``python -m tests.measures.sheets`` writes them anew; read the difference before you
commit it. The tests hold the code to the sheets.
"""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import measures
from measures.answering import answer
from measures.worked import bases, spot

APPROVED = Path(__file__).parent / "approved"
EDITIONS = ("gx-2016", "gx-2017", "gx-2018", "gx-2020")
SUBJECTS = {
    "household": (measures.read_household, measures.check_household),
    "village": (measures.read_village, measures.check_village),
    "county": (measures.read_county, measures.check_county),
}


def leaves(facts: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single fact of a case, by its dotted path."""
    entries = facts.items() if isinstance(facts, dict) else enumerate(facts)
    for key, value in entries:
        here = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict | list):
            yield here, value
            yield from leaves(value, here)
        else:
            yield here, value


def others(value: Any) -> list[Any]:
    """Nothing known, and values far from the one in order."""
    if isinstance(value, bool):
        return [None, not value]
    if isinstance(value, int | float):
        return [None, 0, value * 10 + 1]
    return [None]


def facts_of(subject: str) -> dict[str, Any]:
    whole = bases()["family"] if subject == "household" else bases()[subject][subject]
    return {key: deepcopy(value) for key, value in whole.items() if key != "on"}


def facts_sheet() -> Iterator[str]:
    """What changes when one fact of a subject in order changes."""
    for subject, (read, check) in SUBJECTS.items():
        versions = dict.fromkeys(
            measures.edition(code).standard(subject) for code in EDITIONS
        )
        for version in versions:
            (code, *_) = (
                code
                for code in EDITIONS
                if measures.edition(code).standard(subject) == version
            )
            yield f"# {subject}, {code}"
            yield from changes_sheet(subject, code, read, check)


def changes_sheet(subject: str, edition: str, read: Any, check: Any) -> Iterator[str]:
    whole = facts_of(subject)
    before = check(read(whole), edition)
    for finding in before.findings:
        yield f"{finding.code} {finding.met} {finding.because['en']}"
    for path, value in leaves(whole):
        for other in others(value):
            changed = deepcopy(whole)
            place, last = spot(changed, path)
            place[last] = other
            try:
                after = check(read(changed), edition)
            except measures.Unreadable as refusal:
                yield f"{path} = {other}: {refusal}"
                continue
            for one, now in zip(before.findings, after.findings, strict=True):
                if (one.met, str(one.because)) != (now.met, str(now.because)):
                    yield f"{path} = {other}: {now.code} {now.met} {now.because['en']}"


def procedures_sheet() -> Iterator[str]:
    """Every procedure as it is declared."""
    for each in measures.procedures():
        yield (
            f"# {each.subject}: {each.code} {each.name.zh} ({each.citation}, "
            f"{each.attested}) from {', '.join(each.begins_from)} to {each.ends_in}"
        )
        for step in each.steps:
            notes = [
                f"notice of {step.notice_days} days" if step.notice_days else "",
                "announcement" if step.announcement else "",
                "meeting" if step.meeting else "",
                "optional" if step.optional else "",
                f"only {step.county_class}" if step.county_class else "",
                f"then {step.national_status}" if step.national_status else "",
                f"needs {' '.join(step.needs)}" if step.needs else "",
            ]
            yield "; ".join(
                [
                    f"{step.code} {step.name.zh} at {step.level}",
                    f"outcomes {' '.join(step.outcomes)}",
                    f"leaves {' '.join(step.documents)}",
                    *(note for note in notes if note),
                ]
            )


def examples_sheet() -> Iterator[str]:
    """The words in which every worked case is answered."""
    for each in measures.examples():
        told = answer(each.asks, each.case(), "en")
        yield f"# {each.code}: {each.title.en}"
        for key, value in told.items():
            if key in ("findings", "faults", "leads"):
                continue
            if key == "vetoes":
                held = [one for one in value if one["met"] is not False]
                yield from (f"{one['code']} {one['because']}" for one in held)
            elif key == "refused" and value:
                where = f"refused at {value['index']}: {value['code']}"
                yield f"{where}: {value['because']}"
            else:
                yield f"{key}: {value}"
        for one in told.get("findings", ()):
            if one["met"] is not True:
                yield f"{one['code']} {one['met']} {one['because']} {one['attested']}"
        for one in (*told.get("faults", ()), *told.get("leads", ())):
            yield "; ".join(f"{key} {value}" for key, value in one.items())


SHEETS = {
    "examples": examples_sheet,
    "facts": facts_sheet,
    "procedures": procedures_sheet,
}


def sheet(name: str) -> str:
    return "\n".join(SHEETS[name]()) + "\n"


def approved(name: str) -> str:
    return (APPROVED / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in SHEETS:
        (APPROVED / f"{name}.txt").write_text(sheet(name), encoding="utf-8")
