"""What the page of a case shows, gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from .domain.offering import acts_for_case
from .domain.progress import stations_of
from .domain.timing import clock_of, standing_notice
from .forms import ObjectionForm, PublishForm, SettleForm, StepForm
from .models import Case, Notice, Objection
from .permissions import acts_for, may_object
from .subjects import page_of as subject_page_of
from .timeline import findings_of, moments_of

if TYPE_CHECKING:
    from datetime import date

    import measures
    from accounts.models import User


@dataclass(frozen=True)
class Dispute:
    """An objection and, for those who review it, the form that settles it."""

    objection: Objection
    form: SettleForm | None = None


@dataclass(frozen=True)
class NoticeShown:
    """The notice of the step due, how its clock stands, and what was objected."""

    notice: Notice
    clock: measures.Clock
    disputes: list[Dispute]
    objection_form: ObjectionForm | None = None


def page_of(case: Case, *, reader: User, on: date, bound: dict | None = None) -> dict:
    """The context of ``case_detail.html``; ``bound`` are forms that came back."""
    bound = bound or {}
    entries = list(case.entries.select_related("by").order_by("index"))
    acts = acts_for_case(case, entries, by=reader, on=on)
    standing = standing_notice(case, len(entries)) if case.is_open else None
    shown = standing and notice_shown(case, standing, reader=reader, on=on, bound=bound)
    return {
        "case": case,
        "astray": astray(bound, acts, shown),
        "stations": stations_of(case, entries, on=on, notice=standing),
        "acts": acts,
        "notice": shown,
        "moments": moments_of(case, entries),
        "findings": findings_of(case),
        "subject_url": subject_page_of(case),
        "crumbs": [(_("Cases"), reverse("ledger:index"))],
        **forms_for(acts, shown, index=len(entries), on=on),
        **bound,
    }


def notice_shown(
    case: Case, notice: Notice, *, reader: User, on: date, bound: dict
) -> NoticeShown:
    clock = clock_of(notice, on)
    reviews = acts_for(reader, notice.level, case.division_code) and not clock.fallen
    refused = bound.get("settling")
    disputes = [
        Dispute(
            each,
            refused
            if refused and refused.objection == each
            else SettleForm(objection=each, on=on)
            if reviews and each.is_open
            else None,
        )
        for each in notice.objections.all()
    ]
    form = bound.get("objecting")
    if not form and may_object(reader, case.division_code) and not clock.fallen:
        form = ObjectionForm(on=on)
    return NoticeShown(notice, clock, disputes, form)


def astray(bound: dict, acts, shown: NoticeShown | None) -> list:
    """The forms that came back and have no place on the page any more."""
    placed = []
    if shown:
        placed += [shown.objection_form, *(each.form for each in shown.disputes)]
    if acts:
        placed.append(bound.get("form"))
    if any(not act.closed for act in acts):
        placed.append(bound.get("publishing"))
    return [
        form
        for form in bound.values()
        if isinstance(form, Form) and not any(form is each for each in placed)
    ]


def forms_for(acts, shown: NoticeShown | None, *, index: int, on: date) -> dict:
    """The forms of the step that the reader may take: it, and the notice before it."""
    mine = next((act for act in acts if not act.closed), None)
    if mine is None:
        return {"form": None}
    gives_notice = bool(mine.step.notice_days)
    may_pass = not gives_notice or bool(shown and shown.clock.has_run)
    form = StepForm(step=mine.step, index=index, may_pass=may_pass)
    if not gives_notice or (shown and shown.clock.stopped_since):
        return {"form": form, "may_pass": may_pass}
    publishing = PublishForm(step=mine.step, anew=shown is not None, on=on)
    return {"form": form, "may_pass": may_pass, "publishing": publishing}
