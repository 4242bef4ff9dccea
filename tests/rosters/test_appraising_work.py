"""Appraised: refreshers called for, and steps left undone past their days."""

from datetime import date

import pytest

from certificates.models import Refresher
from households.models import Fault
from ledger.models import Case
from rosters.domain.appraising.scorecards import office_scorecard, scorecards_of
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.households import make_household

from .test_appraising import YEAR, case_at, figures, in_post, step

LATE, SOON = date(2025, 11, 1), date(2025, 12, 20)


def cases_of(held):
    (card,) = scorecards_of([held.person], YEAR)
    return figures(card)["cases"]


def waiting_case(place, since, *, level="village", **kwargs):
    case = case_at(place, since, subject=Case.objects.count() + 1)
    Case.objects.filter(pk=case.pk).update(
        next_step="verification", next_level=level, **kwargs
    )
    return case


def called(held, due_on, **kwargs):
    terms = {"edition_code": "2017", "decided_on": date(2025, 1, 10)} | kwargs
    return Refresher.objects.create(
        certificate=held.certificate,
        is_needed=True,
        due_on=due_on,
        decided_by=held.assigned_by,
        **terms,
    )


class TestOverdue:
    def test_whoever_leaves_cases_lying_is_not_in_time(self, napo):
        held = in_post(napo.village)
        waiting_case(napo.village, LATE)
        waiting_case(napo.village, SOON)
        waiting_case(napo.village, LATE, level="township")
        waiting_case(napo.other_village, LATE)

        assert cases_of(held) == (0, 1)

    def test_a_step_that_was_taken_after_the_end_was_undone_by_then(self, napo):
        held = in_post(napo.village)
        case = waiting_case(napo.village, LATE, state="closed")
        step(case, 0, date(2026, 2, 1), held.person)

        assert cases_of(held) == (0, 1)

    def test_a_case_waits_for_nobody_while_its_notice_runs(self, napo):
        held = in_post(napo.village)
        waiting_case(napo.village, LATE, notice_until=SOON)

        assert cases_of(held) == (0, 0)

    def test_whoever_is_new_has_the_same_days_as_anybody(self, napo):
        held = in_post(napo.village, since=date(2025, 12, 10))
        waiting_case(napo.village, LATE)

        assert cases_of(held) == (0, 0)

    def test_an_office_answers_for_the_steps_of_its_own_level(self, napo):
        waiting_case(napo.village, LATE, level="county")
        waiting_case(napo.village, LATE)
        waiting_case(napo.other_county, LATE, level="county")

        assert figures(office_scorecard(napo.county, YEAR))["cases"] == (0, 1)


class TestRefreshers:
    def refreshers_of(self, held):
        (card,) = scorecards_of([held.person], YEAR)
        (figure,) = [each for each in card.figures if each.key == "refreshers"]
        return figure

    def test_where_none_was_called_nothing_is_weighed(self, napo):
        figure = self.refreshers_of(in_post(napo.village))

        assert (figure.done, figure.of, figure.is_weighed) == (0, 0, False)

    @pytest.mark.parametrize(
        ("renewed_on", "done"),
        [(date(2025, 5, 1), 1), (date(2025, 8, 1), 0), (None, 0)],
    )
    def test_it_is_done_by_another_certificate_up_to_its_day(
        self, napo, renewed_on, done
    ):
        held = in_post(napo.village)
        called(held, date(2025, 6, 1))
        if renewed_on:
            CertificateFactory(holder=held.person, issued_on=renewed_on)

        figure = self.refreshers_of(held)

        assert (figure.done, figure.of, figure.is_weighed) == (done, 1, True)

    def test_what_was_called_off_or_is_due_outside_the_period_does_not_count(
        self, napo
    ):
        held = in_post(napo.village)
        called(held, date(2026, 2, 1))
        first = called(held, date(2025, 6, 1), edition_code="2018")
        Refresher.objects.create(
            certificate=held.certificate,
            edition_code="2018",
            is_needed=False,
            reason="不需要",
            decided_on=date(2025, 2, 1),
            decided_by=UserFactory(),
            supersedes=first,
        )

        assert self.refreshers_of(held).of == 0


def fault_in(place, found_on, gone_on=None):
    household = make_household(place)
    return Fault.objects.create(
        household=household,
        code="A01",
        field="address",
        because={"zh": "有误", "en": "wrong"},
        found_on=found_on,
        seen_on=found_on,
        gone_on=gone_on,
        division=place,
        division_code=place.code,
    )


class TestFaults:
    def faults_of(self, held):
        (card,) = scorecards_of([held.person], YEAR)
        return figures(card)["faults"]

    def test_corrected_of_those_that_stood_in_the_own_village(self, napo):
        held = in_post(napo.village)
        fault_in(napo.village, date(2025, 2, 1), date(2025, 3, 1))
        fault_in(napo.village, date(2024, 2, 1), date(2025, 3, 1))
        fault_in(napo.village, date(2025, 2, 1))
        fault_in(napo.village, date(2025, 2, 1), date(2026, 3, 1))
        fault_in(napo.other_village, date(2025, 2, 1))

        assert self.faults_of(held) == (2, 4)

    def test_what_was_gone_before_or_found_at_the_end_does_not_count(self, napo):
        held = in_post(napo.village)
        fault_in(napo.village, date(2024, 2, 1), date(2024, 12, 1))
        fault_in(napo.village, date(2024, 2, 1), YEAR.since)
        fault_in(napo.village, SOON)
        fault_in(napo.village, YEAR.until)

        assert self.faults_of(held) == (0, 0)

    def test_each_answers_for_the_time_in_the_post(self, napo):
        left, came = date(2025, 6, 1), date(2025, 9, 1)
        first = in_post(napo.village, until=left, leaving="resigned")
        second = in_post(napo.village, since=came)
        fault_in(napo.village, date(2025, 2, 1), date(2025, 10, 1))
        fault_in(napo.village, date(2025, 6, 10), date(2025, 8, 1))

        assert self.faults_of(first) == (0, 1)
        assert self.faults_of(second) == (1, 1)

    def test_a_post_and_a_cover_in_one_village_count_a_fault_once(self, napo):
        held = in_post(napo.village, until=date(2025, 3, 1), leaving="resigned")
        in_post(napo.village, since=date(2025, 5, 1), person=held.person)
        fault_in(napo.village, date(2025, 1, 5), date(2025, 6, 1))

        assert self.faults_of(held) == (1, 1)

    def test_an_office_answers_for_all_its_villages(self, napo):
        fault_in(napo.village, date(2025, 2, 1), date(2025, 3, 1))
        fault_in(napo.other_village, date(2025, 2, 1), date(2025, 3, 1))
        fault_in(napo.village, date(2025, 2, 1))
        fault_in(napo.village, SOON)

        assert figures(office_scorecard(napo.county, YEAR))["faults"] == (2, 3)
        assert figures(office_scorecard(napo.other_county, YEAR))["faults"] == (0, 0)
