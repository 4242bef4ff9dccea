"""Keys for programs: made, shown once, revoked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.errors import Refused

from .domain.keying import make_token, revoke_token
from .forms import TokenForm
from .models import Token
from .permissions import kept_codes


@never_cache
def tokens(request):
    """The keys of the reader's divisions; a new one is on this one answer alone."""
    codes = codes_or_refused(request)
    form = TokenForm(request.POST or None, codes=codes)
    key = ""
    if form.is_valid():
        try:
            _token, key = make_token(
                form.cleaned_data["name"],
                division=form.cleaned_data["division"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            form = TokenForm(codes=codes)
    listed = Token.objects.within(*codes).for_list()
    page = Paginator(listed, 50).get_page(request.GET.get("page"))
    context = {"form": form, "key": key, "page": page}
    return render(request, "accounts/token_list.html", context)


@require_POST
def revoke(request, pk):
    token = get_object_or_404(Token.objects.within(*codes_or_refused(request)), pk=pk)
    revoke_token(token, by=request.user, at=timezone.now())
    messages.success(request, _("The key is revoked."))
    return redirect("accounts:tokens")


def codes_or_refused(request) -> tuple[str, ...]:
    codes = kept_codes(request.user)
    if not codes:
        raise PermissionDenied
    return codes
