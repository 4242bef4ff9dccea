"""Each role's home page: what to do next, and what waits.

Everything shown is asked from the apps; nothing is decided here but the order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from accounts.enums import OFFICES, Role
from accounts.models import User
from certificates.domain.affecting import due_for_refresher
from certificates.domain.calling import Call, calls_of, number_late
from certificates.domain.hearing import appeals_heard_by
from certificates.domain.losing import certificate_taken
from certificates.domain.reminding import reminders_for
from certificates.models import Certificate, Reminder
from certificates.permissions import deciding_codes
from courses.domain.progressing import PathProgress, next_step, path_progress
from courses.domain.rereading import rereadings_of
from courses.models import Rereading
from exams.domain.analysis.teaching import Gap, gaps_for
from exams.models import Attempt, Item, ItemDraft, Sitting
from exercises.models import Run
from households.models import Household
from ledger.models import Case
from rosters.domain.gaps import gaps_within
from rosters.domain.opening import number_opened
from rosters.models import Assignment, Opening

SHOWN = 8  # rows of a list on a home page; the room has the rest
EXPIRING_MONTHS = 3


@dataclass(frozen=True)
class Card:
    """The one card of a home page: the next thing to do."""

    title: str
    text: str
    action: str
    url: str
    meta: str = ""


@dataclass(frozen=True)
class Stop:
    """A station on the way from the first lesson to the post."""

    name: str
    is_done: bool
    card: Card
    note: str = ""
    state: str = "next"

    @property
    def url(self) -> str:
        return self.card.url if self.state == "current" else ""


@dataclass(frozen=True)
class Figure:
    label: str
    figure: int | str
    url: str = ""
    note: str = ""
    kind: str = ""
    unit: str = ""


@dataclass
class Home:
    """What a person finds on entering; empty parts are not drawn."""

    lead: Card | None = None
    path: list[Stop] = field(default_factory=list)
    waiting: list[Case] = field(default_factory=list)
    waiting_count: int = 0
    figures: list[Figure] = field(default_factory=list)
    is_office: bool = False
    taken: Certificate | None = None
    reminders: list[Reminder] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    rereadings: list[Rereading] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def home_for(user: User, *, at: datetime) -> Home:
    """Return what ``user`` should see first; the parts add up over the roles."""
    on = timezone.localdate(at)
    home = Home(
        is_office=user.holds(*OFFICES.values()),
        taken=certificate_taken(user, on=on),
        reminders=reminders_for(user, on=on),
        calls=calls_of(user, on=on),
    )
    if user.holds(Role.INFORMANT):
        home.path = path_to_the_post(user, on=on, at=at)
        home.rereadings = list(rereadings_of(user))
        home.lead = next((s.card for s in home.path if s.state == "current"), None)
    if user.holds(Role.INFORMANT, *OFFICES.values()):
        cases = Case.objects.waiting_for(user, on).for_list()
        home.waiting_count = cases.count()
        home.waiting = list(cases[:SHOWN])
        home.figures += register_figures(user)
    if home.is_office:
        home.figures += staffing_figures(user, on=on)
        home.openings = openings_lately(user, on=on)
        home.figures += appeal_figures(user) + refresher_figures(user, on=on)
        home.lead = home.lead or office_card(home)
    if user.holds(Role.TRAINER, Role.ADMINISTRATOR):
        home.figures += teaching_figures(user, at=at)
        home.gaps = gaps_for(user, at=at)[:SHOWN]
        home.lead = home.lead or trainer_card()
    return home


def path_to_the_post(user: User, *, on: date, at: datetime) -> list[Stop]:
    """The stations in order; the first one not done is the current one."""
    progress = path_progress(user)
    stops = [
        *course_stops(user, progress),
        exercise_stop(user),
        exam_stop(user, at=at),
        certificate_stop(user, on=on),
        post_stop(user, on=on),
    ]
    for place, stop in enumerate(stops):
        if not stop.is_done:
            stops[place] = replace(stop, state="current")
            break
    return [replace(s, state="done") if s.is_done else s for s in stops]


def course_stops(user: User, progress: PathProgress) -> list[Stop]:
    step = next_step(user)
    return [
        Stop(
            name=each.course.title,
            is_done=each.done == each.total,
            note=_("%(done)s of %(total)s lessons")
            % {"done": each.done, "total": each.total},
            card=Card(
                title=step.lesson.title if step else each.course.title,
                text=each.course.summary,
                meta=ngettext("%(minutes)s minute", "%(minutes)s minutes", step.minutes)
                % {"minutes": step.minutes}
                if step
                else "",
                action=_("Go on learning"),
                url=step.url if step else each.course.url,
            ),
        )
        for each in progress.courses
    ]


def exercise_stop(user: User) -> Stop:
    return Stop(
        name=_("Exercise"),
        is_done=Run.objects.filter(person=user, finished_at__isnull=False).exists(),
        card=Card(
            title=_("Try it on a made-up household"),
            text=_(
                "Judge the nine items and move the exit case; every mark is explained."
            ),
            action=_("Draw a case"),
            url=reverse("exercises:index"),
        ),
    )


def exam_stop(user: User, *, at: datetime) -> Stop:
    attempts = Attempt.objects.filter(candidate=user)
    sittings = Sitting.objects.eligible_for(user)
    if not sittings.starting(at).filter(opens_at__lte=at).exists():
        text = _("No sitting is open for you now; the page lists those to come.")
    elif attempts.filter(passed=False).with_results_out().exists():
        text = _(
            "You can try again: the page says from when, and what to learn before that."
        )
    else:
        text = _(
            "A sitting is open for you. Read the rules, then start when you are ready."
        )
    return Stop(
        name=_("Exam"),
        is_done=attempts.filter(passed=True).with_results_out().exists(),
        card=Card(
            title=_("Sit the exam"),
            text=text,
            action=_("To the exams"),
            url=reverse("exams:index"),
        ),
    )


def certificate_stop(user: User, *, on: date) -> Stop:
    held = Certificate.objects.filter(holder=user).valid(on)
    return Stop(
        name=_("Post certificate"),
        is_done=held.exists(),
        card=Card(
            title=_("Your post certificate"),
            text=_("It is issued once you are chosen, trained and examined."),
            action=_("To the certificates"),
            url=reverse("certificates:index"),
        ),
    )


def post_stop(user: User, *, on: date) -> Stop:
    post = Assignment.objects.counting(on).filter(person=user).first()
    return Stop(
        name=_("Post"),
        is_done=post is not None,
        note=post.division.full_name if post else "",
        card=Card(
            title=_("You are ready for a post"),
            text=_("Your county office assigns you. Keep practising meanwhile."),
            action=_("See your certificate"),
            url=reverse("certificates:index"),
        ),
    )


def register_figures(user: User) -> list[Figure]:
    households = Household.objects.visible_to(user)
    return [
        Figure(
            _("Households"),
            number := households.count(),
            reverse("households:index"),
            unit=npgettext("unit", "household", "households", number),
        ),
    ]


def staffing_figures(user: User, *, on: date) -> list[Figure]:
    """The gap of the widest division in which the person holds an office."""
    place = widest_office(user)
    if place is None:
        return []
    gaps = gaps_within(place, on=on)
    rosters = reverse("rosters:division", args=[place.code])
    figures = [
        Figure(
            _("Posts required"),
            gaps.required,
            rosters,
            note=place.name,
            unit=people(gaps.required),
        ),
        Figure(_("In post"), gaps.in_post, rosters, unit=people(gaps.in_post)),
        Figure(
            _("Gap"),
            gaps.gap,
            rosters,
            note=_("Posts to be filled") if gaps.gap else _("Quota met"),
            kind="failed" if gaps.gap else "done",
            unit=people(gaps.gap),
        ),
    ]
    if opened := number_opened(place, on=on):
        note = _("A certificate ran out, was suspended or revoked")
        figures.append(Figure(_("Seats opened"), opened, rosters, note, "failed"))
    return figures


def people(number: int) -> str:
    return npgettext("unit", "person", "people", number)


def openings_lately(user: User, *, on: date) -> list[Opening]:
    """What the offices below the person's widest were told of this week."""
    place = widest_office(user)
    if place is None:
        return []
    return list(Opening.objects.within(place.code).lately(on).for_list()[:SHOWN])


def appeal_figures(user: User) -> list[Figure]:
    if not (waiting := len(appeals_heard_by(user))):
        return []
    label, note = _("Appeals to answer"), _("Against revocations below")
    return [Figure(label, waiting, reverse("certificates:appeals"), note, "soon")]


def refresher_figures(user: User, *, on: date) -> list[Figure]:
    """What the office has to decide about, and who has let the day pass."""
    if not (codes := deciding_codes(user)):
        return []
    among = Certificate.objects.within(*codes)
    figures = []
    if due := due_for_refresher(among, on=on).count():
        note = _("To be decided: clauses have changed")
        url = reverse("certificates:due")
        figures.append(
            Figure(_("Due for refresher"), due, url, note, "soon", people(due))
        )
    if late := number_late(codes, on=on):
        note = _("Called, and the day has passed")
        url = reverse("certificates:decided") + "?state=late"
        label, unit = _("Refreshers overdue"), people(late)
        figures.append(Figure(label, late, url, note, "failed", unit))
    return figures


def widest_office(user: User):
    held = [g for g in user.current_grants if g.role in OFFICES.values()]
    return held[0].division if held else None


def office_card(home: Home) -> Card:
    if home.waiting_count:
        text = ngettext(
            "%(count)s case waits for your step.",
            "%(count)s cases wait for your step.",
            home.waiting_count,
        ) % {"count": home.waiting_count}
        cases = reverse("ledger:index")
        return Card(_("Waiting for you"), text, _("To the cases"), cases)
    return Card(
        title=_("Nothing waits for you"),
        text=_("Look where posts are empty, or whom to choose next."),
        action=_("To the rosters"),
        url=reverse("rosters:index"),
    )


def teaching_figures(user: User, *, at: datetime) -> list[Figure]:
    overseen = Sitting.objects.overseen_by(user)
    running = overseen.starting(at).filter(opens_at__lte=at).count()
    bank, drafts = reverse("questions:list"), reverse("drafts:list")
    to_review = ItemDraft.objects.waiting_for(user).count()
    returned = ItemDraft.objects.returned_to(user).count()
    return [
        Figure(_("Questions in the bank"), Item.objects.count(), bank),
        Figure(
            _("Drafts of questions to review"), to_review, f"{drafts}?state=in-review"
        ),
        Figure(_("Drafts returned to you"), returned, f"{drafts}?state=returned"),
        Figure(_("Sittings open now"), running, reverse("exams:sittings")),
    ]


def trainer_card() -> Card:
    return Card(
        title=_("Write and mend lessons"),
        text=_(
            "Courses and questions are kept in the authoring room; people see what "
            "you publish."
        ),
        action=_("Open authoring"),
        url=reverse("wagtailadmin_home"),
    )
