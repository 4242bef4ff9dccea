"""What a learner does with a lesson; the pages themselves are Wagtail's."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused

from .domain.progressing import answer_check, complete_lesson, next_step
from .domain.studying import AGAIN, again, since_in, study
from .models import CourseIndexPage, LessonPage


def resume(request):
    """Go on where the path goes on; at its end, to the list of courses."""
    step = next_step(request.user)
    if step:
        return redirect(step.url)
    return redirect(get_object_or_404(CourseIndexPage.objects.live()).url)


@require_POST
def answer(request, pk, check_id):
    lesson = get_object_or_404(LessonPage.objects.live(), pk=pk)
    chosen = [int(text) for text in request.POST.getlist("chosen") if text.isdecimal()]
    refusal = ""
    try:
        answer_check(
            lesson,
            str(check_id),
            chosen=chosen,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        refusal = str(refused)
    if request.htmx:
        return answered(request, lesson, str(check_id), refusal)
    if refusal:
        context = {
            "page": lesson,
            "refused_check": str(check_id),
            "refusal": refusal,
        }
        return render(request, lesson.template, context, status=422)
    since = since_in(request.GET.get(AGAIN, ""))
    query = again(since) if since else ""
    return redirect(f"{lesson.url}{query}#check-{check_id}")


def answered(request, lesson, check_id, refusal):
    """The question's own part of the page, and the lesson's end beside it."""
    since = since_in(request.GET.get(AGAIN, ""))
    state = study(lesson, request.user, since=since)
    check = next((each for each in state.checks if each.id == check_id), None)
    context = {
        "page": lesson,
        "state": state,
        "check": check,
        "refused_check": check_id,
        "refusal": refusal,
    }
    return render(request, "courses/_answered.html", context)


@require_POST
def complete(request, pk):
    lesson = get_object_or_404(LessonPage.objects.live(), pk=pk)
    try:
        complete_lesson(lesson, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Lesson completed: %s") % lesson.title)
    return redirect(f"{lesson.url}#lesson-end")
