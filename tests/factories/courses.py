"""Courses and lessons as live pages below the course index."""

import json
from uuid import NAMESPACE_URL, uuid5

import factory

from courses.domain.founding import found_site
from courses.models import CoursePage, LessonPage


def check_block(prompt: str, *, kind: str = "single", right: tuple = (0,)) -> dict:
    """A self-check with three options, in the raw form of a lesson's body."""
    return {
        "type": "check",
        "id": check_id(prompt),
        "value": {
            "kind": kind,
            "prompt": prompt,
            "options": [
                {
                    "type": "item",
                    "id": check_id(f"{prompt}{place}"),
                    "value": {"text": f"选项{place}", "is_right": place in right},
                }
                for place in range(3)
            ],
            "because": f"<p>{prompt}的理由</p>",
        },
    }


def check_id(prompt: str) -> str:
    return str(uuid5(NAMESPACE_URL, prompt))


class CourseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoursePage

    title = factory.Sequence(lambda n: f"课程{n}")
    slug = factory.Sequence(lambda n: f"course-{n}")
    summary = "一门课程"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return found_site().add_child(instance=model_class(*args, **kwargs))


class LessonFactory(factory.django.DjangoModelFactory):
    """``LessonFactory(course=course, checks=["问一"])``; each check's first option is
    right. ``blocks`` are further raw blocks, before the checks."""

    class Meta:
        model = LessonPage

    title = factory.Sequence(lambda n: f"课时{n}")
    slug = factory.Sequence(lambda n: f"lesson-{n}")
    summary = "一课"
    minutes = 8

    @classmethod
    def _create(cls, model_class, *args, course=None, checks=(), blocks=(), **kwargs):
        body = [*blocks, *(check_block(prompt) for prompt in checks)]
        kwargs.setdefault("body", json.dumps(body))
        course = CoursePage.objects.get(pk=course.pk) if course else CourseFactory()
        page = course.add_child(instance=model_class(*args, **kwargs))
        return LessonPage.objects.get(pk=page.pk)
