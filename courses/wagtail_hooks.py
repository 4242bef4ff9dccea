from django.utils import timezone
from wagtail import hooks

from .domain.progressing import open_lesson
from .models import LessonPage


@hooks.register("before_serve_page")
def note_the_visit(page, request, serve_args, serve_kwargs):
    """A lesson that is read is opened; previews do not come this way."""
    if isinstance(page, LessonPage) and request.user.is_authenticated:
        open_lesson(page, by=request.user, at=timezone.now())
