"""Objecting to one's own scorecard, and the office's answer."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from divisions.scoping import at as placed_at
from rosters.errors import (
    AnswerMissing,
    NeverInPost,
    ObjectionEmpty,
    ObjectionOpen,
    WrongOffice,
)
from rosters.models import Objection
from rosters.permissions import can_assign

from .terms import Period


@transaction.atomic
def raise_objection(period: Period, text: str, *, by: User, at: datetime) -> Objection:
    """Object to one's own scorecard of ``period``; the same words again are once.

    Raises ``ObjectionEmpty``, ``NeverInPost``, or ``ObjectionOpen`` while another one
    about the period waits for its answer.
    """
    person = User.objects.select_for_update(of=["self"]).get(pk=by.pk)
    if not text.strip():
        raise ObjectionEmpty
    about = Objection.objects.filter(
        person=person, since=period.since, until=period.until, answered_at=None
    )
    if waiting := about.first():
        if waiting.text == text.strip():
            return waiting
        raise ObjectionOpen
    held = person.assignments.filter(since__lt=period.until)
    post = held.ending_after(period.since).for_list().order_by("since").last()
    if post is None:
        raise NeverInPost
    objection = Objection.objects.create(
        person=person,
        since=period.since,
        until=period.until,
        text=text.strip(),
        raised_at=at,
        **placed_at(post.division),
    )
    record("objection.raised", objection, by=by)
    return objection


@transaction.atomic
def answer_objection(
    objection: Objection, answer: str, *, by: User, at: datetime
) -> Objection:
    """Answer with a reason; the first answer stands. Raises ``WrongOffice`` or
    ``AnswerMissing``."""
    objection = (
        Objection.objects.select_for_update(of=["self"])
        .select_related("division")
        .get(pk=objection.pk)
    )
    if not can_assign(by, objection.division):
        raise WrongOffice(division=objection.division)
    if objection.answered_at:
        return objection
    if not answer.strip():
        raise AnswerMissing
    objection.answer, objection.answered_by = answer.strip(), by
    objection.answered_at = at
    objection.save(update_fields=["answer", "answered_by", "answered_at"])
    record("objection.answered", objection, by=by)
    return objection
