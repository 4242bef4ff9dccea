from datetime import date

import pytest
from django.utils import timezone

from accounts.enums import Role
from courses.models import LessonPage
from exams.enums import ResultsShown
from exams.models import Sitting
from rosters.domain.assigning import assign_person, end_assignment
from rosters.domain.following import journeys_of, people_followed
from rosters.domain.waiting import waiting_for
from rosters.enums import Leaving, Station, Turn
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    SelectionFactory,
)
from tests.factories.rosters import AssignmentFactory

from .test_views import page_of, text


def journey(person, on=None):
    (found,) = journeys_of([person], on=on or timezone.localdate())
    return found


def reached(found):
    return [each.station for each in found.stops if each.reached]


def test_every_station_comes_with_its_day_and_hand_and_the_next_move(
    napo, county_officer, informant, train
):
    assert reached(journey(informant)) == [Station.NOMINATED]
    assert journey(informant).turn == Turn.OFFICE_SELECTS

    SelectionFactory(person=informant, at=napo.county, chosen_on=date(2026, 1, 5))
    assert journey(informant).turn == Turn.PERSON_LEARNS
    chosen = (date(2026, 1, 5), "县办干部", "那扶领办〔2016〕3号")
    assert journey(informant).stops[1].reached == chosen

    train(informant)
    assert journey(informant).turn == Turn.PERSON_SITS
    assert journey(informant).stops[2].reached.document == "学习记录：1门课程、1课时"

    attempt = MarkedAttemptFactory(candidate=informant, on=date(2026, 3, 1))
    assert journey(informant).turn == Turn.OFFICE_CERTIFIES

    CertificateFactory(holder=informant, attempt=attempt, issued_on=date(2026, 3, 2))
    assert journey(informant).turn == Turn.OFFICE_ASSIGNS
    assert journey(informant).stands_at == Station.CERTIFIED

    on = timezone.localdate()
    held = assign_person(
        informant, division=napo.village, by=county_officer, on=on, document="任1号"
    )
    assert journey(informant).turn == Turn.NOBODY
    assigned = (on, county_officer.real_name, "任1号")
    assert journey(informant).stops[5].reached == assigned

    end_assignment(
        held, by=county_officer, on=on, leaving=Leaving.RESIGNED, document="免2号"
    )
    assert reached(journey(informant))[-1] == Station.LEFT
    assert journey(informant).stops[6].reached.document == "辞职 · 免2号"
    assert journey(informant).turn == Turn.OFFICE_ASSIGNS


def test_a_result_that_is_held_back_is_no_station_yet(napo, informant):
    attempt = MarkedAttemptFactory(candidate=informant, on=date(2026, 3, 1))
    held = Sitting.objects.filter(pk=attempt.sitting_id)

    held.update(results_shown=ResultsShown.BY_OFFICE)
    assert not journey(informant).has(Station.EXAMINED)

    held.update(results_out_at=timezone.now())
    assert journey(informant).has(Station.EXAMINED)


def test_what_no_longer_holds_is_open_again(napo):
    held = AssignmentFactory(
        at=napo.village,
        certificate=CertificateFactory(at=napo.village, issued_on=date(2022, 1, 1)),
        until=date(2024, 1, 1),
        leaving="retired",
    )

    before, after = date(2023, 6, 1), date(2025, 6, 1)

    assert Station.IN_POST in reached(journey(held.person, before))
    assert Station.CERTIFIED in reached(journey(held.person, before))
    assert reached(journey(held.person, after)) == [Station.EXAMINED, Station.LEFT]


def test_who_serves_without_a_certificate_is_to_renew_it(napo):
    held = AssignmentFactory(
        at=napo.village,
        certificate=CertificateFactory(at=napo.village, issued_on=date(2022, 1, 1)),
    )

    assert journey(held.person, date(2024, 12, 31)).turn == Turn.NOBODY
    assert journey(held.person, date(2025, 1, 1)).turn == Turn.PERSON_RENEWS


def test_a_withdrawn_choice_does_not_count(napo):
    made = SelectionFactory(
        person=UserFactory(at=napo.village),
        at=napo.county,
        withdrawn_on=date(2026, 2, 1),
    )

    assert reached(journey(made.person, date(2026, 1, 31))) == [Station.SELECTED]
    assert reached(journey(made.person, date(2026, 2, 1))) == []


def test_people_without_any_step_are_not_followed(napo, informant):
    UserFactory(at=napo.village)
    chosen = SelectionFactory(person=UserFactory(at=napo.county), at=napo.county)
    SelectionFactory(person=UserFactory(at=napo.other_county), at=napo.other_county)

    followed = people_followed(napo.county, on=timezone.localdate())

    assert set(followed) == {informant, chosen.person}


def people_at_every_stage(napo, train):
    """By name, people who stand at each place on the way, some out of its order."""
    names = ["nominated", "chosen", "learnt", "passed", "certified", "serving", "late"]
    people = {name: UserFactory(role=Role.INFORMANT, at=napo.village) for name in names}
    for name in names[1:5]:
        SelectionFactory(person=people[name], at=napo.county)
    for name in names[2:5]:
        train(people[name])
    for name in names[3:5]:
        MarkedAttemptFactory(candidate=people[name], on=date(2026, 3, 1))
    for name, issued in (
        ("certified", date(2026, 3, 2)),
        ("serving", date(2026, 3, 2)),
        ("late", date(2022, 3, 2)),
    ):
        held = CertificateFactory(holder=people[name], issued_on=issued)
        if name != "certified":
            AssignmentFactory(at=napo.village, person=people[name], certificate=held)
    AssignmentFactory(  # covers a seat and serves nowhere
        at=napo.village,
        person=people["certified"],
        certificate=people["certified"].certificates.get(),
        kind="acting",
        since=date(2026, 3, 2),
        until=date(2026, 8, 1),
        leaving="cover_over",
    )
    return people


@pytest.mark.parametrize(
    "on", [date(2016, 12, 31), date(2026, 3, 1), date(2026, 3, 2), date(2026, 6, 1)]
)
def test_who_waits_for_a_move_is_whose_journey_says_so(napo, train, on):
    people_at_every_stage(napo, train)
    followed = people_followed(napo.county, on=on)
    turns = {each.person: each.turn for each in journeys_of(list(followed), on=on)}

    for turn in Turn:
        waiting = set(waiting_for(turn, followed, on=on))
        assert waiting == {person for person in turns if turns[person] == turn}, turn


def test_the_board_is_narrowed_to_a_move(client, napo, county_officer, train):
    people = people_at_every_stage(napo, train)
    client.force_login(county_officer)

    shown = text(client.get(page_of(napo.county, "pipeline"), {"turn": "person_sits"}))

    assert shown.count('<th scope="row">') == 1
    assert people["learnt"].real_name in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_whatever_its_length(
    client, napo, county_officer, ready, django_assert_num_queries, count
):
    for _each in range(count):
        person = ready()
        AssignmentFactory(at=napo.village, certificate=person.certificates.get())
    client.force_login(county_officer)

    # User, grants, division, forebears, count, page; nominations, choices,
    # training (5), passes, certificates, assignments.
    with django_assert_num_queries(16):
        page = client.get(page_of(napo.county, "pipeline"))

    assert text(page).count('<th scope="row">') == count


def test_the_board_of_another_county_does_not_exist(client, napo, county_officer):
    client.force_login(county_officer)

    assert client.get(page_of(napo.other_county, "pipeline")).status_code == 404


class TestRecordOfTraining:
    def test_the_board_leads_to_it_and_it_names_lesson_day_and_checks(
        self, client, napo, county_officer, informant, train, lesson
    ):
        train(informant)
        done = informant.lesson_completions.get()
        done.answers = {"a": {"chosen": [0], "right": True}, "b": {"right": False}}
        done.save()
        page = page_of(napo.county, "training", informant.pk)
        client.force_login(county_officer)

        assert f'href="{page}"' in text(client.get(page_of(napo.county, "pipeline")))
        shown = text(client.get(page))

        assert f"{informant.real_name}的学习记录" in shown
        for words in ("政策", "第一课", localized(done.completed_at), "1 / 2"):
            assert words in shown
        assert "此后于" not in shown

    def test_a_lesson_published_anew_after_that_says_so(
        self, client, napo, county_officer, informant, train, lesson
    ):
        train(informant)
        lesson.save_revision().publish()
        client.force_login(county_officer)

        shown = text(client.get(page_of(napo.county, "training", informant.pk)))

        assert f"此后于{localized(timezone.now())}修订" in shown

    def test_what_is_not_completed_is_open(
        self, client, napo, county_officer, informant, lesson
    ):
        client.force_login(county_officer)

        shown = text(client.get(page_of(napo.county, "training", informant.pk)))

        assert "第一课" in shown
        assert "未到" in shown

    def test_nobody_elses_office_reads_it(
        self, client, napo, county_officer, informant, lesson
    ):
        stranger = UserFactory(role=Role.INFORMANT, at=napo.other_county)
        client.force_login(county_officer)
        for place, person in (
            (napo.county, stranger),
            (napo.other_county, stranger),
            (napo.county, UserFactory(at=napo.village)),
        ):
            page = page_of(place, "training", person.pk)
            assert client.get(page).status_code == 404

        client.force_login(informant)
        for place in (napo.county, napo.village):
            page = page_of(place, "training", informant.pk)
            assert client.get(page).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_whatever_its_length(
        self,
        client,
        napo,
        county_officer,
        train,
        lesson,
        count,
        django_assert_num_queries,
    ):
        for number in range(1, count):
            lesson.get_parent().add_child(
                instance=LessonPage(title=f"{number}", slug=f"k{number}", summary="课")
            )
        person = train(UserFactory(role=Role.INFORMANT, at=napo.village))
        client.force_login(county_officer)
        page = page_of(napo.county, "training", person.pk)
        client.get(page)  # Wagtail keeps the addresses of its sites

        # User, grants, division, forebears, person; completions, path (4).
        with django_assert_num_queries(10):
            assert text(client.get(page)).count('<th scope="row">') == count


def localized(at) -> str:
    day = timezone.localdate(at)
    return f"{day.year}年{day.month}月{day.day}日"
