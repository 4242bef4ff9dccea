"""Another edition: which clauses concern whom, and what the office decides."""

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from certificates.domain.affecting import (
    lessons_on,
)
from certificates.domain.calling import calls_of
from certificates.domain.reissuing import reissue_certificate
from certificates.enums import Reissue
from certificates.errors import (
    DeadlineMissing,
    DecisionUnreasoned,
    NoDecision,
    NotDue,
    NotYourDecision,
)
from certificates.models import Certificate, Refresher, Reminder
from core.models import LogEntry
from measures import changes_between
from tests.certificates.refreshers import (
    AUGUST,
    HOUSEHOLD,
    ISSUED,
    JULY,
    JUNE,
    NEW_MATTER,
    OF_THE_VILLAGE,
    VILLAGE,
    change,
    codes_for,
    decide,
    due,
    examined_on,
)
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
)
from tests.factories.courses import LessonFactory
from tests.variables import variables_of


@pytest.fixture
def certificate(informant):
    return CertificateFactory(holder=informant, issued_on=ISSUED)


class TestWhoIsConcerned:
    def test_by_the_sections_their_paper_cited_and_by_new_matter(self, napo):
        of_villages = examined_on(VILLAGE, at=napo.village)
        of_households = examined_on(HOUSEHOLD, at=napo.village)

        assert codes_for(of_villages) == [*OF_THE_VILLAGE, *NEW_MATTER]
        assert codes_for(of_households) == NEW_MATTER

    def test_without_a_paper_on_record_by_everything_that_changed(self, certificate):
        assert codes_for(certificate) == [*OF_THE_VILLAGE, *NEW_MATTER]

    def test_the_edition_examined_under_counts(self, napo):
        later = examined_on(VILLAGE, edition="gx-2018", at=napo.village)
        newest = examined_on(VILLAGE, edition="gx-2021", at=napo.village)

        assert codes_for(later) == NEW_MATTER
        assert codes_for(newest) == []
        assert due() == [later]

    def test_a_change_that_is_no_new_matter_concerns_whoever_was_examined_on_it(
        self, napo
    ):
        of_villages = examined_on(VILLAGE, at=napo.village)
        examined_on(HOUSEHOLD, at=napo.village)
        in_2018 = date(2018, 6, 1)
        Certificate.objects.update(issued_on=date(2017, 6, 1), passed_on=None)

        assert due(on=in_2018) == [of_villages]

    def test_however_many_it_concerns_takes_no_variable_each(self, napo):
        ask = partial(due, clause="4.2-industry")
        first = examined_on(VILLAGE, at=napo.village)
        one = variables_of(ask)
        more = [examined_on(VILLAGE, at=napo.village) for _each in range(2)]
        examined_on(HOUSEHOLD, at=napo.village)

        many = variables_of(ask)

        assert many == one
        assert set(ask()) == {first, *more}

    def test_one_clause_can_be_asked_for(self, napo):
        of_villages = examined_on(VILLAGE, at=napo.village)
        of_households = examined_on(HOUSEHOLD, at=napo.village)

        assert due(clause="4.2-industry") == [of_villages]
        assert set(due(clause="monitor-2020")) == {of_villages, of_households}
        assert due(clause="4.1.2-power") == []

    def test_whoever_has_renewed_under_the_edition_in_force_is_left_alone(
        self, certificate, informant
    ):
        CertificateFactory(holder=informant, issued_on=JUNE, edition_code="gx-2021")

        assert due() == []

    def test_the_lessons_are_those_that_teach_the_clauses(self, napo):
        industry = LessonFactory(clauses="4.2-industry\n4.2-steps", cites=VILLAGE)
        LessonFactory(clauses="4.2-steps", cites=VILLAGE)
        unnamed = LessonFactory(cites=VILLAGE)
        LessonFactory(cites=HOUSEHOLD)

        found = lessons_on(changes_between("gx-2017", "gx-2021"))

        assert found == [industry, unnamed]


class TestDeciding:
    def test_a_decision_keeps_day_reason_and_actor_and_is_made_once(
        self, certificate, county_officer
    ):
        (decision,) = decide([certificate], county_officer, due_on=JULY)
        again = decide([certificate], county_officer, due_on=AUGUST, reason="另一理由")

        assert again == []
        kept = Refresher.objects.get()
        assert kept == decision
        assert (kept.due_on, kept.reason) == (JULY, "新版办法")
        assert (kept.decided_on, kept.decided_by) == (JUNE, county_officer)
        assert due() == []
        assert LogEntry.objects.filter(action="refresher.decided").count() == 1

    def test_many_are_decided_at_once_or_none(self, napo, county_officer):
        here = [CertificateFactory(at=napo.village, issued_on=ISSUED) for _ in "123"]
        elsewhere = CertificateFactory(at=napo.other_county, issued_on=ISSUED)

        with pytest.raises(NotYourDecision):
            decide([*here, elsewhere], county_officer)
        assert not Refresher.objects.exists()

        assert len(decide(here, county_officer)) == 3
        assert due() == [elsewhere]

    @pytest.mark.parametrize(
        ("terms", "refusal"),
        [
            ({"reason": " "}, DecisionUnreasoned),
            ({"due_on": None}, DeadlineMissing),
            ({"due_on": JUNE}, DeadlineMissing),
        ],
    )
    def test_without_a_reason_or_a_day_to_come_it_is_refused(
        self, certificate, county_officer, terms, refusal
    ):
        with pytest.raises(refusal):
            decide([certificate], county_officer, **terms)

        assert not Refresher.objects.exists()
        assert not Reminder.objects.exists()

    @pytest.mark.parametrize("who", ["informant", "township_officer", "administrator"])
    def test_only_the_offices_from_the_county_up_decide(
        self, certificate, who, request
    ):
        with pytest.raises(NotYourDecision):
            decide([certificate], request.getfixturevalue(who))

        assert not Refresher.objects.exists()

    def test_what_is_not_due_is_not_decided_about(self, napo, county_officer):
        newest = examined_on(VILLAGE, edition="gx-2021", at=napo.village)
        expired = CertificateFactory(at=napo.village, issued_on=date(2020, 3, 2))

        for each in (newest, expired):
            with pytest.raises(NotDue):
                decide([each], county_officer)

        assert not Refresher.objects.exists()

    @pytest.mark.parametrize("count", [1, 3])
    def test_deciding_costs_the_same_for_many(
        self, napo, county_officer, count, django_assert_num_queries
    ):
        certificates = [
            CertificateFactory(at=napo.village, issued_on=ISSUED) for _ in range(count)
        ]
        assert county_officer.current_grants

        # savepoint twice; locked, due, decided already; decisions, log with its type,
        # reminders
        with django_assert_num_queries(8):
            decide(certificates, county_officer)


class TestChanging:
    def test_a_later_decision_replaces_the_first_which_stays_on_record(
        self, certificate, county_officer, city_officer
    ):
        (first,) = decide([certificate], county_officer)
        second = change(certificate, city_officer, needed=False)
        again = change(certificate, city_officer, needed=False)

        assert again == second
        assert second.supersedes == first
        assert list(Refresher.objects.standing()) == [second]
        assert Refresher.objects.get(pk=first.pk).due_on == JULY

    def test_a_decision_is_written_once(self, certificate, county_officer):
        (decision,) = decide([certificate], county_officer)

        with pytest.raises(TypeError):
            Refresher.objects.get(pk=decision.pk).save()
        with pytest.raises(TypeError):
            decision.delete()

    def test_two_cannot_replace_the_same_one(self, certificate, county_officer):
        (first,) = decide([certificate], county_officer)
        change(certificate, county_officer, needed=False)

        with pytest.raises(IntegrityError), transaction.atomic():
            Refresher.objects.create(
                certificate=certificate,
                edition_code=first.edition_code,
                is_needed=False,
                reason="同时",
                decided_on=JUNE,
                decided_by=county_officer,
                supersedes=first,
            )

    def test_without_a_decision_there_is_nothing_to_change(
        self, certificate, county_officer
    ):
        with pytest.raises(NoDecision):
            change(certificate, county_officer, needed=False)

    def test_another_countys_office_changes_nothing(
        self, napo, certificate, county_officer
    ):
        decide([certificate], county_officer)
        stranger = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)

        with pytest.raises(NotYourDecision):
            change(certificate, stranger, needed=False)

        assert Refresher.objects.count() == 1

    def test_one_given_anew_keeps_what_was_decided(self, certificate, county_officer):
        decide([certificate], county_officer)
        newer = reissue_certificate(
            certificate, by=county_officer, on=JUNE, why=Reissue.LOST
        )

        assert due() == []
        assert len(calls_of(newer.holder, on=JUNE)) == 1
        assert change(newer, county_officer, needed=False).certificate == certificate
        assert calls_of(newer.holder, on=JUNE) == []
