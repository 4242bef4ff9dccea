"""Questions previewed as a candidate meets them."""

from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exams.domain.keying import in_force
from exams.domain.kinds import NoAnswer, asking_for
from exams.domain.previewing import (
    SHUFFLE,
    faults_of_asking,
    preview_question,
    version_typed,
)
from exams.models import ItemDraft, ItemVersion

from .keys import refuse_readers

AS_READ = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@AS_READ
def version(request, pk):
    """A version of the bank, by its key in force."""
    refuse_readers(request)
    found = get_object_or_404(ItemVersion.objects.select_related("item"), pk=pk)
    back = reverse("questions:inspect", args=[found.item_id])
    return preview_page(request, in_force(found), code=str(found), back=back)


@never_cache
@AS_READ
def draft(request, pk):
    """A draft as it is kept, once its options and key are whole."""
    refuse_readers(request)
    found = get_object_or_404(ItemDraft, pk=pk)
    back = found.get_absolute_url()
    return preview_page(request, version_typed(found), code=found.code, back=back)


def preview_page(request, asked, *, code, back):
    """Posting an answer shows what it would earn."""
    context = {"code": code, "back": back, "faults": faults_of_asking(asked)}
    status = 200
    if not context["faults"]:
        shuffle = request.GET.get("shuffle", SHUFFLE)[:9]
        texts = request.POST.getlist if request.method == "POST" else None
        try:
            question = preview_question(asked, shuffle=shuffle, texts=texts)
        except NoAnswer:
            question = preview_question(asked, shuffle=shuffle)
            context["refusal"] = _("This is no answer to such a question.")
            texts, status = None, 422
        context |= {
            "question": question,
            "tried": texts is not None,
            "by_hand": asking_for(asked.kind).is_by_hand,
            "here": f"{request.path}?shuffle={shuffle}",
            "other": int(shuffle) + 1 if shuffle.isdecimal() else 1,
            "csrf_token": get_token(request),
        }
    return render(request, "exams/question_preview.html", context, status=status)
