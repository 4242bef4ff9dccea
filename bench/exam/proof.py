"""Whether every answer that was acknowledged is in the database, as it was given.

python -m bench.exam.proof SITTING <acknowledged.json
"""

import json
import sys
from collections import defaultdict

from ..part import open_site

open_site()

# Models can be imported only once the site is open.
from exams.domain.answering import replay_answers  # noqa: E402
from exams.models import AnswerEvent, AnswerNow, Attempt  # noqa: E402

from ..examined import SEED  # noqa: E402


def proof(sitting: int, acknowledged: dict[str, list]) -> dict[str, int]:
    """``lost`` and ``differing`` must be nothing: an acknowledged answer that is not
    in the log, an attempt whose log and standing answers differ."""
    found = Attempt.objects.filter(sitting=sitting).exclude(seed__startswith=SEED)
    attempts = {str(attempt.uuid): attempt for attempt in found}
    kept = defaultdict(dict)
    events = AnswerEvent.objects.filter(attempt__in=found)
    for uuid, epoch, seq, no, value in events.values_list(
        "attempt__uuid", "epoch", "seq", "item_no", "value"
    ):
        kept[str(uuid)][epoch, seq] = no, value
    lost = count = 0
    for uuid, answers in acknowledged.items():
        for epoch, seq, no, value in answers:
            count += 1
            lost += kept[uuid].get((epoch, seq)) != (no, value)
    return {
        "acknowledged": count,
        "lost": lost,
        "differing": sum(map(differs, attempts.values())),
        "open": sum(attempt.is_open for attempt in attempts.values()),
        "attempts": len(attempts),
    }


def differs(attempt: Attempt) -> bool:
    standing = AnswerNow.objects.filter(attempt=attempt)
    return replay_answers(attempt) != dict(standing.values_list("item_no", "value"))


if __name__ == "__main__":
    json.dump(proof(int(sys.argv[1]), json.load(sys.stdin)), sys.stdout)
