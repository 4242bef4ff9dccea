"""The photo for a certificate: the person gives it, or the office for them."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from core.errors import Refused

from .domain.photographing import give_photo, photo_of, take_photo_away
from .forms import PhotoForm
from .permissions import can_keep_photo


@never_cache
def photo(request, pk):
    """The photo there is, and the form for another one."""
    person = person_or_404(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoForm(*sent)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            give_photo(person, content, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The photo is kept."))
            return redirect("certificates:photo", pk)
    context = {
        "form": form,
        "person": person,
        "photo": photo_of(person),
        "is_own": person.pk == request.user.pk,
    }
    return render(request, "certificates/photo.html", context)


@require_POST
def take_away(request, pk):
    person = person_or_404(request, pk)
    take_photo_away(person, by=request.user, at=timezone.now())
    messages.success(request, _("The photo is taken away."))
    return redirect("certificates:photo", pk)


@require_GET
@never_cache
def photo_file(request, pk):
    held = photo_of(person_or_404(request, pk))
    if held is None or not held.file.storage.exists(held.file.name):
        raise Http404
    return FileResponse(held.file.open("rb"), content_type="image/jpeg")


def person_or_404(request, pk) -> User:
    person = get_object_or_404(User, pk=pk)
    if not can_keep_photo(request.user, person):
        raise Http404
    return person
