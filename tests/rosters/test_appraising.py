"""Scorecards: every figure from dated rows, objections and their answers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.audit import record
from core.errors import Refused
from core.workbooks.sheets import rows_of
from ledger.models import Case, Entry
from rosters.domain.appraising.figures import Figure, score_of, union
from rosters.domain.appraising.objecting import answer_objection, raise_objection
from rosters.domain.appraising.scorecards import (
    office_scorecard,
    people_appraised,
    scorecards_of,
    scorecards_within,
)
from rosters.domain.appraising.terms import Period, terms_on
from rosters.domain.trends import Span
from rosters.models import Objection
from tests.factories.certificates import CertificateFactory
from tests.factories.households import make_household
from tests.factories.rosters import AssignmentFactory
from tests.variables import variables_of

from .test_views import page_of, text

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def in_post(place, since=date(2024, 7, 1), **kwargs):
    certificate = CertificateFactory(at=place, issued_on=date(2022, 7, 2))
    return AssignmentFactory(at=place, certificate=certificate, since=since, **kwargs)


def figures(card):
    return {each.key: (each.done, each.of) for each in card.figures}


def step(case, index, on, by, level="village"):
    Entry.objects.bulk_create(
        [
            Entry(
                case=case,
                index=index,
                step="verification",
                level=level,
                on=on,
                outcome="pass",
                status_after="registered",
                by=by,
                division_code=case.division_code,
            )
        ]
    )


def case_at(place, opened_on, subject=1):
    return Case.objects.create(
        procedure="exit",
        subject_kind="household",
        subject_id=subject,
        subject_title="户",
        opened_on=opened_on,
        moved_on=opened_on,
        state="open",
        division=place,
        division_code=place.code,
    )


class TestFigures:
    def test_days_in_post_and_days_with_a_valid_certificate(self, napo):
        held = in_post(napo.village)

        (card,) = scorecards_of([held.person], YEAR)

        # Issued on 2022-07-02 for three years: valid up to 2025-07-02.
        assert figures(card)["certificates"] == (182, 365)

    def test_a_cover_beside_ones_own_post_counts_a_day_once(self, napo):
        held = in_post(napo.village)
        AssignmentFactory(
            at=napo.township,
            person=held.person,
            certificate=held.certificate,
            kind="acting",
            since=date(2025, 3, 1),
            until=date(2025, 6, 1),
            leaving="cover_over",
        )

        (card,) = scorecards_of([held.person], YEAR)

        assert figures(card)["certificates"] == (182, 365)

    def test_steps_are_in_time_by_the_step_before(self, napo):
        held = in_post(napo.village)
        case = case_at(napo.village, date(2025, 2, 1))
        for index, on in enumerate(
            [date(2025, 3, 3), date(2025, 4, 3), date(2025, 5, 3), date(2026, 1, 1)]
        ):
            step(case, index, on, held.person)

        (card,) = scorecards_of([held.person], YEAR)

        # 30 days after the opening, 31, 30; the last is outside, and by the end of the
        # year it had waited too long.
        assert figures(card)["cases"] == (2, 4)

    def test_corrections_are_counted_and_not_weighed(self, napo):
        held = in_post(napo.village, since=date(2024, 7, 1))
        record("household.edited", make_household(napo.village), by=held.person)
        today = timezone.localdate()
        period = Period(today - timedelta(days=30), today + timedelta(days=1))

        (card,) = scorecards_of([held.person], period)

        (figure,) = [each for each in card.figures if each.key == "corrections"]
        assert (figure.done, figure.of, figure.is_weighed) == (1, None, False)

    def test_an_office_is_measured_by_its_quota_and_its_own_steps(self, napo):
        held = in_post(napo.village)
        case = case_at(napo.village, date(2025, 2, 1))
        step(case, 0, date(2025, 2, 11), held.person)
        step(case, 1, date(2025, 2, 21), held.person, level="county")

        found = figures(office_scorecard(napo.county, YEAR))

        # Five posts at twelve firsts of a month; the seat was filled at seven.
        assert found["quota"] == (7, 60)
        assert found["cases"] == (1, 1)
        assert found["certificates"] == (182, 365)

    @pytest.mark.parametrize("count", [1, 3])
    def test_scorecards_cost_the_same_whatever_their_number(
        self, napo, count, django_assert_num_queries
    ):
        people = [in_post(napo.village).person for _each in range(count)]

        # Certificates, suspensions, posts, steps; posts on the last day, steps
        # overdue then and now; refreshers, posts and their faults, changes in the
        # register.
        with django_assert_num_queries(11):
            scorecards_of(people, YEAR)

    def test_those_of_a_division_take_no_variable_a_person(self, napo):
        in_post(napo.village)
        one = variables_of(lambda: scorecards_within(napo.county, YEAR))
        held = [in_post(napo.village), in_post(napo.township)]
        in_post(napo.other_county)

        many = variables_of(lambda: scorecards_within(napo.county, YEAR))

        assert len(one) == 12
        assert many == one
        people = list(people_appraised(napo.county, YEAR))
        assert {each.person for each in held} < set(people)
        assert scorecards_within(napo.county, YEAR) == scorecards_of(people, YEAR)


def test_the_score_leaves_out_what_there_was_no_occasion_for():
    figures = (
        Figure("certificates", 1, 2, 40),
        Figure("cases", 0, 0, 40),
        Figure("refreshers", 4, 4, 20),
        Figure("corrections", 7, None, 0),
    )

    assert score_of(figures) == (40 * 50 + 20 * 100) // 60
    assert score_of(figures[1:2]) is None


def test_spans_that_touch_are_one():
    days = [date(2025, 1, n) for n in range(1, 8)]
    spans = [Span(days[0], days[2]), Span(days[2], days[3]), Span(days[5], days[6])]

    assert list(union(spans)) == [Span(days[0], days[3]), Span(days[5], days[6])]


def test_the_terms_are_ours_and_say_so():
    assert terms_on(date(2025, 1, 1)).attested == "assumed"
    assert terms_on(date(2000, 1, 1)) == terms_on(date(2016, 1, 1))


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), "period-upside-down"),
        (date(2015, 1, 1), date(2025, 1, 1), "period-too-long"),
    ],
)
def test_a_period_that_is_none_is_refused(since, until, code):
    with pytest.raises(Refused) as refusal:
        Period(since, until)

    assert refusal.value.code == code


class TestObjections:
    def raised(self, by, words="二月的证书有效"):
        return raise_objection(YEAR, words, by=by, at=timezone.now())

    def test_an_objection_goes_to_the_office_of_the_post_and_is_answered_once(
        self, napo, county_officer
    ):
        objection = self.raised(in_post(napo.village).person)
        assert objection.division == napo.village
        now = timezone.now()

        first = answer_objection(objection, "已更正", by=county_officer, at=now)
        second = answer_objection(objection, "别的", by=county_officer, at=now)

        assert (first.answer, second.answer) == ("已更正", "已更正")
        assert second.answered_by == county_officer

    def test_the_same_words_are_once_and_others_wait(self, napo):
        person = in_post(napo.village).person

        assert self.raised(person) == self.raised(person)
        with pytest.raises(Refused) as refusal:
            self.raised(person, "还有")

        assert refusal.value.code == "objection-open"
        assert Objection.objects.count() == 1

    def test_without_words_or_post_there_is_nothing_to_object_to(self, napo, informant):
        for words, code in ((" ", "objection-empty"), ("不对", "never-in-post")):
            with pytest.raises(Refused) as refusal:
                self.raised(informant, words)
            assert refusal.value.code == code

        assert not Objection.objects.exists()

    def test_only_an_office_above_answers_and_with_words(
        self, napo, county_officer, township_officer
    ):
        objection = self.raised(in_post(napo.village).person)

        for by, words, code in (
            (township_officer, "好", "wrong-office"),
            (county_officer, " ", "answer-missing"),
        ):
            with pytest.raises(Refused) as refusal:
                answer_objection(objection, words, by=by, at=timezone.now())
            assert refusal.value.code == code

        objection.refresh_from_db()
        assert objection.answered_at is None


class TestPages:
    QUERY = {"since": "2025-01-01", "until": "2026-01-01"}

    def test_the_office_sees_everybody_with_the_figures(
        self, client, napo, county_officer
    ):
        held = in_post(napo.village)
        in_post(napo.other_county)
        client.force_login(county_officer)

        response = client.get(page_of(napo.county, "appraisal"), self.QUERY)

        assert [card.subject for card in response.context["page"]] == [held.person]
        assert '182 / 365 <span class="muted small">天</span>' in text(response)
        assert '<span class="muted">没有</span>' in text(response)
        assert client.get(page_of(napo.city, "appraisal")).status_code == 404

    def test_it_can_be_taken_home(self, client, napo, county_officer):
        held = in_post(napo.village)
        client.force_login(county_officer)

        body = client.get(page_of(napo.county, "appraisal-export"), self.QUERY).content

        rows = [row.cells for row in rows_of(body, most=50)]
        assert rows[2][1] == held.person.real_name
        assert rows[2][3] == "182 / 365"

    def test_a_person_sees_their_own_objects_and_reads_the_answer(
        self, client, napo, county_officer
    ):
        person = in_post(napo.village).person
        mine = reverse("rosters:own-scorecard") + "?since=2025-01-01&until=2026-01-01"
        client.force_login(person)
        client.post(mine, {"text": "二月的证书有效"})
        objection = Objection.objects.get()

        client.force_login(county_officer)
        assert "二月的证书有效" in text(client.get(page_of(napo.county, "appraisal")))
        client.post(
            reverse("rosters:answer", args=[objection.pk]), {"answer": "已核对更正"}
        )

        client.force_login(person)
        assert "已核对更正" in text(client.get(mine))

    def test_an_offices_way_back_from_a_card_is_not_its_owners(
        self, client, napo, county_officer
    ):
        person = in_post(napo.village).person
        back = f'<a href="{reverse("rosters:index")}">岗位名册</a></li>'

        client.force_login(county_officer)
        read = client.get(reverse("rosters:scorecard", args=[person.pk]))
        client.force_login(person)
        own = client.get(reverse("rosters:own-scorecard"))

        assert (back in text(read), back in text(own)) == (True, False)

    def test_cards_and_objections_of_others_do_not_exist(
        self, client, napo, county_officer, informant
    ):
        person = in_post(napo.other_county).person
        objection = raise_objection(YEAR, "不对", by=person, at=timezone.now())
        card = reverse("rosters:scorecard", args=[person.pk])
        answer = reverse("rosters:answer", args=[objection.pk])

        for user in (county_officer, informant):
            client.force_login(user)
            assert client.get(card).status_code == 404
            assert client.post(answer, {"answer": "好"}).status_code == 404

    def test_a_period_upside_down_is_told(self, client, napo, county_officer):
        client.force_login(county_officer)

        response = client.get(
            page_of(napo.county, "appraisal"),
            {"since": "2025-01-01", "until": "2024-01-01"},
        )

        assert response.context["periods"].errors["until"]
