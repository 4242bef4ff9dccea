"""The Measures as a page to read: every clause, what runs it and where it is taught."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils.translation import get_language

import measures
from courses.models import LessonPage
from exams.models import ItemVersion

# What the exercise's household is judged by, and the case it is moved through.
EXERCISED = ("measures.households", "measures.vetoes", "measures.casework")


@dataclass(frozen=True)
class Statement:
    """One clause in the reader's language, with what leans on it."""

    code: str
    chapter: int
    citation: str
    attested: str
    text: str
    silent: str
    runs: tuple[str, ...]
    lessons: list[LessonPage]
    questions: int
    exercised: bool
    cases: list[str]


@dataclass(frozen=True)
class Part:
    """The clauses that stand under one section of the interpretation."""

    citation: str
    statements: list[Statement]


def parts_of_the_measures(words: str = "") -> list[Part]:
    """Return the clauses that hold every one of ``words``, section by section.

    Two queries whatever the number; the rest is the package's own.
    """
    language = get_language() or "zh-hans"
    lessons = lessons_by_clause()
    questions = questions_by_citation()
    cases = cases_by_clause(language)
    parts: dict[str, list[Statement]] = {}
    for clause in measures.clauses():
        statement = Statement(
            code=clause.code,
            chapter=clause.chapter,
            citation=clause.citation,
            attested=measures.name_of(clause.attested, language, "attested"),
            text=clause.text[language],
            silent=clause.silent[language] if clause.silent else "",
            runs=clause.runs,
            lessons=lessons[clause.code],
            questions=questions[clause.citation],
            exercised=any(name.startswith(EXERCISED) for name in clause.runs),
            cases=cases[clause.code],
        )
        if holds(statement, words):
            parts.setdefault(clause.citation, []).append(statement)
    return [Part(citation, found) for citation, found in parts.items()]


def holds(statement: Statement, words: str) -> bool:
    told = f"{statement.code} {statement.citation} {statement.text}".lower()
    return all(word in told for word in words.lower().split())


def lessons_by_clause() -> defaultdict[str, list[LessonPage]]:
    found: defaultdict[str, list[LessonPage]] = defaultdict(list)
    for lesson in LessonPage.objects.live().defer("body").order_by("path"):
        for code in lesson.clause_codes:
            found[code].append(lesson)
    return found


def questions_by_citation() -> Counter[str]:
    """How many questions of the bank, in their latest version, cite each section."""
    latest: dict[int, list[str]] = {}
    rows = ItemVersion.objects.order_by("item_id", "number")
    for item, cites in rows.values_list("item_id", "cites"):
        latest[item] = cites
    return Counter(cite for cites in latest.values() for cite in set(cites))


def cases_by_clause(language: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for example in measures.examples():
        found[example.clause].append(example.title[language])
    return found
