"""The question bank's text files, read without the site."""

import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

import measures
from exams.domain.loading import content_from
from exams.domain.revising import faults_of
from exams.topics import Topic

CONTENT = Path(__file__).parents[2] / "exams" / "content"
SUBJECTS = ("policy", "entry", "system")
FILES = sorted(CONTENT.rglob("*.toml"))

COMMON = {
    "code", "subject", "kind", "stem", "answer", "because",
    "difficulty", "cite", "attested", "edition", "tags",
}  # fmt: skip
EXTRA = {
    "single": {"options"},
    "multiple": {"options"},
    "judge": set(),
    "numeric": {"tolerance", "unit"},
    "blank": set(),
    "ordering": {"options"},
    "matching": {"options", "parts"},
    "case": {"parts"},
    "ledger": {"seed"},
    "short": set(),
}
# What a paper of the starter blueprint is made of.
STARTER = {"single", "multiple", "judge", "numeric"}
CHAPTER_OF_SECTION = {"三": "六", "四": "二", "五": "三", "六": "四"}
READING = re.compile(
    r"解读 (?P<section>[一二三四五六])(?:\([一二三四]\)\d?)?"
    r"(?: · 第(?P<chapter>[一二三四五六])章)?"
)
BANNED = (
    "以上都", "以上均", "以上全", "都不对", "不正确", "错误的是", "不属于",
    "不是不", "并非不", "不得不", "TODO", "待补", "http", "选项",
)  # fmt: skip
REQUIRED_TOPICS = {
    "exit", "return", "identify", "remove", "rollback", "village", "county",
    "standard", "carriers", "cleaning", "search", "staffing", "cards",
    "ledger-arithmetic", "roles", "system",
}  # fmt: skip


def items_of(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))["item"]


ITEMS = list(chain.from_iterable(items_of(path) for path in FILES))


def of_kind(kind):
    return [item for item in ITEMS if item["kind"] == kind]


def han(text):
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def texts(item):
    parts = item.get("parts", [])
    within = [
        texts({"because": "", **part}) for part in parts if isinstance(part, dict)
    ]
    others = [part for part in parts if isinstance(part, str)] + item.get("options", [])
    return [item["stem"], item["because"], *others, *chain.from_iterable(within)]


each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["code"])


def test_files_hold_items_of_their_own_subject_and_nothing_else():
    assert {path.parent.name for path in FILES} == set(SUBJECTS)
    assert {path for path in CONTENT.rglob("*") if path.is_file()} == set(FILES)
    for path in FILES:
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) == {"item"}
        assert {item["subject"] for item in items_of(path)} == {path.parent.name}


def test_there_are_enough_items_for_papers_to_differ():
    subjects = Counter(item["subject"] for item in ITEMS)
    kinds = Counter(item["kind"] for item in ITEMS)

    assert len(ITEMS) >= 150
    assert all(subjects[subject] >= 45 for subject in SUBJECTS)
    assert kinds["single"] >= 70
    assert kinds["multiple"] >= 35
    assert kinds["judge"] >= 30
    assert kinds["numeric"] >= 15


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_every_kind(subject):
    kinds = Counter(item["kind"] for item in ITEMS if item["subject"] == subject)

    assert set(EXTRA) - {"case", "short", "ledger"} <= set(kinds)
    assert min(kinds[kind] for kind in STARTER) >= 3


def test_codes_and_stems_are_unique():
    codes = Counter(item["code"] for item in ITEMS)
    stems = Counter(re.sub(r"\W", "", item["stem"]) for item in ITEMS)

    assert [code for code, count in codes.items() if count > 1] == []
    assert [stem for stem, count in stems.items() if count > 1] == []


@each_item
def test_item_has_exactly_the_fields_of_its_kind(item):
    # Steps are listed in their right order, the questions of a case have theirs, and
    # of a ledger task the Measures know the answer.
    keyless = {"answer"} if item["kind"] in ("ordering", "case", "ledger") else set()
    assert set(item) == COMMON - keyless | EXTRA[item["kind"]]
    prefix = {"policy": "POL", "entry": "ENT", "system": "SYS"}[item["subject"]]
    assert re.fullmatch(rf"{prefix}-[A-Z]+-\d{{3}}", item["code"])
    assert item["edition"] == "gx-2017"
    assert type(item["difficulty"]) is int
    assert 1 <= item["difficulty"] <= 5
    assert item["tags"]
    assert set(item["tags"]) <= set(Topic.values)


@each_item
def test_answer_can_be_marked(item):
    answer, kind = item.get("answer"), item["kind"]

    if kind == "judge":
        assert type(answer) is bool
    elif kind == "numeric":
        assert type(answer) in (int, float)
        assert type(item["tolerance"]) in (int, float)
        assert 0 <= item["tolerance"] <= 0.01
        assert item["unit"]
    elif kind in ("blank", "ordering", "matching", "case", "ledger", "short"):
        assert list(faults_of(content_from(item["code"], item))) == []
    else:
        options = item["options"]
        assert len(set(options)) == len(options)
        assert answer == sorted(set(answer))
        assert all(0 <= index < len(options) for index in answer)
        if kind == "single":
            assert (len(options), len(answer)) == (4, 1)
        else:
            assert 4 <= len(options) <= 6
            assert 2 <= len(answer) < len(options)


@each_item
def test_wording_is_of_a_bearable_length(item):
    assert 10 <= len(item["stem"]) <= 160
    assert han(item["because"]) >= 15
    assert len(item["because"]) <= 160
    for option in item.get("options", []):
        assert len(option) <= 30
    if item["kind"] in ("judge", "ordering", "matching", "case", "ledger"):
        assert item["stem"].endswith("。")
    else:
        assert item["stem"].endswith(("？", "）"))


@each_item
def test_nothing_banned_is_written(item):
    written = "\n".join(texts(item))

    assert [phrase for phrase in BANNED if phrase in written] == []
    assert not re.search(r"[\u4e00-\u9fff][,;?!][\u4e00-\u9fff]", written)
    assert not re.search(r"(选|答案)\s?[A-F]", item["because"]), (
        "options are shuffled on paper: the explanation must not name letters"
    )


@each_item
def test_citation_points_into_the_interpretation(item):
    first = READING.fullmatch(item["cite"][0])

    assert first, item["cite"][0]
    expected = CHAPTER_OF_SECTION.get(first["section"])
    if expected:
        assert first["chapter"] == expected


@each_item
def test_attestation_matches_where_the_fact_comes_from(item):
    """What the law said, what public papers say, and what we set ourselves."""
    origins = {cite.split()[0] for cite in item["cite"]}

    if item["attested"] == "source":
        assert origins == {"解读"}
    elif item["attested"] == "public":
        assert origins == {"解读", "公开资料"}
    else:
        assert item["attested"] == "assumed"
        assert "本平台设定" in origins
        assert "按本平台" in item["stem"], "an assumption is not examined as law"


@each_item
def test_a_threshold_of_a_year_names_the_year(item):
    if any("认定表" in cite for cite in item["cite"]):
        assert "2017年" in item["stem"]
    if "2952" in item["stem"]:
        assert "假设当年标准" in item["stem"]


@pytest.mark.parametrize("item", of_kind("numeric"), ids=lambda item: item["code"])
def test_the_explanation_of_a_figure_shows_the_figure(item):
    shown = f"{item['answer']:g}" if item["answer"] < 1000 else str(item["answer"])

    assert re.search(rf"(?<![\d.]){re.escape(shown)}(?!\.?\d)", item["because"])


def test_right_answers_of_single_choice_are_spread_over_the_positions():
    positions = Counter(item["answer"][0] for item in of_kind("single"))
    total = positions.total()

    assert all(0.2 <= positions[place] / total <= 0.3 for place in range(4))


def test_length_does_not_give_the_right_option_away():
    longest = 0
    for item in of_kind("single"):
        lengths = [len(option) for option in item["options"]]
        right = lengths.pop(item["answer"][0])
        longest += right > max(lengths)

    assert longest / len(of_kind("single")) <= 0.35


def test_multiple_choice_has_no_usual_count_or_place():
    multiples = of_kind("multiple")
    counts = Counter(len(item["answer"]) for item in multiples)
    firsts = Counter(0 in item["answer"] for item in multiples)

    assert len(counts) >= 3
    assert 0.3 <= firsts[True] / len(multiples) <= 0.8


def test_judgements_go_both_ways():
    share = sum(item["answer"] for item in of_kind("judge")) / len(of_kind("judge"))

    assert 0.4 <= share <= 0.6


def test_topics_and_chapters_are_covered():
    tags = set(chain.from_iterable(item["tags"] for item in ITEMS))
    cites = chain.from_iterable(item["cite"] for item in ITEMS)
    chapters = {match["chapter"] for cite in cites if (match := READING.match(cite))}

    assert tags >= REQUIRED_TOPICS
    assert chapters >= set("一二三四五六")


def test_whatever_a_clause_stands_under_is_asked_about_twice_or_more():
    asked = Counter(chain.from_iterable(set(item["cite"]) for item in ITEMS))

    assert [c.code for c in measures.clauses() if asked[c.citation] < 2] == []


def test_difficulty_is_not_all_alike():
    levels = Counter(item["difficulty"] for item in ITEMS)

    assert len(levels) >= 4
    assert max(levels.values()) <= 0.55 * len(ITEMS)
