"""The Chinese of the catalogues: whole, punctuated as Chinese, and of one voice."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted(ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"))
# A placeholder stands for Chinese words more often than not, so it counts as Chinese.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
MARKUP = re.compile(r"</?\w[^>]*>")
CHINESE = r"[㐀-鿿、。，：；！？（）《》“”…]"
HALF_WIDTH = re.compile(
    rf"{CHINESE}\s*[,;:!?()]|[,;:!?(]\s*{CHINESE}|{CHINESE}\.(?!\w)"
)


def app_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def read_messages(path: Path) -> list[tuple]:
    """Each message's context, English, all its Chinese, and whether it is doubtful."""
    with path.open("rb") as source:
        return [
            (message.context, first(message.id), every(message.string), message.fuzzy)
            for message in read_po(source)
            if message.id
        ]


def first(words) -> str:
    return words if isinstance(words, str) else words[0]


def every(words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


@pytest.mark.parametrize("path", CATALOGUES, ids=app_of)
def test_every_message_has_its_chinese(path):
    assert [
        english
        for _, english, chinese, fuzzy in read_messages(path)
        if fuzzy or not all(chinese)
    ] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=app_of)
def test_chinese_is_punctuated_as_chinese(path):
    assert [
        text
        for _, _, chinese, _ in read_messages(path)
        for text in chinese
        if HALF_WIDTH.search(MARKUP.sub("", PLACEHOLDER.sub("某", text)))
    ] == []


def test_the_same_english_is_the_same_chinese_in_every_app():
    """Django merges the catalogues: the second translation would never be seen."""
    said = defaultdict(dict)
    for path in CATALOGUES:
        for context, english, chinese, _ in read_messages(path):
            said[context, english].setdefault(chinese, []).append(app_of(path))

    assert {key: voices for key, voices in said.items() if len(voices) > 1} == {}
