from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused

from .domain.granting import create_person, end_grant, grant_role
from .forms import GrantForm, PersonForm
from .models import Grant, User
from .permissions import can_grant, can_manage_people


def people(request):
    """The people of the divisions in which the reader holds an office."""
    refuse_others(request)
    found = User.objects.visible_to(request.user).select_related("home_division")
    grants = Grant.objects.current(timezone.localdate()).select_related("division")
    found = found.prefetch_related(Prefetch("grants", grants, to_attr="held"))
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(real_name__contains=words) | Q(phone=words))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/person_list.html", {"page": page, "q": words})


def add_person(request):
    refuse_others(request)
    form = PersonForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            person = create_person(
                form.cleaned_data.pop("phone"), by=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The account is ready. Now give it a role."))
            return redirect("accounts:person", pk=person.pk)
    return render(request, "accounts/person_form.html", {"form": form})


def person(request, pk):
    refuse_others(request)
    shown = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = GrantForm(request.POST or None, user=request.user)
    if form.is_valid():
        role, division = form.cleaned_data["role"], form.cleaned_data["division"]
        if not can_grant(request.user, role, division):
            raise PermissionDenied
        try:
            grant_role(
                shown,
                role,
                division=division,
                by=request.user,
                on=timezone.localdate(),
                basis=form.cleaned_data["basis"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The role is given."))
            return redirect("accounts:person", pk=pk)
    grants = shown.grants.select_related("division", "granted_by").order_by("-since")
    return render(
        request,
        "accounts/person_detail.html",
        {"shown": shown, "grants": grants, "form": form},
    )


@require_POST
def end(request, pk):
    """End a role; only those who could give it may."""
    refuse_others(request)
    grant = get_object_or_404(Grant.objects.visible_to(request.user), pk=pk)
    if not can_grant(request.user, grant.role, grant.division):
        raise PermissionDenied
    end_grant(grant, by=request.user, on=timezone.localdate())
    messages.success(request, _("The role has ended."))
    return redirect("accounts:person", pk=grant.user_id)


def refuse_others(request) -> None:
    if not can_manage_people(request.user):
        raise PermissionDenied
