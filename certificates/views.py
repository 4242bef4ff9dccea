from datetime import timedelta
from math import ceil

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.addresses import address_of
from accounts.enums import Role
from accounts.models import User
from core.braking import Brake
from core.errors import Refused

from .domain import drawing
from .domain.calling import calls_of, decisions_about
from .domain.counting import BRAKED, UNKNOWN, count_lookup, lookups_by_day
from .domain.earning import Way, attempts_waiting, way_of, ways_of
from .domain.hearing import hearing_of, may_answer
from .domain.printing import (
    file_name,
    print_certificate,
    shown_address,
    shown_words,
)
from .domain.revoking import revoke_certificate
from .domain.verifying import signed_certificate, verified_certificate
from .domain.wording import edition_name, level_name
from .enums import State
from .forms import RevocationForm, VerificationForm
from .models import Certificate
from .numbering import normal_number
from .permissions import (
    can_design,
    can_keep_photo,
    can_revoke,
    can_set_validity,
    choosing_office,
    keeps_certificates,
    kept_codes,
)
from .trust.badges import credential_of

SOON = timedelta(days=90)
UNKNOWN_PAGE = "certificates/verification_unknown.html"
KINDS = {State.VALID: "done", State.EXPIRED: "soon", State.SUSPENDED: "soon"}


@require_GET
def index(request):
    """One's own certificates; for an office those of its division's people too."""
    today = timezone.localdate()
    visible = Certificate.objects.visible_to(request.user)
    own = visible.for_list().filter(holder=request.user)
    context = {"own": [shown(certificate, today) for certificate in own]}
    if any(each["state"] == State.VALID for each in context["own"]):
        context["way"] = []
    elif request.user.holds(Role.INFORMANT):
        way = conditions(way_of(request.user, on=today), on=today)
        leading = (stop for stop in way if stop.get("url"))
        context |= {"way": way, "following": next(leading, None)}
    if keeps_certificates(request.user):
        words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
        found = in_state(visible.for_list(), state, today)
        if words:
            named = Q(holder_name__contains=words)
            found = found.filter(named | Q(number__startswith=normal_number(words)))
        page = Paginator(found, 50).get_page(request.GET.get("page"))
        page.object_list = [shown(each, today) for each in page.object_list]
        context |= {"page": page, "q": words, "state": state, "states": filters()}
        context["may_design"] = can_design(request.user)
        context["may_set_validity"] = can_set_validity(request.user)
        context["columns"] = columns()
    return render(request, "certificates/certificate_list.html", context)


# Which refusals are about which of the three.
ABOUT_CHOICE = ("not-chosen",)
ABOUT_TRAINING = ("not-trained", "trained-before-chosen", "not-relearned")
ABOUT_EXAM = ("not-passed", "already-certified", "still-suspended")


def conditions(way: Way, *, on) -> list[dict]:
    """The three as stations: done on which day, or what is missing and where one sees
    to it oneself."""
    missing = {each.code: each for each in way.missing(on=on)}
    stops = []
    to_the_lessons = {"url": reverse("courses:resume"), "act": _("Go on learning")}
    to_the_exams = {"url": reverse("exams:index"), "act": _("To the exams")}
    for name, codes, day, there in (
        (_("Chosen by the office"), ABOUT_CHOICE, way.chosen_on, {}),
        (_("Training complete"), ABOUT_TRAINING, way.trained_on, to_the_lessons),
        (_("Exam passed"), ABOUT_EXAM, way.passed_on, to_the_exams),
    ):
        lacking = next((missing[code] for code in codes if code in missing), None)
        state = "next" if lacking else "done"
        note = str(lacking) if lacking else date_format(day)
        stop = {"name": name, "note": note, "state": state}
        stops.append(stop | there if lacking else stop)
    current = next((each for each in stops if each["state"] == "next"), None)
    if current:
        current["state"] = "current"
    return stops


@require_GET
def waiting(request):
    """For an office: who passed the exam and lacks something else for a certificate."""
    if not keeps_certificates(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    people = User.objects.within(*kept_codes(request.user))
    page = Paginator(attempts_waiting(people, on=today), 50).get_page(
        request.GET.get("page")
    )
    page.object_list = [
        {"way": way, "missing": way.missing(on=today)}
        for way in ways_of(list(page.object_list), on=today)
    ]
    labels = (_("Name"), _("Place"), _("Exam passed"), _("What is missing"))
    context = {
        "page": page,
        "columns": [{"label": label} for label in labels],
        "office": choosing_office(request.user),
    }
    return render(request, "certificates/waiting_list.html", context)


@require_GET
def lookups(request):
    """How often certificates are verified, day by day; for the offices."""
    if not keeps_certificates(request.user):
        raise PermissionDenied
    outcomes = [
        *State.choices,
        (UNKNOWN, _("Unknown")),
        (BRAKED, _("Too many at once")),
    ]
    days = lookups_by_day(since=timezone.localdate() - SOON)
    rows = [
        {"day": day, "counts": [(label, told.get(code, 0)) for code, label in outcomes]}
        for day, told in days.items()
    ]
    columns = [{"label": _("Day")}]
    columns += [{"label": label, "numeric": True} for _code, label in outcomes]
    context = {"rows": rows, "columns": columns}
    return render(request, "certificates/lookup_list.html", context)


def in_state(certificates, state: str, on):
    if state == "soon":
        return certificates.expiring(before=on + SOON, on=on)
    if state == State.VALID:
        return certificates.valid(on)
    if state == State.EXPIRED:
        return certificates.filter(expires_on__lte=on, revoked_on=None)
    if state == State.REVOKED:
        return certificates.filter(revoked_on__lte=on)
    if state == State.SUPERSEDED:
        return certificates.filter(superseded_on__lte=on)
    if state == State.SUSPENDED:
        valid = Certificate.objects.valid(on)
        return certificates.standing(on).exclude(pk__in=valid.values("pk"))
    return certificates


def filters():
    return [("", _("All")), *State.choices, ("soon", _("Expire within 90 days"))]


def columns():
    return [
        {"label": label}
        for label in (_("Name"), _("Number"), _("Place"), _("Until"), _("State"))
    ]


def shown(certificate: Certificate, on) -> dict:
    """A certificate with the words and the sign of its state."""
    state = certificate.state(on)
    kind = KINDS.get(state, "failed")
    word = state.label
    if state == State.VALID and certificate.expires_on < on + SOON:
        kind, word = "soon", _("Expires soon")
    return {"certificate": certificate, "state": state, "kind": kind, "word": word}


@require_GET
def detail(request, number):
    certificate = visible_or_404(request, number)
    address = shown_address(certificate)
    today = timezone.localdate()
    level, edition = level_name(certificate, "zh"), edition_name(certificate, "zh")
    design = shown_words(certificate, level, edition)
    seal = (design and design["of"].seal) or None
    drawn = drawing.seal(certificate.office_name)
    return render(
        request,
        "certificates/certificate_detail.html",
        {
            **shown(certificate, today),
            "suspension": certificate.suspension(today),
            "successor": Certificate.objects.filter(supersedes=certificate).first(),
            "appeals": certificate.appeals.all(),
            "address": address,
            "level": level,
            "edition": edition,
            "design": design,
            "qr": drawing.qr_code(address),
            "seal": seal.data_uri if seal else drawing.data_uri(drawn),
            "is_own": certificate.holder_id == request.user.pk,
            "may_revoke": can_revoke(request.user, certificate),
            "may_keep_photo": can_keep_photo(request.user, certificate.holder),
            **heard(certificate, request.user),
            "decisions": decisions_about(certificate),
            "calls": [
                call
                for call in calls_of(request.user, on=today)
                if call.refresher.certificate.attempt_id == certificate.attempt_id
            ],
        },
    )


def heard(certificate: Certificate, user: User) -> dict:
    """Of a revoked one, which office answers an appeal and whether it is this one."""
    if not certificate.revoked_on:
        return {}
    return {
        "hearing_office": hearing_of(certificate).office_name,
        "may_answer": may_answer(certificate, by=user),
    }


@require_GET
@never_cache
def download(request, number):
    """The PDF; printed now if the queue has not come to it yet."""
    certificate = visible_or_404(request, number)
    try:
        paper = print_certificate(certificate, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(certificate)
    return FileResponse(
        paper.file.open("rb"),
        as_attachment=True,
        filename=file_name(certificate),
        content_type="application/pdf",
    )


@require_GET
@never_cache
def badge(request, number):
    """The open badge, for the wallets and validators of others."""
    certificate = visible_or_404(request, number)
    try:
        token = credential_of(certificate)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(certificate)
    name = file_name(certificate).replace(".pdf", ".jwt")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(token, content_type="application/jwt", headers=headers)


def revoke(request, number):
    certificate = visible_or_404(request, number)
    if not can_revoke(request.user, certificate):
        raise PermissionDenied
    form = RevocationForm(request.POST or None)
    if form.is_valid():
        try:
            revoke_certificate(
                certificate,
                by=request.user,
                on=timezone.localdate(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The certificate is revoked."))
            return redirect(certificate)
    context = {"form": form, "certificate": certificate}
    return render(request, "certificates/certificate_revoke.html", context)


def visible_or_404(request, number) -> Certificate:
    visible = Certificate.objects.visible_to(request.user).for_list()
    return get_object_or_404(visible, number=number)


@login_not_required
@never_cache
def verify(request):
    """The form for those who hold a paper and cannot scan its QR code."""
    form = VerificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("verify:answer", **form.cleaned_data)
    return render(request, "certificates/certificate_verify.html", {"form": form})


@login_not_required
@require_GET
@never_cache
def answer(request, number, code):
    """What anyone may know: valid, expired, revoked, or no such certificate."""
    return answered(request, lambda: verified_certificate(number, code))


@login_not_required
@require_GET
@never_cache
def answer_code(request, text):
    """The same for the code in the QR code, whose signature is checked first."""
    return answered(request, lambda: signed_certificate(text), is_signed=True)


def answered(request, find, *, is_signed=False, brake=None, unknown=UNKNOWN_PAGE):
    today = timezone.localdate()
    brake = brake or Brake("verify", allowed=settings.LOOKUPS_A_MINUTE, seconds=60)
    if wait := brake.take(address_of(request), at=timezone.now()):
        count_lookup(BRAKED, on=today)
        paused = render(request, "certificates/verification_paused.html", status=429)
        paused["Retry-After"] = ceil(wait)
        return paused
    try:
        certificate, refusal = find(), None
    except Refused as refused:
        certificate, refusal = None, refused
    if certificate is None:
        count_lookup(UNKNOWN, on=today)
        return render(request, unknown, {"refusal": refusal}, status=404)
    language = get_language()
    told = shown(certificate, today)
    count_lookup(told["state"], on=today)
    return render(
        request,
        "certificates/verification_answer.html",
        {
            **told,
            "checked_at": timezone.now(),
            "is_signed": is_signed,
            "level": level_name(certificate, language),
            "edition": edition_name(certificate, language),
        },
    )
