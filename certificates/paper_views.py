"""A signed PDF handed in by a stranger: is it an original, and does it count today?"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.braking import Brake

from .domain.verifying import certificate_of_paper
from .forms import PaperForm
from .views import answered

# A file costs more than a number does, and nobody holds so many at once.
PAPERS_A_MINUTE = 10
FOREIGN_PAGE = "certificates/verification_foreign.html"


@login_not_required
@never_cache
def paper(request):
    """The form, and what anyone may know of the certificate in the file; the file is
    not kept."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*sent)
    if not form.is_valid():
        return render(request, "certificates/verification_paper.html", {"form": form})
    content = form.cleaned_data["file"]
    return answered(
        request,
        lambda: certificate_of_paper(content.read(), at=timezone.now()),
        is_signed=True,
        brake=Brake("verify-paper", allowed=PAPERS_A_MINUTE, seconds=60),
        unknown=FOREIGN_PAGE,
    )
