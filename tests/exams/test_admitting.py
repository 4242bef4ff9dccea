import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.enums import Role
from courses.domain.progressing import open_lesson
from exams.domain.admitting import admit_people, people_holding, strike_admission
from exams.domain.naming import people_named
from exams.domain.starting import start_attempt
from exams.errors import (
    AlreadyStarted,
    CodesNeedAList,
    NobodyToAdmit,
    NotEligible,
    NotListed,
    RefresherUnfinished,
    WrongCode,
)
from exams.models import Admission, Attempt, Sitting
from tests.factories.accounts import UserFactory
from tests.factories.courses import LessonFactory
from tests.factories.exams import HOUR, NOON, AttemptFactory, SittingFactory
from tests.rosters.files import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(napo):
    return SittingFactory(division=napo.region, admits="listed", asks_code=True)


def admitted(sitting, person, by):
    return admit_people(sitting, [person], by=by, at=NOON)[0]


def test_only_those_on_the_list_find_and_start_it(
    sitting, informant, trainer, napo, region_officer
):
    other = UserFactory(role=Role.INFORMANT, at=napo.village)
    ticket = admitted(sitting, informant, region_officer)

    assert list(Sitting.objects.eligible_for(informant)) == [sitting]
    assert list(Sitting.objects.eligible_for(other)) == []
    with pytest.raises(NotEligible):
        start_attempt(sitting, by=other, at=NOON, code=ticket.code)
    start_attempt(sitting, by=informant, at=NOON, code=ticket.code)
    assert Attempt.objects.get().candidate == informant


@pytest.mark.parametrize("typed", ["", "222222", "another"])
def test_the_code_of_ones_own_ticket_is_asked(
    sitting, informant, region_officer, napo, typed
):
    other = UserFactory(role=Role.INFORMANT, at=napo.village)
    admitted(sitting, informant, region_officer)
    typed = typed.replace("another", admitted(sitting, other, region_officer).code)

    with pytest.raises(WrongCode) as caught:
        start_attempt(sitting, by=informant, at=NOON, code=typed)

    assert caught.value.code == "wrong-code"
    assert not Attempt.objects.exists()


def test_a_code_is_read_as_people_type_it(sitting, informant, region_officer):
    code = admitted(sitting, informant, region_officer).code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower())

    start_attempt(sitting, by=informant, at=NOON, code=f" {wide[:3]} {wide[3:]} ")

    assert Attempt.objects.count() == 1


def test_going_on_asks_no_code_again(sitting, informant, region_officer):
    code = admitted(sitting, informant, region_officer).code
    first = start_attempt(sitting, by=informant, at=NOON, code=code)

    assert start_attempt(sitting, by=informant, at=NOON + HOUR / 4) == first


def test_who_is_on_the_list_keeps_the_ticket(sitting, informant, region_officer):
    ticket = admitted(sitting, informant, region_officer)

    assert admit_people(sitting, [informant], by=region_officer, at=NOON) == []
    assert Admission.objects.get().code == ticket.code


def test_nobody_and_the_unlisted_sitting_take_nobody(napo, sitting, informant, trainer):
    whole = SittingFactory(division=napo.region)

    with pytest.raises(NobodyToAdmit):
        admit_people(sitting, [], by=trainer, at=NOON)
    with pytest.raises(NotListed):
        admit_people(whole, [informant], by=trainer, at=NOON)

    assert not Admission.objects.exists()


def test_a_role_in_a_division_is_everybody_below_it(napo, informant, county_officer):
    far = UserFactory(role=Role.INFORMANT, at=napo.other_county)
    today = timezone.localdate()

    found = people_holding(Role.INFORMANT, napo.county, on=today)

    assert list(found) == [informant]
    assert far not in found


def test_people_are_named_by_phone_or_id_number(informant, county_officer):
    informant.id_number = "45102619900307123X"
    informant.save()
    among = type(informant).objects.all()

    text = f"{county_officer.phone}，45102619900307123x\n13000000000 4510"
    found = people_named(text, among=among)

    assert found.people == [county_officer, informant]
    assert found.unknown == ["13000000000", "4510"]


def upload(sitting, client, *rows):
    body = workbook(("姓名", "手机号码"), *rows)
    file = SimpleUploadedFile("名单.xlsx", body)
    return client.post(page(sitting), {"by_name": "1", "file": file})


def test_a_workbook_lists_people_by_either_number(
    client, sitting, informant, county_officer
):
    informant.id_number = "45102619900307123X"
    informant.save()
    client.force_login(county_officer)

    upload(
        sitting,
        client,
        ("韦小禾", "45102619900307123x"),
        ("农芒种", county_officer.phone),
    )

    admitted_people = {each.person for each in Admission.objects.all()}
    assert admitted_people == {informant, county_officer}


def test_a_workbook_with_a_row_of_nobody_adds_nobody(
    client, sitting, informant, county_officer
):
    client.force_login(county_officer)

    response = upload(
        sitting, client, ("韦小禾", informant.phone), ("无名氏", "一二三")
    )

    assert "无名氏 一二三" in str(response.context["by_name"].errors)
    assert not Admission.objects.exists()


def test_what_is_no_workbook_says_so_at_the_field(client, sitting, county_officer):
    client.force_login(county_officer)
    file = SimpleUploadedFile("名单.xlsx", b"no workbook")

    response = client.post(page(sitting), {"by_name": "1", "file": file})
    nothing = client.post(page(sitting), {"by_name": "1"})

    assert response.context["by_name"].errors["file"]
    assert nothing.context["by_name"].non_field_errors()
    assert not Admission.objects.exists()


def test_naming_many_costs_one_query(informant, django_assert_num_queries):
    among = type(informant).objects.all()
    text = " ".join([informant.phone, *(f"139{n:08d}" for n in range(300))])

    with django_assert_num_queries(1):
        found = people_named(text, among=among)

    assert (found.people, len(found.unknown)) == ([informant], 300)


def test_no_number_of_a_long_list_is_dropped(informant):
    among = type(informant).objects.all()
    text = " ".join([*(f"139{n:08d}" for n in range(2500)), informant.phone])

    found = people_named(text, among=among)

    assert (found.people, len(found.unknown)) == ([informant], 2500)


def test_who_has_started_is_not_struck(sitting, informant, region_officer, napo):
    ticket = admitted(sitting, informant, region_officer)
    start_attempt(sitting, by=informant, at=NOON, code=ticket.code)
    other = UserFactory(role=Role.INFORMANT, at=napo.village)
    idle = admitted(sitting, other, region_officer)

    strike_admission(idle, by=region_officer)
    with pytest.raises(AlreadyStarted) as caught:
        strike_admission(ticket, by=region_officer)

    assert caught.value.code == "already-started"
    assert Admission.objects.get() == ticket


def page(sitting, rest="people/"):
    return f"/exams/sittings/{sitting.pk}/{rest}"


def test_an_office_adds_its_own_people_and_prints_their_tickets(
    client, sitting, informant, county_officer, napo
):
    UserFactory(role=Role.INFORMANT, at=napo.other_county)
    client.force_login(county_officer)

    role = {"by_role": "1", "division": "451026", "role": "informant"}
    client.post(page(sitting), role)

    ticket = Admission.objects.get()
    assert (ticket.person, ticket.added_by) == (informant, county_officer)
    printed = client.get(page(sitting, "tickets/")).content.decode()
    assert ticket.spaced_code in printed


def test_a_number_of_nobody_adds_nobody(client, sitting, informant, county_officer):
    client.force_login(county_officer)

    names = {"by_name": "1", "names": f"{informant.phone} 13999999999"}
    response = client.post(page(sitting), names)

    assert "13999999999" in str(response.context["by_name"].errors)
    assert not Admission.objects.exists()


def test_strangers_see_no_list_and_offices_only_their_own_people(
    client, sitting, informant, region_officer, napo, township_officer
):
    ticket = admitted(sitting, informant, region_officer)
    elsewhere = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)

    client.force_login(elsewhere)
    assert ticket.spaced_code not in client.get(page(sitting)).content.decode()
    assert client.post(page(sitting, f"people/{ticket.pk}/strike/")).status_code == 404
    for stranger in (township_officer, informant):
        client.force_login(stranger)
        assert client.get(page(sitting)).status_code == 403
        assert client.get(page(sitting, "tickets/")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, sitting, region_officer, napo, count, django_assert_num_queries
):
    for _each in range(count):
        person = UserFactory(role=Role.INFORMANT, at=napo.village)
        admitted(sitting, person, region_officer)
    client.force_login(region_officer)

    # user, grants, sitting, count, people
    with django_assert_num_queries(5):
        response = client.get(page(sitting))

    assert len(response.context["page"]) == count


def test_a_retake_waits_until_the_lessons_on_what_went_wrong_are_read_again(informant):
    lesson = LessonFactory(title="脱贫标准", cites="解读 四(一)2")
    LessonFactory(title="无关的课", cites="解读 五")
    sitting = SittingFactory(attempts_allowed=2, refresher=True)
    AttemptFactory(sitting=sitting, candidate=informant, right=False)
    open_lesson(lesson, by=informant, at=NOON - HOUR)

    with pytest.raises(RefresherUnfinished) as caught:
        start_attempt(sitting, by=informant, at=NOON + HOUR)
    assert (caught.value.code, caught.value.values) == (
        "refresher-unfinished",
        {"lessons": "“脱贫标准”"},
    )

    open_lesson(lesson, by=informant, at=NOON + HOUR)
    start_attempt(sitting, by=informant, at=NOON + HOUR)
    assert Attempt.objects.count() == 2


def test_codes_are_not_asked_without_a_list(napo):
    with pytest.raises(CodesNeedAList) as caught:
        SittingFactory(division=napo.region, asks_code=True)

    assert caught.value.code == "codes-need-a-list"
    assert not Sitting.objects.exists()
