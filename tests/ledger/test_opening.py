from datetime import date

import pytest

from core.models import LogEntry
from ledger.domain.opening import enrol, open_case
from ledger.domain.reading import status_of
from ledger.errors import StepRefused
from ledger.models import Case, Entry
from tests.factories.ledger import IDENTIFIED_ON, make_subject, open_exit, walk


def test_enrol_gives_the_status_that_the_events_lead_to(napo):
    subject = make_subject(
        napo.village,
        events=[("identified", IDENTIFIED_ON), ("exited", date(2016, 12, 1))],
    )

    standing = status_of("household", subject.pk)

    assert (standing.status, standing.on) == ("exited", date(2016, 12, 1))


def test_enrol_without_events_makes_an_applicant(napo):
    subject = make_subject(napo.village, events=())

    assert status_of("household", subject.pk).status == "applicant"


def test_enrol_twice_returns_the_first(napo):
    subject = make_subject(napo.village)
    first = Case.objects.get()

    second = enrol(subject, [("removed", date(2017, 1, 1))], by=None, on=IDENTIFIED_ON)

    assert second == first
    assert Entry.objects.count() == 1


def test_open_case_names_the_first_step_and_its_level(napo, informant):
    case = open_exit(make_subject(napo.village), by=informant)

    assert (case.next_step, case.next_level) == ("verify_household", "township")
    assert (case.edition, case.state) == ("gx-2017", "open")
    assert LogEntry.objects.filter(action="case.opened", by=informant).count() == 1


def test_open_case_twice_returns_the_first_with_the_facts_of_the_second(napo):
    subject = make_subject(napo.village)
    first = open_exit(subject, standard_met=False)

    second = open_exit(subject, standard_met=True)

    assert second == first
    assert second.facts == {"standard_met": True}
    assert Case.objects.by_procedure().count() == 1


def test_open_case_leaves_the_facts_alone_once_a_step_is_taken(napo, people):
    subject = make_subject(napo.village)
    walk(open_exit(subject), people, steps=1)

    again = open_exit(subject, standard_met=False)

    assert again.facts == {"standard_met": True}


def test_open_case_refuses_a_status_that_the_procedure_does_not_start_from(napo):
    subject = make_subject(napo.village, events=())

    with pytest.raises(StepRefused) as refusal:
        open_exit(subject)

    assert refusal.value.code == "wrong-status"
    assert "申请户" in str(refusal.value)
    assert not Case.objects.by_procedure().exists()


def test_open_case_refuses_the_return_of_a_household_that_never_exited(napo):
    subject = make_subject(napo.village)

    with pytest.raises(StepRefused) as refusal:
        open_case(
            subject, "return", facts={"standard_met": False}, by=None, on=IDENTIFIED_ON
        )

    assert refusal.value.code == "not-exited-before"
    assert str(refusal.value) == "没有历年脱贫记录，不能按返贫办理"
