"""What the course pages ask about the reader. In a preview there is no reader."""

from django import template

from courses.domain import progressing, studying

register = template.Library()


def reader(context):
    request = context.get("request")
    user = getattr(request, "user", None)
    previewed = getattr(request, "is_preview", False)
    return user if user and user.is_authenticated and not previewed else None


def since(context):
    return studying.since_in(context["request"].GET.get(studying.AGAIN, ""))


@register.simple_tag(takes_context=True)
def study(context, lesson):
    person = reader(context)
    return studying.study(lesson, person, since=since(context) if person else None)


@register.simple_tag(takes_context=True)
def all_progress(context):
    """Every course with the reader's progress; empty in a preview."""
    person = reader(context)
    return progressing.course_progress(person) if person else []


@register.simple_tag(takes_context=True)
def progress_in(context, course):
    found = [each for each in all_progress(context) if each.course.pk == course.pk]
    return found[0] if found else None


@register.simple_tag
def path_in(courses):
    return progressing.path_of(courses)


@register.simple_tag(takes_context=True)
def path_of_reader(context):
    person = reader(context)
    return progressing.path_progress(person) if person else None


@register.simple_tag
def way_up(page):
    return studying.way_up(page)


@register.simple_tag
def stops_of(progress):
    """A course's lessons as a line of stations."""
    upcoming = progress.next_lesson
    return [
        {
            "name": each.lesson.title,
            "url": each.lesson.url,
            "state": "done"
            if each.is_done
            else ("current" if each.lesson == upcoming else "next"),
            "minutes": each.lesson.minutes,
            "summary": each.lesson.summary,
        }
        for each in progress.lessons
    ]
