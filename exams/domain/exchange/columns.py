"""The columns of a workbook of questions, under whatever heading they come."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

import measures
from exams.enums import Attested, Kind, Subject

# The template's headings; any of the site's languages is read.
HEADINGS: dict[str, Promise] = {
    "code": _("Code"),
    "subject": _("Subject"),
    "kind": _("Kind of question"),
    "stem": _("Question"),
    "options": _("Option"),
    "answer": _("Right answer"),
    "tolerance": _("Tolerance"),
    "unit": _("Unit"),
    "because": _("Explanation"),
    "difficulty": _("Difficulty"),
    "cites": _("Citations"),
    "attested": _("Kind of source"),
    "edition": _("Edition of the rules"),
    "tags": _("Tags"),
}
# How other question banks in use head the same columns.
ALIASES = {
    "code": "编号 题号 试题编号 题目编号 试题编码 code id",
    "subject": "科目 学科 所属科目 subject",
    "kind": "题型 试题类型 题目类型 类型 kind type",
    "stem": "题干 题目 试题 试题内容 题目内容 试题题目 stem question",
    "answer": "答案 正确答案 标准答案 参考答案 试题答案 answer key",
    "tolerance": "误差 允许误差 容差 tolerance",
    "unit": "单位 计量单位 unit",
    "because": "解析 答案解析 试题解析 题目解析 说明 explanation",
    "difficulty": "难度 难易度 难易程度 试题难度 difficulty",
    "cites": "依据 出处 政策依据 citations",
    "attested": "依据来源 grounds",
    "edition": "规则版本 政策版本 edition",
    "tags": "标签 知识点 关键词 tags",
}
NEEDED = ("kind", "stem", "answer")
OPTION = re.compile(r"(?:选项|备选项|备选答案|option)?([a-z])(?:选项)?", re.I)
NUMBER = re.compile(r"[1-9][0-9]?")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
SPACES = re.compile(r"[\s*:_]+")

KIND_WORDS = {
    Kind.JUDGE: "判断 是非 对错 judge truefalse",
    Kind.SINGLE: "单选 单项选择 单项 single",
    Kind.MULTIPLE: "多选 多项选择 多项 不定项选择 multiple",
    Kind.NUMERIC: "计算 数值 数字 numeric number",
    Kind.BLANK: "填空 blank fillin",
    Kind.ORDERING: "排序 顺序 ordering",
    Kind.CASE: "案例 案例分析 case",
    Kind.LEDGER: "台账操作 台账 ledger",
    Kind.SHORT: "简答 问答 short essay",
    Kind.MATCHING: "连线 配对 匹配 matching",
}
DIFFICULTY_WORDS = {
    1: "易 容易 简单 easy",
    2: "较易 偏易",
    3: "中 中等 一般 适中 medium",
    4: "较难 偏难",
    5: "难 困难 hard",
}


def folded(text: object) -> str:
    """The heading or word without what people add to it: ``题型（必填）*`` is 题型."""
    plain = unicodedata.normalize("NFKC", str(text))
    return SPACES.sub("", BRACKETS.sub("", plain)).casefold()


def in_every_language(label: object) -> set[str]:
    words = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.add(folded(label))
    return words


def column_names() -> dict[str, str]:
    """Return the field that each heading means."""
    names = {}
    for field, label in HEADINGS.items():
        if field != "options":
            known = in_every_language(label) | set(ALIASES[field].split())
            names |= dict.fromkeys(known, field)
    return names


def option_names() -> set[str]:
    return in_every_language(HEADINGS["options"])


def place_of_option(heading: str, words: Iterable[str]) -> int | None:
    """Return 0 for ``选项A``, ``A``, ``Option A`` or ``选项1``; None for any other
    heading."""
    whole = plain = folded(heading)
    for word in words:
        plain = plain.removeprefix(word)
    if plain != whole and NUMBER.fullmatch(plain):
        return int(plain) - 1
    found = OPTION.fullmatch(plain)
    return ord(found[1].lower()) - ord("a") if found else None


def choice_words(
    choices: type[Kind] | type[Subject] | type[Attested],
    more: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the value that each word for it means, in every language."""
    words = {}
    for choice in choices:
        known = in_every_language(choice.label) | {folded(choice.value)}
        known |= set((more or {}).get(choice, "").split())
        words |= dict.fromkeys(known, choice.value)
    return words


def kind_words() -> dict[str, str]:
    words = choice_words(Kind, KIND_WORDS)
    return words | {f"{word}题": kind for word, kind in words.items()}


def difficulty_words() -> dict[str, int]:
    words = {word: n for n, many in DIFFICULTY_WORDS.items() for word in many.split()}
    return words | {str(n): n for n in DIFFICULTY_WORDS}


def edition_words() -> dict[str, str]:
    words = {}
    for edition in measures.editions():
        for word in (edition.code, edition.name.zh, edition.name.en):
            words[folded(word)] = edition.code
    return words
