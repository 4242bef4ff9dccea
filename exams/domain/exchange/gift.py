"""GIFT, Moodle's text format, as Moodle and those who imitate it write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from core.workbooks.markup import read_text
from core.workbooks.signs import clean
from exams.domain.contents import JUDGEMENTS
from exams.domain.kinds import LETTERS
from exams.enums import ONE_CHOICE, Kind

from .answers import (
    matching_fields,
    ordering_fields,
    short_fields,
    without_wildcards,
)
from .answers import word_fields as fields_of_words
from .drafts import Draft, Reading, checked, is_true, judged
from .figures import around, figure_in, tolerance_written, written
from .findings import Categories, Findings, marking_note
from .keys import FULL, NEAR, right_in_multiple, right_in_single, weight_in
from .kinds import not_carried
from .marks import fields_in
from .wording import Wording, from_html, from_markdown, from_unmarked

CATEGORY = "$CATEGORY:"
BLANK = "_____"
IDENTIFIER = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
WEIGHT = re.compile(r"%(-?\d{1,3}(?:[.,]\d*)?)%")
FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
ESCAPE = re.compile(r"\\([\\~=#{}:n])")
# {>3 ALL VERTICAL ABSOLUTE_POSITION: how many steps, and how they are marked.
ORDERED = re.compile(
    r"\s*(?:\d+[ \t]*)?(?:([A-Z_]{2,})(?:[ \t]+\w+)*)?[ \t]*(?:\n|$)", re.ASCII
)
READERS: dict[str, Callable[[str], Wording]] = {
    "html": from_html,
    "moodle": from_unmarked,
    "plain": lambda text: Wording(clean(text)),
    "markdown": from_markdown,
}


@dataclass
class Source(Findings):
    """One question's text, and what is found out about it on the way."""

    number: int
    comments: str
    text: str
    category: str
    form: str = "moodle"
    # What the file says of its kind.
    kind: str = ""

    def plain(self, text: str, *, counts: bool = True) -> str:
        text = text.strip()
        found = FORMAT.match(text)
        form = found[1] if found else self.form
        wording = READERS[form](unescape(text[found.end() if found else 0 :]))
        return self.kept(wording, counts=counts)


def read(body: bytes) -> Reading:
    categories = Categories()
    drafts = []
    for source in checked(questions_in(read_text(body))):
        draft = draft_of(source)
        fields = categories.sorted(draft.fields, source.category)
        drafts.append(replace(draft, fields=fields))
    return Reading(drafts, (*categories.left, *marking_note(drafts)))


def questions_in(text: str) -> Iterator[Source]:
    """Divide a file at its blank lines, as Moodle does."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    category, number = "", 0
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text):
        comments, lines = [], []
        for line in block.split("\n"):
            if line.lstrip().startswith("//"):
                comments.append(line)
            elif line.lstrip().startswith(CATEGORY) and not any(lines):
                category = line.partition(":")[2].strip()
            else:
                lines.append(line.strip())
        asked = "\n".join(lines).strip()
        if asked:
            number += 1
            yield Source(number, "\n".join(comments), asked, category)


def draft_of(source: Source) -> Draft:
    """Read one question; whatever is wrong with it stays its own fault."""
    identifier = IDENTIFIER.search(source.comments)
    tags = [found.replace("\\]", "]").strip() for found in TAG.findall(source.comments)]
    said = fields_in(tags)
    source.kind = str(said.get("kind", ""))
    name, text = name_and_text(source.text)
    stem = source.plain(text.split("{")[0], counts=False)
    fields = {"stem": stem} | question_fields(source, text)
    if "kind" not in said:
        fields = judged(fields, source.notes)
    elif {fields.get("kind"), said["kind"]} <= ONE_CHOICE:
        fields["kind"] = said["kind"]
    said.pop("kind", None)
    return Draft(
        place=_("Question %(number)s") % {"number": source.number},
        fields=fields | said,
        code=identifier[1].replace("\\]", "]").strip() if identifier else "",
        names=(clean(unescape(name)),) if name else (),
        notes=tuple(source.notes),
        faults=tuple(source.faults),
    )


def name_and_text(text: str) -> tuple[str, str]:
    if text.startswith("::"):
        ends = marks(text, "::", start=2)
        if ends:
            return text[2 : ends[0]], text[ends[0] + 2 :].strip()
    return "", text


def question_fields(source: Source, text: str) -> dict[str, object]:
    """Cut the answers out of the text and read both."""
    opens, closes = marks(text, "{"), marks(text, "}")
    if not opens and not closes:
        source.faults.append(not_carried("description"))
        return {}
    if not opens or not closes or closes[0] < opens[0] or len(opens) > 1:
        fault = _(
            "its answer's braces do not match: a blank line inside an answer ends the "
            "question, and { } ~ = # in a text are written \\{ \\} \\~ \\= \\#"
        )
        source.faults.append(fault)
        return {}
    before, after = text[: opens[0]], text[closes[-1] + 1 :]
    # Hand-edited files may end in {…}";
    stem = f"{before}{BLANK}{after}" if after.strip(' ";') else before
    if form := FORMAT.match(stem.strip()):
        source.form = form[1]
    answers = text[opens[0] + 1 : closes[-1]].strip()
    general = marks(answers, "####")
    because = answers[general[-1] + 4 :] if general else ""
    answers = answers[: general[-1]].strip() if general else answers
    fields = {
        "stem": source.plain(stem),
        "because": source.plain(because, counts=False),
    }
    return fields | answer_fields(source, answers, fields["because"])


def answer_fields(source: Source, answers: str, because: str) -> dict[str, object]:
    word = marks_split(answers, "#")[0].strip()
    if not answers:
        return short_fields("", because, source)
    if answers.startswith(">"):
        return step_fields(source, answers[1:])
    if answers.startswith("#"):
        return number_fields(source, answers[1:], because)
    if marks(answers, "~"):
        return choice_fields(source, answers, because)
    if marks(answers, "->") and marks(answers, "="):
        return pair_fields(source, answers)
    if not marks(answers, "=") and is_true(word) is not None:
        return judgement_fields(source, answers, because)
    return word_fields(source, answers, because)


def judgement_fields(source: Source, answers: str, because: str) -> dict[str, object]:
    word, *feedback = marks_split(answers, "#", most=2)
    right = source.plain(feedback[1], counts=False) if len(feedback) > 1 else ""
    wrong = source.plain(feedback[0], counts=False) if feedback else ""
    fields: dict[str, object] = {
        "kind": Kind.JUDGE.value,
        "options": list(JUDGEMENTS),
        "answer": [0 if is_true(word) else 1],
    }
    return fields | {"because": source.explanation(because, right, [wrong])}


def choice_fields(source: Source, answers: str, because: str) -> dict[str, object]:
    single = bool(marks(answers, "="))
    options, weights, feedback = [], [], []
    found = list(signed(answers))
    if len(found) > len(LETTERS):
        fault = _("it has more than %(most)s options") % {"most": len(LETTERS)}
        source.faults.append(fault)
        return {}
    for sign, text in found:
        weight, text = weighed(text, FULL if sign == "=" else FULL * 0)
        words, *remark = marks_split(text, "#", most=1)
        options.append(source.plain(words))
        weights.append(weight)
        feedback.append(source.plain(remark[0], counts=False) if remark else "")
    choose = right_in_single if single else right_in_multiple
    right = choose(weights, source.notes)
    fields = {
        "kind": (Kind.SINGLE if single else Kind.MULTIPLE).value,
        "options": options,
        "answer": right,
    }
    first = feedback[right[0]] if right else ""
    others = [text for place, text in enumerate(feedback) if right[:1] != [place]]
    return fields | {"because": source.explanation(because, first, others)}


def signed(answers: str) -> Iterator[tuple[str, str]]:
    """Yield each answer with the sign before it: ~ wrong or weighed, = right."""
    starts = sorted(marks(answers, "~") + marks(answers, "="))
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(answers)
        text = answers[start + 1 : end].strip()
        # ~= is written by some for =.
        if text or answers[start] == "=" or end != start + 1:
            yield answers[start], text


def weighed(text: str, otherwise):
    found = WEIGHT.match(text)
    weight = weight_in(found[1]) if found else None
    if weight is None:
        return otherwise, text
    return weight, text[found.end() :]


def number_fields(source: Source, answers: str, because: str) -> dict[str, object]:
    right = marks_split(answers, "~", most=1)[0].strip()
    starts = marks(right, "=")
    each = [text for _sign, text in signed(right)] if starts else [right]
    read = [weighed(text, FULL) for text in each]
    full = [text for weight, text in read if weight >= FULL]
    if not full:
        source.faults.append(_("no number earns all points"))
        return {"kind": Kind.NUMERIC.value}
    if len(read) > 1:
        source.note(_("other numbers that earn points are left out"))
    number, *remark = marks_split(full[0], "#", most=1)
    fields = {"kind": Kind.NUMERIC.value} | figures(source, unescape(number).strip())
    right_remark = source.plain(remark[0], counts=False) if remark else ""
    return fields | {"because": source.explanation(because, right_remark, [])}


def figures(source: Source, text: str) -> dict[str, object]:
    """Read 3.14, 3.14:0.01 or 3.13..3.15."""
    low, dots, high = text.partition("..")
    parts = [low, high] if dots else text.split(":", 1)
    found = [figure_in(part) for part in parts]
    if None in found or (len(found) == 2 and not dots and found[1] < 0):
        source.faults.append(
            _("the answer “%(answer)s” is not a number") % {"answer": text}
        )
        return {}
    if dots:
        return around(*sorted(found), source.notes)
    tolerance = tolerance_written(found[1], source.notes) if found[1:] else "0"
    return {"answer": written(found[0]), "tolerance": tolerance}


def word_fields(source: Source, answers: str, because: str) -> dict[str, object]:
    """A short answer is a blank, unless its words are one number."""
    read = [weighed(text, FULL) for _sign, text in signed(answers)] or [(FULL, answers)]
    if any(0 < weight < FULL - NEAR for weight, _text in read):
        source.note(_("other answers that earn points are left out"))
    words, remarks = [], []
    for weight, text in read:
        answer, *remark = marks_split(text, "#", most=1)
        remarks.append(source.plain(remark[0], counts=False) if remark else "")
        if weight >= FULL - NEAR:
            words.append(clean(unescape(answer)))
    words = without_wildcards(words, source)
    fields = fields_of_words(words, source, said=source.kind)
    first, *others = remarks
    return fields | {"because": source.explanation(because, first, others)}


def pair_fields(source: Source, answers: str) -> dict[str, object]:
    pairs = []
    for _sign, text in signed(answers):
        left, *right = marks_split(text, "->", most=1)
        if not right:
            source.faults.append(_("a pair of it has no -> between its sides"))
        pairs.append((source.plain(left), clean(unescape("".join(right)))))
    return matching_fields(pairs, source)


def step_fields(source: Source, text: str) -> dict[str, object]:
    """Read the steps of Moodle's ordering type, which stand one to a line."""
    found = ORDERED.match(text)
    if found and found[1] in ("RANDOM", "CONTIGUOUS", "CONTIG", "REL"):
        source.leave(_("that only some of the steps are asked"))
    lines = text[found.end() if found else 0 :].split("\n")
    steps = [source.plain(line) for line in lines]
    return ordering_fields(filter(None, steps))


def marks(text: str, mark: str, start: int = 0) -> list[int]:
    """Return where ``mark`` stands unescaped."""
    found = re.finditer(rf"\\.|({re.escape(mark)})", text[start:], re.S)
    return [start + each.start() for each in found if each[1]]


def marks_split(text: str, mark: str, most: int = -1) -> list[str]:
    parts, begin = [], 0
    for at in marks(text, mark)[: most if most >= 0 else None]:
        parts.append(text[begin:at])
        begin = at + len(mark)
    return [*parts, text[begin:]]


def unescape(text: str) -> str:
    return ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
