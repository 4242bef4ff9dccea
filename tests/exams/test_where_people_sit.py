import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from exams.domain.admitting import admit_people
from exams.domain.naming import Seat
from exams.enums import Held
from exams.models import Sitting
from exams.sitting_errors import NoPlace
from tests.factories.exams import HOUR, NOON, SittingFactory
from tests.rosters.files import workbook

pytestmark = pytest.mark.django_db
PLACE = "那坡县职业学校"


@pytest.fixture
def sitting(napo):
    opens_at = timezone.now() + HOUR
    where = {"held": Held.AT_PLACE, "place": PLACE, "admits": "listed"}
    return SittingFactory(division=napo.county, opens_at=opens_at, **where)


def page(client, name, sitting):
    return client.get(reverse(f"exams:{name}", args=[sitting.pk])).content.decode()


def upload(client, sitting, *rows):
    file = SimpleUploadedFile("名单.xlsx", workbook(*rows))
    return client.post(
        reverse("exams:people", args=[sitting.pk]), {"by_name": "1", "file": file}
    )


def test_a_sitting_at_a_place_names_it(napo):
    with pytest.raises(NoPlace) as caught:
        SittingFactory(division=napo.county, held=Held.AT_PLACE)

    assert caught.value.code == "no-place"
    assert not Sitting.objects.exists()


def test_the_database_holds_that_a_place_is_named(napo):
    sitting = SittingFactory(division=napo.county)

    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(pk=sitting.pk).update(held=Held.AT_PLACE)


def test_the_list_seats_people_and_the_ticket_and_the_rules_say_where(
    client, sitting, informant, county_officer
):
    client.force_login(county_officer)
    head = ("姓名", "手机号码", "考点", "座位号")

    upload(client, sitting, head, ("某人", informant.phone, "第二考点", "３排5座"))

    admission = sitting.admissions.get()
    assert (admission.place, admission.seat) == ("第二考点", "3排5座")
    for name in ("people", "tickets"):
        assert "第二考点 · 3排5座" in page(client, name, sitting)
    client.force_login(informant)
    assert "集中考点 · 第二考点 · 3排5座" in page(client, "rules", sitting)


def test_a_list_without_seats_sits_at_the_sittings_place(
    client, sitting, informant, county_officer
):
    client.force_login(county_officer)

    upload(client, sitting, ("姓名", "手机号码"), ("某人", informant.phone))

    assert sitting.admissions.get().where == PLACE
    assert PLACE in page(client, "tickets", sitting)


def test_a_list_sent_again_seats_anew_and_keeps_the_ticket(
    sitting, informant, county_officer
):
    facts = {"by": county_officer, "at": NOON}
    admit_people(sitting, [informant], seats={informant.pk: Seat("甲", "1")}, **facts)
    code = sitting.admissions.get().code

    made = admit_people(
        sitting, [informant], seats={informant.pk: Seat("乙", "2")}, **facts
    )
    admit_people(sitting, [informant], **facts)

    admission = sitting.admissions.get()
    assert made == []
    assert (admission.place, admission.seat, admission.code) == ("乙", "2", code)


def test_an_exam_online_says_so(client, napo, informant):
    sitting = SittingFactory(division=napo.county, opens_at=timezone.now())
    client.force_login(informant)

    assert "线上" in page(client, "rules", sitting)
