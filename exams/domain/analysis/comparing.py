"""The papers of a sitting, read to be compared."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models.functions import Substr

from accounts.models import User
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from exams.domain.keying import keyed
from exams.enums import State
from exams.models import Attempt, ItemVersion, KeyRevision, Sitting

from .sheets import answers_of, given_to
from .similarity import Paper

# Two hundred thousand pairs: some seconds.
MOST_PAPERS = 600
COUNTY = CODE_LENGTH[Level.COUNTY]


def counties_of(sitting: Sitting, *, for_user: User) -> list[Division]:
    """The counties whose people sat, among those ``for_user`` oversees."""
    marked = marked_in(sitting, for_user=for_user).order_by()
    codes = marked.values_list(Substr("division_code", 1, COUNTY), flat=True)
    return list(Division.objects.filter(code__in=codes.distinct()).order_by("code"))


def marked_in(sitting: Sitting, *, for_user: User):
    marked = Attempt.objects.filter(sitting=sitting, state=State.MARKED)
    return marked.visible_to(for_user)


def attempts_to_compare(
    sitting: Sitting, county: Division, *, for_user: User
) -> list[Attempt]:
    """The attempts of one county; copying is looked for among people who may meet."""
    marked = marked_in(sitting, for_user=for_user).within(county.code)
    return list(marked.for_list().order_by("division_code", "pk")[:MOST_PAPERS])


def papers_of(attempts: Sequence[Attempt]) -> list[Paper]:
    answers = answers_of([attempt.pk for attempt in attempts])
    wanted = {question.version for each in attempts for question in each.questions}
    versions = ItemVersion.objects.in_bulk(wanted)
    revisions: dict[int, KeyRevision] = {}
    papers = []
    for attempt in attempts:
        marked_by = keyed(versions, attempt.keys, revisions)
        given = [
            given_to(
                question,
                marked_by[question.version],
                answers[attempt.pk].get(question.no),
                None,
            )
            for question in attempt.questions
        ]
        chosen = {
            each.version: (tuple(sorted(each.chosen)), each.earned == each.points)
            for each in given
            if each.chosen
        }
        papers.append(Paper(attempt.pk, chosen, person=attempt.candidate_id))
    return papers
