"""Which clauses a certificate's holder was examined on and has to learn anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import BigIntegerField, Func, Q, Value

import measures
from certificates.models import Certificate, Refresher
from certificates.models.certificates import CertificateQuerySet
from courses.models import LessonPage
from exams.models import Attempt, ItemVersion
from measures import Change

# By attempt, the sections that its paper cited; None if the paper is not on record.
Sections = Mapping[int, set[str] | None]


def due_for_refresher(
    among: CertificateQuerySet, *, on: date, clause: str = ""
) -> CertificateQuerySet:
    """Keep those in force that were examined under an older edition than that of the
    day and are concerned by what differs (by ``clause``, if one is named), unless the
    office has decided or the holder has renewed."""
    now = measures.in_force(on).code
    decided = Refresher.objects.filter(edition_code=now)
    renewed = Certificate.objects.valid(on).filter(edition_code=now)
    waiting = (
        among.valid(on)
        .exclude(attempt__in=decided.values("certificate__attempt"))
        .exclude(holder__in=renewed.values("holder"))
    )
    return concerned(waiting, on=on, clause=clause)


def concerned(
    among: CertificateQuerySet, *, on: date, clause: str = ""
) -> CertificateQuerySet:
    """New matter concerns everybody of an edition; of another change, whoever was
    examined on its section."""
    wanted = {
        code: [each for each in changes if clause in ("", each.clause.code)]
        for code, changes in changes_by_edition(on).items()
    }
    for_all = [c for c, found in wanted.items() if any(x.is_new_matter for x in found)]
    for_some = [c for c, found in wanted.items() if found and c not in for_all]
    keep = Q(edition_code__in=for_all)
    if for_some:
        sections = {
            code: {each.clause.citation for each in wanted[code]} for code in for_some
        }
        some = among.filter(edition_code__in=for_some)
        keep |= Q(pk__in=KeysInOne(examined_on(sections, some)))
    return among.filter(keep)


class KeysInOne(Func):
    """Keys as one parameter of a statement: of tens of thousands, none of the databases
    takes one for each."""

    output_field = BigIntegerField()
    template = "(SELECT value FROM json_each(%(expressions)s))"

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(Value(json.dumps(list(keys))))

    def as_postgresql(self, compiler, connection, **context):
        template = "(SELECT jsonb_array_elements_text(%(expressions)s::jsonb)::bigint)"
        return self.as_sql(compiler, connection, template=template, **context)


def examined_on(
    sections: Mapping[str, set[str]], among: CertificateQuerySet
) -> Iterator[int]:
    """The keys of those whose paper cites one of their edition's ``sections``, or is
    not on record. A paper is read and let go: there may be tens of thousands."""
    cites = ItemVersion.objects.values_list("pk", "cites")
    cited = [(version, set(found)) for version, found in cites]
    hits = {
        code: {version for version, found in cited if found & wanted}
        for code, wanted in sections.items()
    }
    rows = among.order_by().values_list("pk", "edition_code", "attempt__paper")
    for pk, code, paper in rows.iterator(chunk_size=1000):
        if not paper or any(each["version"] in hits[code] for each in paper):
            yield pk


def changes_by_edition(on: date) -> dict[str, tuple[Change, ...]]:
    """By older edition, what differs in the one in force, if anything does."""
    now = measures.in_force(on)
    return {
        each.code: changes
        for each in measures.editions()
        if each.since < now.since
        and (changes := measures.changes_between(each.code, now.code))
    }


def affected_clauses(
    certificates: Sequence[Certificate], *, on: date
) -> dict[int, list[Change]]:
    """By certificate, what concerns it; two statements for one as for many."""
    changes = changes_by_edition(on)
    sections = sections_of({each.attempt_id for each in certificates})
    return {
        each.pk: [
            change
            for change in changes.get(each.edition_code, ())
            if concerns(change, sections[each.attempt_id])
        ]
        for each in certificates
    }


def concerns(change: Change, sections: set[str] | None) -> bool:
    return (
        change.is_new_matter or sections is None or change.clause.citation in sections
    )


def sections_of(attempts: Iterable[int]) -> Sections:
    """What the papers of these attempts cite."""
    papers = {
        attempt: {question["version"] for question in paper}
        for attempt, paper in Attempt.objects.filter(pk__in=attempts).values_list(
            "pk", "paper"
        )
    }
    versions = set().union(*papers.values())
    cites = dict(ItemVersion.objects.filter(pk__in=versions).values_list("pk", "cites"))
    return {
        attempt: {cite for version in paper for cite in cites[version]}
        if paper
        else None
        for attempt, paper in papers.items()
    }


def lessons_on(changes: Iterable[Change]) -> list[LessonPage]:
    """The published lessons that teach these clauses, in the order of the path."""
    return teaching(changes, live_lessons())


def live_lessons() -> list[LessonPage]:
    return list(LessonPage.objects.live().defer("body").order_by("path"))


def teaching(
    changes: Iterable[Change], lessons: Iterable[LessonPage]
) -> list[LessonPage]:
    """Those of ``lessons`` that teach these clauses; one that names no clause counts
    for the sections it cites."""
    changes = list(changes)
    clauses = {change.clause.code for change in changes}
    citations = {change.clause.citation for change in changes}
    return [
        lesson
        for lesson in lessons
        if clauses.intersection(lesson.clause_codes)
        or (not lesson.clause_codes and citations.intersection(lesson.cited))
    ]
