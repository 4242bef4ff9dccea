"""The last resort: a file in which a phone hands its answers to an office.

The file is sealed with a key that the room gave the phone when it was opened. The
seal tells an office that the file comes whole from that candidate's room; a candidate
could write into their own file what they like, which is why an office decides.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from exams.domain.standing import Answer
from exams.errors import BadSeal, NotAnAnswersFile

FORMAT = "exam-answers-1"
LARGEST = 2_000_000
MOST_ANSWERS = 20_000
LONGEST_LEFT = 7 * 24 * 3600


@dataclass(frozen=True)
class Given:
    """A late message: the answer, and the seconds its device still counted."""

    answer: Answer
    left: int | None


@dataclass(frozen=True)
class AnswersFile:
    attempt: UUID
    given: list[Given]


def room_key(uuid: UUID, *, secret: str | None = None) -> str:
    """The key that one attempt's phone seals its file with."""
    salt = "exams.answers-file"
    made = salted_hmac(salt, str(uuid), secret=secret, algorithm="sha256")
    return made.hexdigest()


def seal(uuid: UUID, log: str, key: str) -> str:
    """What the phone computes as well: over the format, the attempt and the log."""
    sealed = f"{FORMAT}\n{uuid}\n{log}".encode()
    return hmac.new(key.encode(), sealed, hashlib.sha256).hexdigest()


def open_file(content: bytes) -> AnswersFile:
    """Read a file that is whole, or raise ``NotAnAnswersFile`` or ``BadSeal``."""
    if len(content) > LARGEST:
        raise NotAnAnswersFile
    try:
        told = json.loads(content)
        uuid, log, found = UUID(told["attempt"]), told["log"], told["seal"]
        is_ours = told["format"] == FORMAT
        # Neither is text to be sealed if it cannot be written down.
        log.encode(), found.encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotAnAnswersFile from error
    if not is_ours:
        raise NotAnAnswersFile
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    seals = [seal(uuid, log, room_key(uuid, secret=secret)) for secret in secrets]
    if not any(constant_time_compare(found, each) for each in seals):
        raise BadSeal
    return AnswersFile(uuid, given_in(log))


def given_in(log: str) -> list[Given]:
    try:
        given = read_given(json.loads(log))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotAnAnswersFile from error
    if len(given) > MOST_ANSWERS:
        raise NotAnAnswersFile
    return given


def read_given(rows: object) -> list[Given]:
    """Late messages as the phone writes them, over the network and into the file."""
    if not isinstance(rows, list):
        raise TypeError
    numbers = ("no", "epoch", "seq")
    if any(type(row[name]) is not int for row in rows for name in numbers):
        raise TypeError
    return [
        Given(
            Answer(row["no"], row["value"], row["epoch"], row["seq"]),
            left_in(row.get("left")),
        )
        for row in rows
    ]


def left_in(told: object) -> int | None:
    """A device that counts nonsense has told nothing."""
    if not isinstance(told, int | float) or isinstance(told, bool):
        return None
    return int(told) if abs(told) <= LONGEST_LEFT else None
