"""Sheets as tests write them: one letter a question."""

from datetime import date

from exams.domain.analysis.sums import Given, Sheet

MARCH = date(2026, 3, 1)
# Right, half right, wrong, left out.
MARKS = {"r": (2, (0,)), "h": (1, (2,)), "w": (0, (1,)), "-": (0, None)}


def sheet(marks: str, *, place="451026100201", month=MARCH, points=(), seconds=()):
    """``"rw-"``: the first question right, the second wrong, the third left out.
    Questions are numbered from 1 and are worth 2 points unless ``points`` says so."""
    points = points or (2,) * len(marks)
    answers = tuple(
        Given(
            version=number,
            points=worth * 100,
            earned=MARKS[mark][0] * worth * 50,
            answered=mark != "-",
            chosen=MARKS[mark][1] or (),
            seconds=seconds[number - 1] if seconds else None,
        )
        for number, (mark, worth) in enumerate(zip(marks, points, strict=True), start=1)
    )
    score, out_of = sum(g.earned for g in answers), sum(points) * 100
    return Sheet(month, place, score * 10 >= out_of * 6, score, out_of, answers)
