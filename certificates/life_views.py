"""What becomes of a certificate: suspended, lifted, given anew, appealed for."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import Refused

from .domain.appealing import answer_appeal, make_appeal
from .domain.hearing import appeals_heard_by, bar_to_answering
from .domain.reissuing import reissue_certificate
from .domain.reminding import see_reminders
from .domain.suspending import lift_suspension, suspend_certificate
from .forms import AnswerForm, AppealForm, ReasonForm, ReissueForm
from .permissions import can_revoke, keeps_certificates
from .views import visible_or_404


def act(request, number, *, form, operation, may, title, lead, done):
    """One form, one operation; a refusal is shown above the form."""
    certificate = visible_or_404(request, number)
    if not may(request.user, certificate):
        raise PermissionDenied
    bound = form(request.POST or None)
    if bound.is_valid():
        try:
            operation(
                certificate,
                by=request.user,
                on=timezone.localdate(),
                **bound.cleaned_data,
            )
        except Refused as refusal:
            bound.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(certificate)
    context = {"form": bound, "certificate": certificate, "title": title, "lead": lead}
    return render(request, "certificates/certificate_act.html", context)


office_acts = partial(act, may=can_revoke)


def is_holder(user, certificate) -> bool:
    return certificate.holder_id == user.pk


def suspend(request, number):
    return office_acts(
        request,
        number,
        form=ReasonForm,
        operation=suspend_certificate,
        title=_("Suspend a certificate"),
        lead=_(
            "From today on it does not count, until the suspension is lifted. Any "
            "other certificate of the holder that is valid is suspended with it."
        ),
        done=_("The certificate is suspended."),
    )


def lift(request, number):
    return office_acts(
        request,
        number,
        form=ReasonForm,
        operation=lift_suspension,
        title=_("Lift the suspension"),
        lead=_("From today on the certificate counts again."),
        done=_("The suspension is lifted."),
    )


def reissue(request, number):
    return office_acts(
        request,
        number,
        form=ReissueForm,
        operation=reissue_certificate,
        title=_("Give a certificate anew"),
        lead=_(
            "The holder gets a new number with the name and ID number of the account; "
            "the period stays. The old number then says that it is replaced."
        ),
        done=_("The certificate is given anew."),
    )


def appeal(request, number):
    return act(
        request,
        number,
        form=AppealForm,
        operation=make_appeal,
        may=is_holder,
        title=_("Appeal against the revocation"),
        lead=_(
            "The office above the one that revoked reads your grounds and answers here."
        ),
        done=_("Your appeal is with the office above."),
    )


def answer(request, number):
    certificate = visible_or_404(request, number)
    may = can_revoke(request.user, certificate)
    if may and (bar := bar_to_answering(certificate, by=request.user)):
        messages.error(request, str(bar))
        return redirect(certificate)
    return office_acts(
        request,
        number,
        form=AnswerForm,
        operation=answer_appeal,
        title=_("Answer the appeal"),
        lead=_(
            "Granted, the certificate is good again from today on; the days between "
            "stay on record."
        ),
        done=_("The appeal is answered."),
    )


@require_GET
def appeals(request):
    """For an office: the appeals that it has to answer, the oldest first."""
    if not keeps_certificates(request.user):
        raise PermissionDenied
    page = Paginator(appeals_heard_by(request.user), 50).get_page(
        request.GET.get("page")
    )
    labels = (_("Appealed on"), _("Name"), _("Place"), _("Grounds of the appeal"))
    context = {"page": page, "columns": [{"label": label} for label in labels]}
    return render(request, "certificates/appeal_list.html", context)


@require_POST
def seen(request):
    """The home page's reminders are read."""
    see_reminders(request.user, at=timezone.now())
    return redirect("home")
