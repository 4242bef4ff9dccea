import threading
from datetime import date

import pytest
from django.db import connection

from certificates.domain.issuing import issue_certificates
from certificates.errors import NoIssuingOffice, NotEarned
from certificates.models import Certificate, NumberSeries
from core.models import LogEntry
from divisions.enums import Level
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    MarkedAttemptFactory,
    TemplateFactory,
    prepared,
)

TODAY = date(2026, 3, 2)
# A transaction, the people locked, what is issued already, the attempts, the choices,
# five for the training, what is held; then the office, its template, the period, three
# for the numbers, the certificates, the log; and the transaction's end.
QUERIES = 20


def passed(division, **kwargs):
    return MarkedAttemptFactory(candidate=prepared(division), **kwargs)


def issue(attempts, **kwargs):
    return issue_certificates(attempts, by=None, on=TODAY, **kwargs)


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_no_more_statements_than_one(napo, django_assert_num_queries, count):
    attempts = [passed(napo.village) for _each in range(count)]
    issue([passed(napo.village)])  # content types are asked for once a process

    with django_assert_num_queries(QUERIES):
        issued = issue(attempts)

    assert set(issued) == {attempt.pk for attempt in attempts}


def test_each_office_counts_on_in_the_order_of_the_attempts(napo):
    homes = [napo.village, napo.other_county, napo.village, napo.city]
    attempts = [passed(home) for home in homes]

    issued = issue(attempts)

    assert [issued[attempt.pk].number[:-1] for attempt in attempts] == [
        "451026202600001",
        "451027202600001",
        "451026202600002",
        "451000202600001",
    ]
    assert [issued[attempt.pk].office_code for attempt in attempts] == [
        "451026",
        "451027",
        "451026",
        "451000",
    ]


def test_who_lacks_something_is_told_and_stops_nobody(napo):
    earned = passed(napo.village)
    unchosen = MarkedAttemptFactory(candidate=UserFactory(at=napo.village))
    homeless = MarkedAttemptFactory(candidate=UserFactory())

    outcomes = issue([unchosen, earned, homeless])

    assert outcomes[earned.pk] == Certificate.objects.get()
    assert isinstance(outcomes[homeless.pk], NoIssuingOffice)
    assert isinstance(outcomes[unchosen.pk], NotEarned)
    assert [each.code for each in outcomes[unchosen.pk].missing] == [
        "not-chosen",
        "not-trained",
    ]
    assert NumberSeries.objects.get().last == 1
    log = LogEntry.objects.get(action="certificate.issued")
    assert log.detail == {"holder": earned.candidate_id}


def test_together_again_they_are_the_same(napo):
    attempts = [passed(napo.village) for _each in range(2)]
    first = issue(attempts[:1])

    again = issue(attempts)

    assert again[attempts[0].pk] == first[attempts[0].pk]
    assert issue(attempts) == again
    assert NumberSeries.objects.get().last == 2


def test_of_two_passes_of_one_person_the_first_brings_the_certificate(napo):
    first = passed(napo.village)
    second = MarkedAttemptFactory(candidate=first.candidate)

    outcomes = issue([first, second])

    assert outcomes[first.pk] == Certificate.objects.get()
    assert [each.code for each in outcomes[second.pk].missing] == ["already-certified"]


def test_each_has_the_template_of_its_level(napo):
    TemplateFactory(at=napo.county, post_level=Level.COUNTY)
    at_county, at_village = passed(napo.county), passed(napo.village)

    issued = issue([at_county, at_village])

    assert issued[at_county.pk].template_version.template.post_level == Level.COUNTY
    assert issued[at_village.pk].template_version is None


@pytest.mark.parametrize("is_printed", [True, False])
def test_nobody_prints_what_the_caller_prints(
    napo, django_capture_on_commit_callbacks, is_printed
):
    attempt = passed(napo.village)

    with django_capture_on_commit_callbacks(execute=True):
        issued = issue([attempt], is_printed=is_printed)

    assert hasattr(issued[attempt.pk], "paper") is not is_printed


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_two_who_issue_the_same_in_other_orders_neither_wait_for_ever_nor_twice(napo):
    homes = (napo.village, napo.other_county, napo.city)
    attempts = [passed(home) for home in homes for _each in range(4)]
    gate = threading.Barrier(2)
    found = []

    def work(own):
        try:
            gate.wait()
            found.append(issue(own))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=work, args=(own,)) for own in (attempts, attempts[::-1])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 2
    assert found[0] == found[1]
    assert Certificate.objects.count() == 12
    assert set(NumberSeries.objects.values_list("last", flat=True)) == {4}
