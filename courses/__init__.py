"""Courses as Wagtail pages, read lesson by lesson, and how far each person is. It owns
the words *course*, *lesson*, *self-check*, *path* (the lessons of all required courses)
and *progress*. Other apps ask ``courses.domain.progressing``; the signal
``path_completed`` tells them when somebody is through. It may import ``accounts``,
``divisions``, ``core`` and ``measures``."""
