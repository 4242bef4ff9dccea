from .pages import CourseIndexPage, CoursePage, LessonPage, LoadedFile
from .progress import CheckAnswer, LessonCompletion, LessonVisit
from .rereadings import Rereading

__all__ = [
    "CheckAnswer",
    "CourseIndexPage",
    "CoursePage",
    "LessonCompletion",
    "LessonPage",
    "LessonVisit",
    "LoadedFile",
    "Rereading",
]
