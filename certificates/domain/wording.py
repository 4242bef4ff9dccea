"""The words of a template: plain text with named fields in braces, a closed list."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import measures
from certificates.errors import FieldUnclosed, FieldUnknown
from certificates.models import Certificate

# What an office's name ends with.
OFFICE = "扶贫开发领导小组办公室"
# What an input method makes of a brace.
BRACES = str.maketrans("｛｝", "{}")
# A field, a brace that belongs to none, or the words between.
TOKEN = re.compile(r"\{(?P<field>[^{}\n]*)\}|(?P<stray>[{}][^{}\n]{0,12})|[^{}]+")
ASIDE = re.compile(r"(（[^（）]*\{[^（）]*）)")


def day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


class Field(NamedTuple):
    """How one field is set: what it says, and how it stands out."""

    say: Callable[[Certificate, str, str], str]
    kind: str = ""


# By the name that people write; each is given certificate, level and edition.
FIELDS: Mapping[str, Field] = {
    "姓名": Field(lambda own, _level, _edition: own.holder_name, "name"),
    "身份证号": Field(lambda own, _level, _edition: own.masked_id_number, "whole"),
    "岗位级别": Field(lambda _own, level, _edition: level, "strong"),
    "所在地区": Field(lambda own, _level, _edition: own.post_place),
    "考试名称": Field(lambda own, _level, _edition: own.exam_name, "strong"),
    "依据版本": Field(lambda _own, _level, edition: edition),
    "发证机关": Field(lambda own, _level, _edition: own.office_name),
    "证书编号": Field(lambda own, _level, _edition: own.spaced_number, "whole"),
    "查验码": Field(lambda own, _level, _edition: own.verification_code, "whole"),
    "选定日期": Field(lambda own, _level, _edition: day(own.chosen_on)),
    "培训完成日期": Field(lambda own, _level, _edition: day(own.trained_on)),
    "考试通过日期": Field(lambda own, _level, _edition: day(own.passed_on)),
    "发证日期": Field(lambda own, _level, _edition: day(own.issued_on)),
    "有效期至": Field(lambda own, _level, _edition: day(own.expires_on)),
}


# What the paper of all says, as an office would write it.
STANDARD = (
    "{姓名}（居民身份证号码：{身份证号}）在“{考试名称}”中成绩合格，"
    "具备从事{岗位级别}扶贫信息员工作的资格。\n准予持证上岗，特发此证。"
)


class Piece(NamedTuple):
    """Some words as they are, or the name of a field."""

    words: str
    is_field: bool


class Said(NamedTuple):
    """Words as they are printed, and how they stand out."""

    words: str
    kind: str


@dataclass(frozen=True)
class Wording:
    """A template's words, read once: paragraphs of parts of pieces. A part
    in （…） with a field that says nothing is left out whole."""

    paragraphs: tuple[tuple[tuple[Piece, ...], ...], ...]

    def said(self, certificate: Certificate, level: str, edition: str):
        """The paragraphs as they are printed on ``certificate``."""
        return [
            [
                Said(words, FIELDS[piece.words].kind if piece.is_field else "")
                for part in paragraph
                for piece, words in filled(part, certificate, level, edition)
            ]
            for paragraph in self.paragraphs
        ]


def filled(part, certificate: Certificate, level: str, edition: str):
    """The pieces of ``part`` with their words; none if it is an aside about nothing."""
    found = [
        (
            piece,
            FIELDS[piece.words].say(certificate, level, edition)
            if piece.is_field
            else piece.words,
        )
        for piece in part
    ]
    is_aside = part[0].words.startswith("（") and any(piece.is_field for piece in part)
    return [] if is_aside and not all(words for _piece, words in found) else found


def read_wording(body: str) -> Wording:
    """Read a template's words. Raises ``FieldUnclosed`` or ``FieldUnknown``, which name
    the fields that exist."""
    lines = (line.strip() for line in body.translate(BRACES).splitlines())
    return Wording(
        tuple(
            tuple(tuple(pieces_of(part)) for part in ASIDE.split(line) if part)
            for line in lines
            if line
        )
    )


def pieces_of(text: str) -> Iterator[Piece]:
    for token in TOKEN.finditer(text):
        name = token["field"]
        if token["stray"]:
            raise FieldUnclosed(place=token["stray"], known=known_fields())
        if name is None:
            yield Piece(token[0], is_field=False)
        elif name.strip() in FIELDS:
            yield Piece(name.strip(), is_field=True)
        else:
            raise FieldUnknown(name=name, known=known_fields())


def known_fields() -> str:
    return " ".join(f"{{{name}}}" for name in FIELDS)


def level_name(certificate: Certificate, language: str) -> str:
    return measures.name_of(certificate.post_level, language, "level")


def edition_name(certificate: Certificate, language: str) -> str:
    """2017年版（桂扶领发〔2017〕8号）: the year and its leading document."""
    edition = measures.edition(certificate.edition_code)
    year = f"{edition.year}年版" if language.startswith("zh") else f"{edition.year}"
    number = edition.documents[0].number if edition.documents else ""
    return f"{year}（{number}）" if number else year
