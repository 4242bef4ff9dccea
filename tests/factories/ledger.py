"""Subjects of cases, and cases about them."""

import itertools
from datetime import date

from ledger.domain.noticing import publish_notice
from ledger.domain.opening import enrol, open_case
from ledger.domain.stepping import take_step
from ledger.subjects import Subject

IDENTIFIED_ON = date(2015, 12, 20)
OPENED_ON = date(2017, 11, 1)
keys = itertools.count(1)

# A whole exit of a household in the village 451026100201, as four people take it.
EXIT = [
    ("verify_household", "township"),
    ("appraise_in_village", "village"),
    ("review_in_township", "township"),
    ("decide_in_county", "county"),
    ("file", "city"),
    ("file", "region"),
]
NOTICE_SINCE, NOTICE_UNTIL = date(2017, 11, 3), date(2017, 11, 9)
EXIT_DAYS = [
    date(2017, 11, 1),
    date(2017, 11, 2),
    date(2017, 11, 10),
    date(2017, 11, 10),
    date(2017, 11, 13),
    date(2017, 11, 20),
]


def make_subject(
    division, *, events=(("identified", IDENTIFIED_ON),), kind="household"
):
    """A subject that the ledger knows; ``events=()`` makes an applicant."""
    pk = next(keys)
    subject = Subject(kind=kind, pk=pk, title=f"演示户{pk}", division=division)
    enrol(subject, events, by=None, on=IDENTIFIED_ON)
    return subject


def open_exit(subject, *, by=None, on=OPENED_ON, standard_met=True):
    facts = {"standard_met": standard_met}
    return open_case(subject, "exit", facts=facts, by=by, on=on)


def walk(case, people, *, steps=6):
    """Take the first ``steps`` steps of an exit; ``people`` by level."""
    entries = []
    for (step, level), on in list(zip(EXIT, EXIT_DAYS, strict=True))[:steps]:
        if step == "review_in_township":
            give_notice(case, by=people[level])
        entries.append(take_step(case, step, outcome="passed", by=people[level], on=on))
    return entries


def give_notice(case, *, by, since=NOTICE_SINCE, until=NOTICE_UNTIL, **more):
    """The township's notice of an exit, seven days from the day of its review."""
    given = {"on": since, "since": since, "until": until, **more}
    return publish_notice(case, "review_in_township", by=by, **given)
