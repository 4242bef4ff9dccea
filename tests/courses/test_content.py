"""The starter courses' text files, read without the site.

The format: TOML between ``+++`` lines, then Markdown with fenced containers
(``::: callout``, ``::: cite``, ``::: check``) that stand on lines of their own.
"""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

CONTENT = Path(__file__).parents[2] / "courses" / "content"
COURSES = ("policy", "entry", "system", "standards")
MEASURES = CONTENT.parents[1] / "measures" / "data" / "clauses.toml"
CLAUSES = {
    clause["code"]: clause
    for clause in tomllib.loads(MEASURES.read_text(encoding="utf-8"))["clause"]
}
LESSONS = sorted(CONTENT.glob("*/[0-9][0-9]-*.md"))
ATTESTED = {"source", "public", "assumed"}
READING = re.compile(r"解读 [一二三四五六](（.）|\(.\)\d?)?( · 第[一二三四五六]章)?")
BANNED = ("以上都是", "以上均", "众所周知", "TODO", "待补", "http", "蠢", "显然")
MARKDOWN = MarkdownIt("commonmark").enable("table")

opening = re.compile(r'^::: (?P<name>[a-z]+)(?P<attributes>(?: [a-z]+="[^"]*")*)$')


def read(path):
    """The front matter and the body of a file."""
    before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert before == "", f"{path.name} must begin with +++"
    return tomllib.loads(front), body


def blocks(body):
    """``(name, attributes, inner text)`` of every container, and the plain text."""
    found, plain, inner, current = [], [], [], None
    for line in body.splitlines():
        if current is None and (match := opening.match(line)):
            attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', match["attributes"]))
            current, inner = (match["name"], attributes), []
        elif current is not None and line == ":::":
            found.append((*current, "\n".join(inner)))
            current = None
        else:
            assert not line.startswith(":::"), f"stray container line: {line}"
            (plain if current is None else inner).append(line)
    assert current is None, f"{current} is never closed"
    return found, "\n".join(plain)


def checks(body):
    return [
        tomllib.loads(inner) for name, _, inner in blocks(body)[0] if name == "check"
    ]


def han(text):
    return len(re.findall(r"[\u4e00-\u9fff]", text))


@pytest.fixture(params=LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def lesson(request):
    return request.param


@pytest.mark.parametrize("slug", COURSES)
def test_each_course_has_five_numbered_lessons_or_more(slug):
    names = [path.name for path in LESSONS if path.parent.name == slug]

    assert len(names) >= 5
    assert [int(name[:2]) for name in names] == list(range(1, len(names) + 1))


def test_courses_are_ordered_and_introduced():
    fronts = [read(CONTENT / slug / "_course.md")[0] for slug in COURSES]

    assert [front["order"] for front in fronts] == [1, 2, 3, 4]
    assert all(set(front) == {"title", "summary", "order"} for front in fronts)
    assert len({front["title"] for front in fronts}) == len(COURSES)


def test_there_are_no_files_that_no_course_would_load():
    stray = [path for path in CONTENT.rglob("*") if path.is_file()]
    expected = {*LESSONS, *(CONTENT / slug / "_course.md" for slug in COURSES)}

    assert set(stray) == expected


def test_lesson_titles_and_slugs_are_unique():
    titles = [read(path)[0]["title"] for path in LESSONS]

    assert len(set(titles)) == len(titles)


def test_front_matter_is_complete(lesson):
    front, _ = read(lesson)

    assert set(front) == {"title", "minutes", "summary", "cites", "clauses"}
    assert type(front["minutes"]) is int
    assert 5 <= front["minutes"] <= 15
    assert 15 <= han(front["summary"]) <= 80
    assert front["clauses"]
    assert set(front["clauses"]) <= set(CLAUSES)
    assert any(READING.fullmatch(cite) for cite in front["cites"])


def test_the_courses_together_teach_every_clause():
    taught = {code for path in LESSONS for code in read(path)[0]["clauses"]}

    assert set(CLAUSES) - taught == set()


def test_length_suits_a_phone(lesson):
    _, body = read(lesson)

    assert 900 <= han(body) <= 1800
    for paragraph in re.split(r"\n\s*\n", blocks(body)[1]):
        assert han(paragraph) <= 200 or "|" in paragraph, paragraph[:30]


def test_containers_are_known_and_well_formed(lesson):
    _, body = read(lesson)

    for name, attributes, inner in blocks(body)[0]:
        assert inner.strip(), name
        if name == "callout":
            assert set(attributes) == {"kind", "title"}
            assert attributes["kind"] in {"note", "mistake", "remember"}
        elif name == "cite":
            assert set(attributes) == {"ref", "attested"}
            assert attributes["attested"] in ATTESTED
            assert "\n" not in inner.strip()
        else:
            assert (name, attributes) == ("check", {})


def test_a_citation_says_how_well_it_is_attested(lesson):
    """The interpretation is the source; what it leaves out must not borrow its name."""
    front, body = read(lesson)
    cites = [attributes for name, attributes, _ in blocks(body)[0] if name == "cite"]

    assert cites
    for cite in cites:
        assert cite["ref"] in front["cites"]
        origin = cite["ref"].split()[0]
        expected = {
            "解读": "source",
            "公开资料": "public",
            "本平台设定": "assumed",
            "本平台整理": "assumed",
        }
        assert cite["attested"] == expected[origin], cite
        if origin == "解读":
            assert READING.fullmatch(cite["ref"]), cite["ref"]
    assert any(cite["attested"] == "source" for cite in cites)


def test_a_lesson_ends_its_teaching_with_something_to_remember(lesson):
    _, body = read(lesson)
    kinds = [a["kind"] for name, a, _ in blocks(body)[0] if name == "callout"]

    assert kinds.count("remember") == 1
    assert "mistake" in kinds


def test_self_checks_can_be_marked(lesson):
    _, body = read(lesson)
    questions = checks(body)

    assert 3 <= len(questions) <= 5
    for question in questions:
        assert set(question) == {"prompt", "kind", "options", "answer", "because"}
        options, answer = question["options"], question["answer"]
        assert len(set(options)) == len(options)
        assert answer == sorted(set(answer))
        assert all(0 <= index < len(options) for index in answer)
        assert han(question["because"]) >= 15
        if question["kind"] == "judge":
            assert (len(options), len(answer)) == (2, 1)
        elif question["kind"] == "single":
            assert (len(options), len(answer)) == (4, 1)
        else:
            assert question["kind"] == "multiple"
            assert 2 <= len(answer) < len(options)


def test_self_checks_ask_each_thing_once():
    prompts = [check["prompt"] for path in LESSONS for check in checks(read(path)[1])]

    assert len(set(prompts)) == len(prompts)


def test_right_answers_of_single_choice_are_spread_over_the_positions():
    singles = [
        check["answer"][0]
        for path in LESSONS
        for check in checks(read(path)[1])
        if check["kind"] == "single"
    ]

    for position in range(4):
        assert 0.15 <= singles.count(position) / len(singles) <= 0.35, position


def test_judgements_are_not_all_one_way():
    judged = [
        check["answer"][0]
        for path in LESSONS
        for check in checks(read(path)[1])
        if check["kind"] == "judge"
    ]

    assert 0.25 <= judged.count(0) / len(judged) <= 0.75


def test_markdown_renders_without_leftover_marks(lesson):
    _, body = read(lesson)
    found, plain = blocks(body)

    texts = [plain, *(inner for name, _, inner in found if name == "callout")]
    for text in texts:
        shown = re.sub(r"<code>.*?</code>", "", MARKDOWN.render(text))
        shown = unescape(re.sub(r"<[^>]+>", "", shown))
        assert "**" not in shown
        assert not re.search(r"^\|", shown, re.MULTILINE)
    assert "<h2>" in MARKDOWN.render(plain)
    assert "<h1>" not in MARKDOWN.render(plain)


def test_every_table_has_rows_as_wide_as_its_head(lesson):
    _, body = read(lesson)
    tables = re.findall(r"(?:^\|.*\|\n?)+", body, re.MULTILINE)

    for table in tables:
        rows = table.strip().splitlines()
        assert len(rows) >= 3
        assert len({row.count("|") for row in rows}) == 1, rows[0]
        assert "" not in [cell.strip() for cell in rows[0].split("|")[1:-1]]


def test_nothing_banned_is_written(lesson):
    text = lesson.read_text(encoding="utf-8")

    assert [phrase for phrase in BANNED if phrase in text] == []
    assert not re.search(r"[\u4e00-\u9fff][,;?!][\u4e00-\u9fff]", text), (
        "half-width punctuation between Chinese characters"
    )
