import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.domain.answering import Answer
from exams.domain.late.sealing import (
    FORMAT,
    LARGEST,
    Given,
    open_file,
    room_key,
    seal,
)
from exams.errors import BadSeal, NotAnAnswersFile

UUID_ = UUID("8d0c3a52-5b55-4d1c-9b8e-0a7b6f0f4c11")
OTHER = UUID("8d0c3a52-5b55-4d1c-9b8e-0a7b6f0f4c12")
ROWS = [{"no": 2, "value": [3], "epoch": 1, "seq": 1, "left": 95.4}]


def file_of(rows=ROWS, uuid=UUID_, key=None, **changes) -> bytes:
    log = json.dumps(rows, ensure_ascii=False)
    key = key or room_key(uuid)
    told = {"format": FORMAT, "attempt": str(uuid), "log": log}
    told["seal"] = seal(uuid, log, key)
    return json.dumps(told | changes).encode()


def test_a_whole_file_is_read():
    file = open_file(file_of())

    assert file.attempt == UUID_
    assert file.given == [Given(Answer(2, [3], 1, 1), left=95)]


@pytest.mark.parametrize("left", [None, "12", True, 1e12, -1e12])
def test_a_device_that_counts_nonsense_has_told_nothing(left):
    (given,) = open_file(file_of([ROWS[0] | {"left": left}])).given

    assert given.left is None


@pytest.mark.parametrize(
    "changes",
    [
        {"log": json.dumps([ROWS[0] | {"value": [0]}])},
        {"attempt": str(OTHER)},
        {"seal": "0" * 64},
        {"seal": ""},
        {"seal": "é"},
    ],
)
def test_a_file_that_was_changed_is_refused(changes):
    with pytest.raises(BadSeal) as refusal:
        open_file(file_of(**changes))

    assert refusal.value.code == "bad-seal"


def test_a_key_seals_the_files_of_its_own_attempt_only():
    with pytest.raises(BadSeal):
        open_file(file_of(key=room_key(OTHER)))


def test_a_file_sealed_before_the_sites_secret_changed_is_whole(settings):
    sealed = file_of()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the-new-one-0123456789012345678901234567890"

    assert open_file(sealed).attempt == UUID_


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"1",
        b"[" * 100_000,
        file_of(seal=7),
        file_of(log=7),
        file_of(log="\ud83d"),
        file_of(seal="\ud83d"),
        file_of(attempt="x"),
        file_of(attempt=7),
        file_of(format="exam-answers-2"),
        file_of({}),
        file_of([1]),
        file_of([{"no": 1}]),
        file_of([ROWS[0] | {"no": "1"}]),
        file_of([ROWS[0] | {"seq": True}]),
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_file_of_answers_is_refused(content):
    with pytest.raises(NotAnAnswersFile) as refusal:
        open_file(content)

    assert refusal.value.code == "not-an-answers-file"


@given(st.binary(max_size=300))
def test_no_content_makes_the_reader_stumble(content):
    with pytest.raises((NotAnAnswersFile, BadSeal)):
        open_file(content)
