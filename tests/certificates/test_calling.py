"""Whoever is called for a refresher is told what to do, until it is done."""

from datetime import date, timedelta

import pytest
from django.core import mail

from certificates.domain.calling import calls_of, decisions_within, number_late
from certificates.domain.earning import called_on
from certificates.domain.issuing import issue_certificate, issue_earned
from certificates.domain.refreshing import change_refresher
from certificates.domain.relearning import relearnings_of
from certificates.domain.reminding import (
    mail_reminders,
    reminders_for,
    see_reminders,
)
from certificates.enums import Refreshing
from certificates.errors import NotEarned
from certificates.models import Certificate, Reminder
from courses.domain.progressing import open_lesson
from tests.certificates.refreshers import (
    AUGUST,
    ISSUED,
    JULY,
    JUNE,
    NEW_MATTER,
    NOW,
    OF_THE_VILLAGE,
    VILLAGE,
    change,
    decide,
    examined_on,
)
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    noon,
    prepared,
    train,
)
from tests.factories.courses import LessonFactory


@pytest.fixture
def certificate(informant):
    return CertificateFactory(holder=informant, issued_on=ISSUED)


def test_whoever_is_called_is_told_by_mail_and_finds_it_until_it_is_done(
    certificate, informant, county_officer
):
    informant.email = "a@example.org"
    informant.save()
    decide([certificate], county_officer)

    assert mail_reminders(at=NOW) == 1
    assert mail_reminders(at=NOW) == 0
    see_reminders(informant, at=NOW)

    (message,) = mail.outbox
    assert "2026年7月1日" in message.body
    assert "新版办法" in message.body
    (call,) = calls_of(informant, on=JULY)
    assert not call.is_late
    assert calls_of(informant, on=AUGUST)[0].is_late


def test_whoever_is_called_no_more_is_told_that(certificate, informant, county_officer):
    decide([certificate], county_officer)
    change(certificate, county_officer, needed=False, reason="已现场培训")

    assert calls_of(informant, on=JUNE) == []
    (reminder,) = reminders_for(informant, on=JUNE)
    assert "已现场培训" in reminder.words


def test_a_call_that_was_replaced_is_mailed_no_more(
    certificate, informant, county_officer
):
    informant.email = "a@example.org"
    informant.save()
    decide([certificate], county_officer)
    change(certificate, county_officer, needed=True, due_on=AUGUST)

    mail_reminders(at=NOW)

    (message,) = mail.outbox
    assert "2026年8月1日" in message.body


def test_nobody_is_told_that_nothing_is_needed_of_them(certificate, county_officer):
    decide([certificate], county_officer, needed=False)

    assert not Reminder.objects.exists()


def test_the_call_names_the_clauses_and_the_lessons_opened_since(
    client, napo, informant, county_officer
):
    certificate = examined_on(VILLAGE, holder=informant)
    lesson = LessonFactory(title="产业这一课", clauses="4.2-industry")
    decide([certificate], county_officer)
    (before,) = calls_of(informant, on=JUNE)
    client.force_login(informant)
    client.get(lesson.url)
    (after,) = calls_of(informant, on=JUNE)

    assert before.lessons == [(lesson, False)]
    assert after.lessons == [(lesson, True)]
    assert [each.code for each in after.clauses] == [*OF_THE_VILLAGE, *NEW_MATTER]


def test_a_lesson_of_the_call_leads_to_the_next_and_the_last_to_the_exams(
    client, informant, county_officer
):
    certificate = examined_on(VILLAGE, holder=informant)
    first, second = (
        LessonFactory(title=title, clauses="4.2-industry")
        for title in ("产业这一课", "产业又一课")
    )
    LessonFactory(title="别的课")
    train(informant)
    decide([certificate], county_officer)
    client.force_login(informant)

    ends = [client.get(lesson.url).content.decode() for lesson in (first, second)]

    assert "还有 1 课要重新学习" in ends[0]
    assert f'href="{second.url}"' in ends[0].partition('class="what-next"')[2]
    assert "返回考试" in ends[1]


def test_a_renewal_answers_the_call(napo, county_officer):
    attempt = MarkedAttemptFactory(candidate=prepared(napo.village))
    first = issue_certificate(attempt, by=None, on=ISSUED)
    decide([first], county_officer)
    day = JUNE + timedelta(days=9)
    again = MarkedAttemptFactory(
        candidate=attempt.candidate, on=day, edition_code="gx-2021"
    )

    second = issue_certificate(again, by=None, on=day)

    assert second != first
    assert calls_of(attempt.candidate, on=day) == []
    assert number_late(["45"], on=AUGUST) == 0
    (decision,) = decisions_within(["45"], on=AUGUST)
    assert decision.state(AUGUST) == Refreshing.DONE


@pytest.mark.parametrize("opened", [None, date(2026, 5, 20)])
def test_the_exam_alone_does_not_renew_while_a_lesson_is_unread(
    napo, county_officer, opened
):
    """Opened before the call is not opened since."""
    first = examined_on(VILLAGE, holder=prepared(napo.village))
    lesson = LessonFactory(title="产业这一课", clauses="4.2-industry")
    if opened:
        open_lesson(lesson, by=first.holder, at=noon(opened))
    decide([first], county_officer)
    train(first.holder)
    again = MarkedAttemptFactory(
        candidate=first.holder, on=JUNE, edition_code="gx-2021"
    )

    with pytest.raises(NotEarned) as refusal:
        issue_certificate(again, by=None, on=JULY)

    assert [each.code for each in refusal.value.missing] == ["not-relearned"]
    assert "《产业这一课》" in str(refusal.value)
    assert Certificate.objects.get() == first


def test_with_the_lessons_opened_the_exam_renews_from_the_last_of_both(
    napo, county_officer
):
    first = examined_on(VILLAGE, holder=prepared(napo.village))
    lesson = LessonFactory(title="产业这一课", clauses="4.2-industry")
    decide([first], county_officer)
    train(first.holder)
    MarkedAttemptFactory(candidate=first.holder, on=JUNE, edition_code="gx-2021")
    assert issue_earned(by=None) == []
    open_lesson(lesson, by=first.holder, at=noon(JULY))

    (second,) = issue_earned(by=None)

    assert second.issued_on == JULY
    assert calls_of(first.holder, on=JULY) == []


@pytest.mark.parametrize("count", [1, 3])
def test_asking_who_has_read_costs_the_same_for_many(
    napo, county_officer, django_assert_num_queries, count
):
    for _each in range(count):
        first = examined_on(VILLAGE, holder=prepared(napo.village))
        decide([first], county_officer)
    called = list(Certificate.objects.annotate(called_on=called_on()))
    LessonFactory(title="产业这一课", clauses="4.2-industry")

    # Papers, what their questions cite, lessons, visits.
    with django_assert_num_queries(4):
        found = relearnings_of(called, on=JUNE)

    assert [each.unread(JUNE) for each in found.values()] == [["产业这一课"]] * count


def test_a_call_given_back_brings_no_renewal(napo, county_officer):
    attempt = MarkedAttemptFactory(candidate=prepared(napo.village))
    first = issue_certificate(attempt, by=None, on=ISSUED)
    decide([first], county_officer)
    change(first, county_officer, needed=False)
    again = MarkedAttemptFactory(candidate=attempt.candidate, on=JULY)

    with pytest.raises(NotEarned) as refusal:
        issue_certificate(again, by=None, on=JULY)

    assert [each.code for each in refusal.value.missing] == ["already-certified"]


def test_an_exam_between_two_days_that_were_set_counts(napo, county_officer):
    attempt = MarkedAttemptFactory(candidate=prepared(napo.village))
    first = issue_certificate(attempt, by=None, on=ISSUED)
    decide([first], county_officer)
    again = MarkedAttemptFactory(candidate=attempt.candidate, on=JULY)
    change_refresher(
        first,
        by=county_officer,
        on=JULY + timedelta(days=3),
        at=NOW,
        is_needed=True,
        due_on=AUGUST,
        reason="延期",
    )

    assert issue_certificate(again, by=None, on=JULY + timedelta(days=3)) != first


def test_past_its_day_the_office_is_told_and_nothing_else_happens(
    certificate, county_officer
):
    decide([certificate], county_officer)

    assert [number_late(["4510"], on=day) for day in (JULY, AUGUST)] == [0, 1]
    assert number_late(["4511"], on=AUGUST) == 0
    assert certificate.state(AUGUST) == "valid"
