"""What belongs to templates outside Wagtail's admin: a specimen on paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.errors import Refused

from .domain.previewing import specimen_pdf
from .models import CertificateTemplate


@require_GET
@never_cache
def specimen(request, pk):
    """The PDF of a template's latest draft, for a person who is made up."""
    visible = CertificateTemplate.objects.visible_to(request.user)
    template = get_object_or_404(visible, pk=pk).get_latest_revision_as_object()
    try:
        content = specimen_pdf(template)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:index")
    headers = {"Content-Disposition": f'attachment; filename="specimen-{pk}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
