from .pages import CourseIndexPage, CoursePage, LessonPage, LoadedFile
from .progress import CheckAnswer, LessonCompletion, LessonVisit

__all__ = [
    "CheckAnswer",
    "CourseIndexPage",
    "CoursePage",
    "LessonCompletion",
    "LessonPage",
    "LessonVisit",
    "LoadedFile",
]
