"""A case written as Moodle's cloze."""

from __future__ import annotations

from html import escape

from exams.domain.contents import Content
from exams.domain.kinds.asking import Written
from exams.domain.kinds.case import Part
from exams.enums import Kind

from .keys import WRONG_SHARE, share_of

# Written as entities, so that nothing in a text is taken for a gap or its end.
SIGNS = "~#{}/\\\"=%&<>'"
CODED = str.maketrans({sign: f"&#{ord(sign)};" for sign in SIGNS})
BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
BREAK = "<br>"


def write_cloze(content: Content) -> str:
    """Return the text of a cloze: the case, a line, and each question with its gap."""
    questions = []
    for at in range(len(content.parts)):
        part = Part(content, at)
        unit = f" {lined(part.unit)}" if part.unit else ""
        questions.append(f"{lined(part.stem)} {gap_of(part)}{unit}")
    return f"{lined(content.stem)}<hr>{BREAK.join(questions)}"


def lined(text: str) -> str:
    return escape(text, quote=False).translate(BRACES).replace("\n", BREAK)


def gap_of(part: Written) -> str:
    if part.kind == Kind.NUMERIC:
        return f"{{1:NM:={part.answer}:{part.tolerance}}}"
    if part.kind == Kind.BLANK:
        words = [word.replace("*", "\\*").translate(CODED) for word in part.answer]
        return f"{{1:SA:{'~'.join(f'={word}' for word in words)}}}"
    many = part.kind == Kind.MULTIPLE
    right_sign = f"%{share_of(len(part.answer))}%" if many else "="
    wrong_sign = f"%{WRONG_SHARE}%" if many else ""
    options = [
        f"{right_sign if place in part.answer else wrong_sign}"
        f"{lined(option).translate(CODED)}"
        for place, option in enumerate(part.options)
    ]
    return f"{{1:{'MR' if many else 'MCV'}:{'~'.join(options)}}}"
