"""A small folder of content, written the way ``courses/content`` is."""

from pathlib import Path

import pytest

COURSE = '+++\ntitle = "政策"\nsummary = "讲政策"\norder = 1\n+++\n'
LESSON = """+++
title = "{title}"
minutes = 9
summary = "讲{title}"
cites = ["解读 四(一)2 · 第二章"]
clauses = []
+++
{body}

::: check
prompt = "{title}问什么？"
kind = "judge"
options = ["对", "错"]
answer = [1]
because = "因为如此。"
:::
"""


class Content:
    """Writes content files and remembers where."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("policy/_course.md", COURSE)

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def lesson(self, name: str, title: str, body: str = "正文一段。") -> None:
        self.write(f"policy/{name}.md", LESSON.format(title=title, body=body))


@pytest.fixture
def content(tmp_path) -> Content:
    return Content(tmp_path)
