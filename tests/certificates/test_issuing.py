import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone

from certificates.domain.designing import room_of
from certificates.domain.issuing import issue_certificate, issue_earned, office_name
from certificates.domain.selecting import select_person
from certificates.errors import NoIssuingOffice, NotEarned
from certificates.models import Appeal, Certificate, NumberSeries
from certificates.numbering import is_sound
from core.models import LogEntry
from courses.domain.progressing import complete_lesson
from divisions.enums import Level
from divisions.models import Division
from exams.models import Attempt, Sitting
from exams.signals import attempt_passed
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    SelectionFactory,
    noon,
    prepared,
    train,
)
from tests.factories.courses import LessonFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.exams import AttemptFactory

TODAY = date(2026, 3, 2)


def attempt_at(division, **kwargs):
    return MarkedAttemptFactory(candidate=prepared(division), **kwargs)


def test_issue_certificate_copies_what_it_says(napo):
    holder = prepared(napo.village, real_name="黄美兰")
    holder.id_number = "451026199001011234"
    holder.save()
    attempt = MarkedAttemptFactory(candidate=holder)

    certificate = issue_certificate(attempt, by=None, on=TODAY)
    holder.real_name, holder.home_division = "韦美兰", napo.county
    holder.save()
    certificate.refresh_from_db()

    assert certificate.holder_name == "黄美兰"
    assert certificate.masked_id_number == "451026********1234"
    assert certificate.post_level == Level.VILLAGE
    assert certificate.exam_name == "2026年第一期扶贫信息员上岗考试"
    assert certificate.edition_code == "gx-2017"
    assert certificate.office_name == "那坡县扶贫开发领导小组办公室"
    assert certificate.division_code == napo.village.code
    assert (certificate.issued_on, certificate.expires_on) == (
        date(2026, 3, 2),
        date(2029, 3, 2),
    )


def test_numbers_of_an_office_follow_each_other(napo):
    numbers = [
        issue_certificate(attempt_at(napo.village), by=None, on=TODAY).number
        for _each in range(3)
    ]

    assert [number[:-1] for number in numbers] == [
        "451026202600001",
        "451026202600002",
        "451026202600003",
    ]
    assert all(is_sound(number) for number in numbers)


@pytest.mark.parametrize(
    ("home", "body"),
    [
        ("county", "451026202600001"),
        ("city", "451000202600001"),
        ("other_county", "451027202600001"),
    ],
)
def test_every_office_counts_for_itself(napo, home, body):
    last_year = date(2025, 3, 2)
    issue_certificate(attempt_at(napo.village, on=last_year), by=None, on=last_year)

    certificate = issue_certificate(attempt_at(getattr(napo, home)), by=None, on=TODAY)

    assert certificate.number[:-1] == body


def test_the_longest_name_of_a_district_has_room_on_its_certificates():
    longest = Division(level=Level.COUNTY, name="区")
    longest.full_name = "区" * Division._meta.get_field("full_name").max_length

    assert len(office_name(longest)) == room_of(Certificate, "office_name")
    assert len(office_name(longest)) == room_of(Appeal, "answering_office")


def test_a_district_office_is_named_with_its_city(region):
    DivisionFactory(code="4501", name="南宁市")
    district = DivisionFactory(code="450102", name="兴宁区", full_name="南宁市兴宁区")

    certificate = issue_certificate(attempt_at(district), by=None, on=TODAY)

    assert certificate.office_name == "南宁市兴宁区扶贫开发领导小组办公室"


def test_issue_certificate_twice_returns_the_first(napo, trainer):
    attempt = attempt_at(napo.village)

    first = issue_certificate(attempt, by=trainer, on=TODAY)
    second = issue_certificate(attempt, by=trainer, on=date(2026, 4, 1))

    assert second == first
    assert LogEntry.objects.filter(action="certificate.issued").count() == 1
    assert NumberSeries.objects.get().last == 1


@pytest.mark.parametrize("state", ["failed", "unfinished"])
def test_an_attempt_that_did_not_pass_earns_nothing(napo, state):
    attempt = attempt_at(napo.village, **{state: True})

    with pytest.raises(NotEarned) as refusal:
        issue_certificate(attempt, by=None, on=TODAY)

    assert refusal.value.code == "not-earned"
    assert [each.code for each in refusal.value.missing] == ["not-passed"]
    assert not Certificate.objects.exists()
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(
    ("chosen_on", "trained_on", "missing"),
    [
        (None, TODAY, ["not-chosen"]),
        (TODAY, None, ["not-trained"]),
        (None, None, ["not-chosen", "not-trained"]),
        (TODAY, date(2026, 3, 1), ["trained-before-chosen"]),
        (TODAY, date(2026, 3, 3), ["not-trained"]),
        (date(2026, 3, 3), date(2026, 3, 3), ["not-chosen", "not-trained"]),
    ],
)
def test_whoever_lacks_one_of_the_three_is_told_which(
    napo, chosen_on, trained_on, missing
):
    person = UserFactory(at=napo.village)
    attempt = MarkedAttemptFactory(candidate=person)
    if chosen_on:
        SelectionFactory(person=person, at=napo.county, chosen_on=chosen_on)
    if trained_on:
        train(person, on=trained_on)

    with pytest.raises(NotEarned) as refusal:
        issue_certificate(attempt, by=None, on=TODAY)

    assert [each.code for each in refusal.value.missing] == missing
    assert not Certificate.objects.exists()


def test_the_choice_of_an_office_elsewhere_does_not_count(napo):
    person = train(UserFactory(at=napo.village))
    SelectionFactory(person=person, at=napo.other_county)

    with pytest.raises(NotEarned) as refusal:
        issue_certificate(MarkedAttemptFactory(candidate=person), by=None, on=TODAY)

    assert [each.code for each in refusal.value.missing] == ["not-chosen"]


def test_the_three_are_kept_with_their_days_and_the_office(napo, county_officer):
    person = UserFactory(at=napo.village)
    made = SelectionFactory(
        person=person,
        at=napo.county,
        chosen_by=county_officer,
        chosen_on=date(2026, 1, 5),
    )
    train(person, on=date(2026, 2, 1))

    certificate = issue_certificate(
        MarkedAttemptFactory(candidate=person), by=None, on=TODAY
    )

    assert (certificate.selection, certificate.chosen_by_name) == (
        made,
        county_officer.real_name,
    )
    assert (
        certificate.chosen_on,
        certificate.trained_on,
        certificate.passed_on,
    ) == (date(2026, 1, 5), date(2026, 2, 1), TODAY)


def test_a_second_pass_brings_no_second_certificate(napo):
    attempt = attempt_at(napo.village)
    held = issue_certificate(attempt, by=None, on=TODAY)
    again = MarkedAttemptFactory(candidate=attempt.candidate, on=date(2026, 6, 1))

    with pytest.raises(NotEarned) as refusal:
        issue_certificate(again, by=None, on=date(2026, 6, 1))

    assert [each.code for each in refusal.value.missing] == ["already-certified"]
    assert issue_earned(by=None) == []
    assert Certificate.objects.get() == held


def test_a_pass_close_to_the_end_brings_the_next_certificate(napo):
    attempt = attempt_at(napo.village)
    issue_certificate(attempt, by=None, on=TODAY)
    later = date(2029, 1, 5)
    again = MarkedAttemptFactory(candidate=attempt.candidate, on=later)

    renewed = issue_certificate(again, by=None, on=later)

    assert renewed.number[:-1] == "451026202900001"


def test_without_a_home_there_is_no_issuing_office(db):
    attempt = MarkedAttemptFactory(candidate=UserFactory())

    with pytest.raises(NoIssuingOffice) as refusal:
        issue_certificate(attempt, by=None, on=TODAY)

    assert refusal.value.code == "no-issuing-office"
    assert not Certificate.objects.exists()


def test_a_number_that_is_rolled_back_is_given_again(napo):
    lost, kept = attempt_at(napo.village), attempt_at(napo.village)

    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        issue_certificate(lost, by=None, on=TODAY)
        raise RuntimeError
    certificate = issue_certificate(kept, by=None, on=TODAY)

    assert certificate.number[:-1] == "451026202600001"


def test_passing_the_exam_last_issues_and_prints_the_certificate(
    napo, django_capture_on_commit_callbacks
):
    person = prepared(napo.village)
    with django_capture_on_commit_callbacks(execute=True):
        attempt = AttemptFactory(candidate=person, right=True)

    certificate = Certificate.objects.get()
    assert certificate.attempt == attempt
    assert certificate.issued_on == date(2026, 3, 2)
    assert certificate.paper.sha256


def test_completing_the_path_last_issues_the_certificate(
    napo, django_capture_on_commit_callbacks
):
    person, lesson = UserFactory(at=napo.village), LessonFactory()
    SelectionFactory(person=person, at=napo.county)
    MarkedAttemptFactory(candidate=person)
    with django_capture_on_commit_callbacks(execute=True):
        complete_lesson(lesson, by=person, at=noon(date(2026, 3, 9)))

    assert Certificate.objects.get().issued_on == date(2026, 3, 9)


def test_being_chosen_last_by_an_older_document_issues_the_certificate(
    napo, county_officer, django_capture_on_commit_callbacks
):
    person = train(UserFactory(at=napo.village))
    MarkedAttemptFactory(candidate=person)
    with django_capture_on_commit_callbacks(execute=True):
        select_person(
            person,
            division=napo.county,
            by=county_officer,
            on=date(2016, 5, 30),
            basis="那扶领办〔2016〕3号",
        )

    certificate = Certificate.objects.get()
    assert certificate.chosen_on == date(2016, 5, 30)
    assert certificate.issued_on == timezone.localdate()


def test_a_certificate_is_dated_no_earlier_than_its_result_was_out(napo):
    attempt, out = attempt_at(napo.village), date(2026, 3, 20)
    held_back = {"results_shown": "by-office", "results_out_at": noon(out)}
    Sitting.objects.filter(pk=attempt.sitting_id).update(**held_back)

    with pytest.raises(NotEarned):
        issue_certificate(attempt, by=None, on=date(2026, 3, 19))
    attempt_passed.send(Attempt, attempt=Attempt.objects.get(pk=attempt.pk))

    certificate = Certificate.objects.get()
    assert (certificate.passed_on, certificate.issued_on) == (TODAY, out)


def test_an_exam_before_choice_and_training_counts_from_the_last_of_the_three(napo):
    person = UserFactory(at=napo.village)
    MarkedAttemptFactory(candidate=person, on=date(2026, 1, 10))
    SelectionFactory(person=person, at=napo.county, chosen_on=date(2026, 3, 5))
    train(person, on=date(2026, 3, 10))

    (made,) = issue_earned(by=None)

    days = (made.passed_on, made.chosen_on, made.trained_on, made.issued_on)
    assert days == (
        date(2026, 1, 10),
        date(2026, 3, 5),
        date(2026, 3, 10),
        date(2026, 3, 10),
    )


def test_failing_the_exam_issues_nothing(napo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        AttemptFactory(right=False)

    assert not Certificate.objects.exists()


def test_passing_before_the_rest_leaves_the_result_alone(napo, caplog):
    attempt = MarkedAttemptFactory(candidate=UserFactory(at=napo.village))

    attempt_passed.send(type(attempt), attempt=attempt)

    assert not Certificate.objects.exists()
    assert caplog.text == ""


def test_passing_without_a_home_leaves_the_result_alone(db, caplog):
    attempt = MarkedAttemptFactory(candidate=UserFactory())

    attempt_passed.send(type(attempt), attempt=attempt)

    assert not Certificate.objects.exists()
    assert "no-issuing-office" in caplog.text


def test_issue_earned_makes_up_for_what_no_signal_brought(napo):
    done = CertificateFactory(at=napo.village).attempt
    missed = attempt_at(napo.village)
    MarkedAttemptFactory(candidate=UserFactory())  # waits for a home
    MarkedAttemptFactory(candidate=UserFactory(at=napo.village))  # and for the rest
    attempt_at(napo.village, failed=True)

    issued = issue_earned(by=None)

    assert [certificate.attempt for certificate in issued] == [missed]
    assert issue_earned(by=None) == []
    assert done.certificates.get().number not in {c.number for c in issued}


def test_issue_earned_asks_no_more_for_many_who_lack_something(
    napo, django_assert_num_queries
):
    for _each in range(3):
        MarkedAttemptFactory(candidate=train(UserFactory(at=napo.village)))

    with django_assert_num_queries(8):
        assert issue_earned(by=None) == []


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_numbers_have_neither_gaps_nor_twins_under_threads(napo):
    attempts = [attempt_at(napo.village) for _each in range(12)]
    gate = threading.Barrier(4)

    def issue(own):
        try:
            gate.wait()
            for attempt in own:
                issue_certificate(attempt, by=None, on=TODAY)
        finally:
            connection.close()

    # Two threads share every attempt, so "issued once" is tried as well.
    threads = [
        threading.Thread(target=issue, args=(attempts[part % 2 :: 2],))
        for part in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    serials = sorted(
        int(number[10:-1])
        for number in Certificate.objects.values_list("number", flat=True)
    )
    assert serials == list(range(1, 13))
