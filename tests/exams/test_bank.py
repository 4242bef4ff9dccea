"""Revising, loading and releasing questions; planning papers."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.models import LogEntry
from exams.domain.contents import content_of
from exams.domain.drawing import draw_paper
from exams.domain.loading import load_questions
from exams.domain.planning import starter_blueprint
from exams.domain.releasing import sign_release
from exams.domain.revising import revise_item
from exams.errors import BadQuestion, EmptyRelease, MixedEditions
from exams.models import Blueprint, Item, ItemVersion, Release
from tests.factories.exams import NOON, content, make_release, make_version

pytestmark = pytest.mark.django_db

FILE = """
[[item]]
code = "POL-1"
subject = "policy"
kind = "judge"
stem = "{stem}"
answer = true
because = "写着的。"
difficulty = 1
cite = "解读 一"
attested = "source"
edition = "gx-2017"

[[item]]
code = "POL-2"
subject = "policy"
kind = "numeric"
stem = "几平方米？"
answer = 13.50
tolerance = 0.005
unit = "平方米"
because = "算出来的。"
difficulty = 3
cite = ["解读 一", "解读 二"]
attested = "public"
edition = "gx-2017"
tags = ["housing"]
"""


@pytest.fixture
def folder(tmp_path):
    write(tmp_path)
    return tmp_path


def write(folder, stem="对不对？"):
    (folder / "one.toml").write_text(FILE.format(stem=stem), encoding="utf-8")


def test_an_item_is_revised_by_a_new_version(trainer):
    first = make_version(code="one")

    second = revise_item("one", content(stem="改过的题？"), by=trainer)

    item = Item.objects.get()
    assert (first.number, second.number) == (1, 2)
    assert item.current == second
    assert content_of(first).stem == "哪一个对？"
    assert LogEntry.objects.filter(action="item.revised").count() == 2


def test_revising_to_what_is_already_said_adds_nothing():
    first = make_version(code="one")

    again = make_version(code="one")

    assert again == first
    assert ItemVersion.objects.count() == 1
    assert LogEntry.objects.count() == 1


def test_an_earlier_version_can_become_current_again():
    first = make_version(code="one")
    make_version(code="one", stem="改过的题？")

    again = make_version(code="one")

    assert again == first
    assert Item.objects.get().current == first


def test_content_survives_the_way_through_a_version():
    version = make_version("numeric", tolerance="0.05", tags=["housing"])

    kept = content_of(ItemVersion.objects.get())

    assert kept == content("numeric", tolerance="0.05", tags=["housing"])
    assert kept.hash == version.content_hash


def test_a_version_is_never_changed_or_deleted():
    version = make_version()
    version.stem = "别的？"

    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("single", {"answer": [0, 1]}),
        ("single", {"answer": [4]}),
        ("single", {"answer": []}),
        ("single", {"answer": [True]}),
        ("multiple", {"answer": [2, 0]}),
        ("multiple", {"answer": [0, 0]}),
        ("single", {"options": ["甲", "甲", "乙"]}),
        ("single", {"options": ["甲"], "answer": [0]}),
        ("numeric", {"answer": "十三平"}),
        ("numeric", {"answer": "NaN"}),
        ("numeric", {"tolerance": "-1"}),
        ("single", {"difficulty": 6}),
        ("single", {"because": " "}),
        ("single", {"cites": []}),
        ("single", {"subject": "cooking"}),
        ("essay", {}),
        ("single", {"attested": "rumour"}),
    ],
)
def test_a_question_that_is_not_well_formed_is_refused(kind, changes):
    with pytest.raises(BadQuestion) as refusal:
        make_version(kind, **changes)

    assert refusal.value.code == "bad-question"
    assert not Item.objects.exists()


def test_files_are_loaded_once(folder):
    assert load_questions(folder) == {
        "made": 2, "revised": 0, "unchanged": 0, "kept": 0,
    }  # fmt: skip
    assert load_questions(folder)["unchanged"] == 2
    assert ItemVersion.objects.count() == 2


def test_a_file_is_loaded_whole(folder):
    load_questions(folder)

    judge, numeric = ItemVersion.objects.order_by("item__code")
    assert (judge.options, judge.answer) == (["对", "错"], [0])
    assert judge.cites == ["解读 一"]
    assert (numeric.answer, str(numeric.tolerance)) == ("13.5", "0.005000")
    assert (numeric.unit, numeric.tags) == ("平方米", ["housing"])
    assert numeric.made_by is None


def test_a_changed_file_makes_a_new_version(folder):
    load_questions(folder)
    write(folder, stem="到底对不对？")

    counts = load_questions(folder)

    assert (counts["revised"], counts["unchanged"]) == (1, 1)
    item = Item.objects.get(code="POL-1")
    assert (item.current.number, item.current.stem) == (2, "到底对不对？")


def test_a_file_never_replaces_what_an_author_has_written(folder, trainer):
    load_questions(folder)
    revise_item("POL-1", content("judge", stem="作者的题？"), by=trainer)

    assert load_questions(folder)["unchanged"] == 2
    write(folder, stem="文件的新题？")
    counts = load_questions(folder)

    assert (counts["kept"], counts["revised"]) == (1, 0)
    assert Item.objects.get(code="POL-1").current.stem == "作者的题？"


@pytest.mark.parametrize(
    "fault",
    [
        ('code = "POL-2"', 'code = "POL-1"'),
        ('because = "算出来的。"', ""),
        ('unit = "平方米"', 'units = "平方米"'),
    ],
)
def test_a_bad_file_loads_nothing(folder, fault):
    text = (folder / "one.toml").read_text(encoding="utf-8")
    (folder / "one.toml").write_text(text.replace(*fault), encoding="utf-8")

    with pytest.raises(BadQuestion):
        load_questions(folder)

    assert not Item.objects.exists()


def test_a_release_holds_the_current_version_of_every_item(trainer):
    make_version(code="one")
    revised = make_version(code="one", stem="改过的题？")
    other = make_version(code="two", stem="另一题？")

    release = sign_release("starter", by=trainer, at=NOON)

    assert list(release.versions.order_by("pk")) == [revised, other]
    assert (release.number, release.edition_code) == (1, "gx-2017")


def test_signing_again_makes_a_release_only_if_the_bank_has_changed():
    first = make_release()

    assert sign_release("tests", by=None, at=NOON) == first
    make_version(stem="新题？")
    second = sign_release("tests", by=None, at=NOON)

    assert second.number == 2
    assert first.versions.count() == 8
    assert second.versions.count() == 9


def test_an_empty_bank_is_not_released():
    with pytest.raises(EmptyRelease):
        sign_release("starter", by=None, at=NOON)


def test_a_release_keeps_to_one_edition():
    make_version(code="one")
    make_version(code="two", edition="gx-2027")

    with pytest.raises(MixedEditions):
        sign_release("starter", by=None, at=NOON)

    assert not Release.objects.exists()


def test_a_release_holds_one_version_per_item():
    release = make_release()
    entry = release.entries.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        release.entries.create(item=entry.item, version=entry.version)


def test_the_starter_paper_is_thirty_questions_and_a_hundred_points():
    blueprint = starter_blueprint()

    assert (blueprint.question_count, blueprint.max_score) == (30, 100)
    assert starter_blueprint() == blueprint
    assert Blueprint.objects.count() == 1


@pytest.mark.parametrize(
    "cells",
    [
        [],
        {},
        [{}],
        [{"subject": "policy", "kind": "single", "count": 0, "points": 1}],
        [{"subject": "policy", "kind": "single", "count": 1, "points": 0}],
        [{"subject": "policy", "kind": "single", "count": "1", "points": 1}],
        [{"subject": "policy", "kind": "single", "count": True, "points": 1}],
        [{"subject": "cooking", "kind": "single", "count": 1, "points": 1}],
        [{"subject": "policy", "kind": "essay", "count": 1, "points": 1}],
        [{"subject": "policy", "kind": "single", "count": 201, "points": 1}],
        [{"subject": "policy", "kind": "single", "count": 1, "points": 1, "easiest": 4,
          "hardest": 3}],
        [{"subject": "policy", "kind": "single", "count": 1, "points": 1, "x": 1}],
    ],
)  # fmt: skip
def test_a_blueprint_that_is_not_well_formed_is_refused(cells):
    with pytest.raises(ValidationError):
        Blueprint(code="bad", title="坏的", cells=cells).full_clean()


def test_the_command_loads_the_real_bank_and_is_safe_to_repeat(capsys):
    call_command("load_questions")
    call_command("load_questions")

    assert Item.objects.count() >= 120
    release = Release.objects.get()
    assert release.versions.count() == Item.objects.count()
    assert "0 questions made, 0 revised" in capsys.readouterr().out.splitlines()[-1]


def test_the_starter_paper_can_be_drawn_from_the_real_bank():
    call_command("load_questions", verbosity=0)
    from_bank = Release.objects.get()

    papers = [
        draw_paper(starter_blueprint(), from_bank, seed=str(seed)) for seed in range(20)
    ]

    assert {len(paper) for paper in papers} == {30}
    sets = [{row["version"] for row in paper} for paper in papers]
    assert max(len(a & b) for a in sets for b in sets if a is not b) < 20
