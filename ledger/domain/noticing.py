"""Public notices: given, objected to, reviewed, before their step is taken."""

from datetime import date

from django.db import transaction

import measures
from accounts.models import User
from core.audit import record
from ledger.domain.replaying import case_for_measures, replay_case, step_for_measures
from ledger.domain.stepping import level_of, refuse_unlawful
from ledger.domain.timing import (
    as_it_ran,
    clock_of,
    follow_notice,
    objection_for_measures,
    objections_to,
    standing_notice,
)
from ledger.errors import (
    AlreadySettled,
    NoNotice,
    NoticeOver,
    NotOfTheOffices,
    NotYourPlace,
    NotYourReview,
    ReviewOpen,
    StepRefused,
    TooEarlyAnew,
)
from ledger.models import Case, Notice, Objection, Settlement
from ledger.permissions import acts_for, may_object
from ledger.words import named


@transaction.atomic
def publish_notice(
    case: Case,
    step: str,
    *,
    on: date,
    since: date,
    until: date,
    by: User,
    note: str = "",
    key: str = "",
) -> Notice:
    """Give notice of the step that is due, if it could pass on such a notice.

    Given anew it takes the place of the one before, but not while a review of that is
    open. Raises ``StepRefused`` with the reason of ``measures``.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if key and (held := case.notices.filter(key=key).first()):
        return held
    entries = list(case.entries.order_by("index"))
    taken = {
        "step": step,
        "level": level_of(case, entries, step, by),
        "on": on.isoformat(),
        "notice": {"from": since.isoformat(), "to": until.isoformat()},
    }
    refuse_unlawful(case, entries, taken)
    refuse_misplaced(case, step, taken["level"], by)
    refuse_too_early(standing_notice(case, len(entries)), since)
    notice = Notice.objects.create(
        case=case,
        index=len(entries),
        step=step,
        level=taken["level"],
        given_on=on,
        since=since,
        until=until,
        note=note,
        by=by,
        key=key,
        division_code=case.division_code,
    )
    follow_notice(case, notice)
    record("notice.published", case, by=by, step=step, since=since, until=until)
    return notice


def refuse_misplaced(case: Case, step: str, level: str, by: User) -> None:
    """Only a step that has a notice can be given one, by its own level and place."""
    steps = measures.procedure(case.procedure, case.subject_kind).steps
    if not any(each.code == step and each.notice_days for each in steps):
        raise NoNotice(step=named(step, "step"))
    if not acts_for(by, level, case.division_code):
        raise NotYourPlace(level=named(level, "level"), place=case.division.full_name)


def refuse_too_early(before: Notice | None, since: date) -> None:
    """A notice given anew comes after the reviews of the one before."""
    if before is None:
        return
    clock = clock_of(before, since)
    if clock.stopped_since:
        raise ReviewOpen(day=clock.stopped_since)
    settled = [each.settlement.settled_on for each in before.objections.all()]
    if settled and since < max(settled):
        raise TooEarlyAnew(day=max(settled))


@transaction.atomic
def raise_objection(
    notice: Notice, *, objector: str, reason: str, on: date, by: User, key: str = ""
) -> Objection:
    """Enter an objection to a running notice: its clock stops and a review opens.

    Who objects need not be known to the registers. Raises ``NoticeOver`` when there is
    nothing left to object to, ``StepRefused`` for a day outside the notice.
    """
    case = Case.objects.select_for_update().get(pk=notice.case_id)
    if key and (held := notice.objections.filter(key=key).first()):
        return held
    if not may_object(by, case.division_code):
        raise NotOfTheOffices()
    standing = refuse_over(case, notice)
    told = objections_to(standing)
    ran = as_it_ran(standing, told, at_least=on)
    ran["objections"] = [*told, objection_for_measures(on, None)]
    refuse_out_of_order(case, standing, ran)
    objection = Objection.objects.create(
        notice=standing,
        objector=objector,
        reason=reason,
        raised_on=on,
        by=by,
        key=key,
        division_code=case.division_code,
    )
    follow_notice(case, standing_notice(case, standing.index))
    record("objection.raised", case, by=by, on=on)
    return objection


@transaction.atomic
def settle_objection(
    objection: Objection, *, outcome: str, reason: str, on: date, by: User
) -> Settlement:
    """Say what the review found; dismissed the notice runs on, upheld it falls.

    For the level that ``measures`` names. The same outcome sent twice is one
    settlement; another one is refused, because the first has been acted on.
    """
    case = Case.objects.select_for_update().get(pk=objection.notice.case_id)
    if held := Settlement.objects.filter(objection=objection).first():
        if held.outcome == outcome:
            return held
        raise AlreadySettled(outcome=held.outcome_name)
    standing = refuse_over(case, objection.notice)
    level = reviewing_level(case, standing)
    if not acts_for(by, level, case.division_code):
        raise NotYourReview(level=named(level, "level"))
    settlement = Settlement(
        objection=objection,
        outcome=outcome,
        reason=reason,
        settled_on=on,
        by=by,
        division_code=case.division_code,
    )
    told = [
        objection_for_measures(
            each.raised_on,
            settlement if each == objection else getattr(each, "settlement", None),
        )
        for each in standing.objections.all()
    ]
    refuse_out_of_order(case, standing, as_it_ran(standing, told, at_least=on))
    settlement.save()
    follow_notice(case, standing_notice(case, standing.index))
    record("objection.settled", case, by=by, on=on, outcome=outcome)
    return settlement


def refuse_over(case: Case, notice: Notice) -> Notice:
    """Return the notice as it stands, unless its step is taken, it was given anew, or
    an objection to it was upheld."""
    standing = standing_notice(case, case.entries.count())
    runs = standing is not None and standing == notice and case.is_open
    if not runs or clock_of(standing, standing.since).fallen:
        raise NoticeOver()
    return standing


def reviewing_level(case: Case, notice: Notice) -> str:
    """Ask ``measures`` who reviews the objections to this notice."""
    told = objections_to(notice)
    answer = replayed_on(case, notice, as_it_ran(notice, told, at_least=notice.since))
    return next((review.level for review in answer.reviews), notice.level)


def refuse_out_of_order(case: Case, notice: Notice, ran: dict) -> None:
    """Refuse days that cannot be; what else bars the step for now is no matter."""
    refusal = replayed_on(case, notice, ran).refused
    if refusal and refusal.code == "dates-out-of-order":
        raise StepRefused(refusal.code, refusal.because, refusal.citation)


def replayed_on(case: Case, notice: Notice, ran: dict) -> measures.Replay:
    """Replay the case as if the step were taken on its notice now."""
    taken = {
        "step": notice.step,
        "level": notice.level,
        "on": notice.given_on.isoformat(),
        "notice": ran,
    }
    entries = case.entries.order_by("index")
    steps = [*map(step_for_measures, entries), taken]
    return replay_case(case_for_measures(case, steps))
