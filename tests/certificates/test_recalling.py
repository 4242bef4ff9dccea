"""A refusal that met a worker is put in words by whoever reads it."""

import json
from collections import Counter
from datetime import date

import pytest
from django.utils.translation import override

from certificates import errors
from certificates.domain.recalling import kept, kinds, refusals_in, words_of
from certificates.errors import (
    GlyphMissing,
    NotChosen,
    NotEarned,
    StillSuspended,
    TrainedBeforeChosen,
)
from certificates.trust import errors as errors_of_trust
from certificates.trust.errors import AuthorityMissing, TimestampMissing

DAY, EARLIER = date(2026, 3, 2), date(2026, 2, 1)


def said(refusal, *, by_worker, to_reader):
    """Made and kept in one language, read in another."""
    with override(by_worker):
        stored = json.dumps(kept(refusal()))
    with override(to_reader):
        return words_of(json.loads(stored)), str(refusal())


@pytest.mark.parametrize("by_worker", ["en", "zh-hans"])
@pytest.mark.parametrize("to_reader", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "refusal",
    [
        TimestampMissing,
        lambda: GlyphMissing(characters="某（U+3105A）"),
        lambda: StillSuspended(number="451026 2026 00001 B"),
        lambda: NotEarned(
            person="黄美兰",
            missing=(NotChosen(), TrainedBeforeChosen(trained=EARLIER, chosen=DAY)),
        ),
    ],
)
def test_it_is_read_in_the_readers_language(by_worker, to_reader, refusal):
    read, expected = said(refusal, by_worker=by_worker, to_reader=to_reader)

    assert read == expected


def test_what_is_for_the_log_alone_is_not_kept():
    refusal = AuthorityMissing(reason="/etc/keys/signing.p12 cannot be read")

    assert kept(refusal) == {"code": "authority-missing", "values": {}}


def test_no_two_refusals_share_a_code():
    found = [*refusals_in(errors), *refusals_in(errors_of_trust)]

    assert max(Counter(kind.code for kind in set(found)).values()) == 1
    assert set(kinds().values()) == set(found)


def test_what_was_kept_in_words_stays_as_it_was_said():
    assert words_of({"code": "glyph-missing", "words": "缺字"}) == "缺字"


def test_of_what_the_code_knows_no_more_is_said_that_it_cannot_be_done():
    assert words_of({"code": "gone", "values": {"a": "b"}}) == "此操作无法完成。"
