"""GIFT written as Moodle writes it, with code and tags in the comment it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping

from exams.domain.contents import JUDGEMENTS, Content
from exams.enums import Kind, Subject

from .keys import WRONG_SHARE, share_of
from .marks import marks_of
from .trees import legal

ESCAPED = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\~=#{}:"} | {"\n": "\\n", "\r": None}
)

BREAKS = re.compile(r"[\r\n\t]+")


def write(items: Mapping[str, Content]) -> bytes:
    parts: list[str] = []
    subject = ""
    for code, content in items.items():
        if content.subject != subject:
            subject = content.subject
            parts.append(f"$CATEGORY: $course$/top/{Subject(subject).label}\n")
        parts.append(question(code, content))
    return legal("\n".join(parts)).encode()


def question(code: str, content: Content) -> str:
    tags = " ".join(f"[tag:{bracketed(mark)}]" for mark in marks_of(content))
    head = f"// question: {one_line(code)}\n// [id:{bracketed(code)}] {tags}\n"
    # The stem's format holds for all that follows it.
    asked = f"::{escaped(code)}::[plain]{escaped(content.stem)}"
    general = f"####{formatted(content.because)}"
    return f"{head}{asked}{{{answers(content)}{general}}}\n"


def answers(content: Content) -> str:
    if content.kind == Kind.NUMERIC:
        return f"#{content.answer}:{content.tolerance}"
    if content.kind == Kind.JUDGE and content.options == list(JUDGEMENTS):
        return "FALSE" if content.answer[0] else "TRUE"
    if content.kind == Kind.SHORT:
        return ""
    if content.kind == Kind.BLANK:
        words = [each.replace("*", "\\*") for each in content.answer]
        return "".join(f"\n\t={escaped(word)}" for word in words) + "\n\t"
    if content.kind == Kind.MATCHING:
        return "".join(f"\n\t={pair}" for pair in pairs(content)) + "\n\t"
    lines = []
    for place, option in enumerate(content.options):
        right = place in content.answer
        if content.kind == Kind.MULTIPLE:
            share = share_of(len(content.answer)) if right else WRONG_SHARE
            sign = f"~%{share}%"
        else:
            sign = "=" if right else "~"
        lines.append(f"\n\t{sign}{formatted(option)}")
    return "".join(lines) + "\n\t"


def pairs(content: Content) -> list[str]:
    """A right side is read without a format; one without a left belongs to none."""
    right = [escaped(option) for option in content.options]
    both = zip(content.parts, content.answer, strict=True)
    idle = sorted(set(range(len(right))) - set(content.answer))
    found = [f"{formatted(left)} -> {right[place]}" for left, place in both]
    return found + [f" -> {right[place]}" for place in idle]


def formatted(text: str) -> str:
    """A text that begins so would be taken for one with a format or a weight."""
    return ("[plain]" if text.startswith(("[", "%")) else "") + escaped(text)


def escaped(text: str) -> str:
    return text.translate(ESCAPED)


def bracketed(text: str) -> str:
    return one_line(text).replace("]", "\\]")


def one_line(text: str) -> str:
    return BREAKS.sub(" ", text)
