from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from .domain.progressing import open_lesson
from .domain.studying import is_on_record
from .models import LessonPage


@hooks.register("before_serve_page")
def note_the_visit(page, request, serve_args, serve_kwargs):
    """A lesson that is read is opened; previews do not come this way."""
    if isinstance(page, LessonPage) and request.user.is_authenticated:
        open_lesson(page, by=request.user, at=timezone.now())


@hooks.register("before_delete_page")
def keep_records_of_training(request, page):
    """Completed lessons are unpublished, not deleted: people were trained by them."""
    if not is_on_record(page):
        return None
    messages.error(
        request,
        _("“%(title)s” was completed by people; unpublish it instead of deleting it.")
        % {"title": page.title},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_records_in_bulk(request, action, pages, bulk_action):
    if action != "delete":
        return None
    refusals = (keep_records_of_training(request, page) for page in pages)
    return next((refusal for refusal in refusals if refusal), None)
