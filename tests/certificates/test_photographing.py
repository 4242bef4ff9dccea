"""A photo for the certificate: who gives it, who sees it, and where it is printed."""

import threading
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from accounts.enums import Role
from certificates.domain.issuing import issue_certificate
from certificates.domain.photographing import give_photo, photo_of, take_photo_away
from certificates.domain.printing import pdf_of
from certificates.domain.reissuing import reissue_certificate
from certificates.enums import Reissue
from certificates.errors import NotYourPhoto, PhotoLost, PictureUnreadable
from certificates.models import Photo, private_files
from core.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    MarkedAttemptFactory,
    TemplateFactory,
    prepared,
)
from tests.factories.pictures import SEAL, dots

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
NOW = timezone.make_aware(timezone.datetime(2026, 3, 2, 12))


def address(name, person):
    return reverse(f"certificates:{name}", args=[person.pk])


def given(person, size=400, by=None):
    return give_photo(person, dots(size, size + 100), by=by or person, at=NOW)


def test_a_photo_is_taken_as_a_telephone_takes_it():
    person = UserFactory()

    give_photo(person, dots(4032, 3024, kind="JPEG"), by=person, at=NOW)

    assert photo_of(person)


def issued(person):
    return issue_certificate(MarkedAttemptFactory(candidate=person), by=None, on=TODAY)


def pictures(content: bytes) -> list:
    page = PdfReader(BytesIO(content)).pages[0]
    found = [each.get_object() for each in page["/Resources"]["/XObject"].values()]
    return [each for each in found if each["/Subtype"] == "/Image"]


def words_of(content: bytes) -> str:
    return PdfReader(BytesIO(content)).pages[0].extract_text()


def test_a_photo_is_cut_to_size_and_kept_privately(informant):
    photo = given(informant)

    with photo.file.open("rb") as file:
        image = Image.open(BytesIO(file.read()))
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (600, 800))
    assert photo.file.name.startswith(f"photos/{informant.pk}/")
    assert photo_of(informant) == photo


def test_the_same_photo_twice_is_once(informant):
    assert given(informant) == given(informant)
    assert LogEntry.objects.filter(action="photo.given").count() == 1


def test_another_photo_ends_the_first_and_its_file_goes(
    informant, django_capture_on_commit_callbacks
):
    first = given(informant)
    content = dots(300, 400, mode="RGBA")
    with django_capture_on_commit_callbacks(execute=True):
        second = give_photo(informant, content, by=informant, at=NOW)

    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    assert photo_of(informant) == second
    assert private_files().exists(second.file.name)
    assert not private_files().exists(first.file.name)


def test_a_photo_given_again_before_its_file_goes_keeps_it(
    informant, django_capture_on_commit_callbacks
):
    given(informant)
    with django_capture_on_commit_callbacks() as left_to_do:
        take_photo_away(informant, by=informant, at=NOW)
    again = given(informant)

    for callback in left_to_do:
        callback()

    assert private_files().exists(again.file.name)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_a_photo_given_again_while_its_file_goes_keeps_it(napo):
    person = UserFactory(role=Role.INFORMANT, at=napo.village)
    given(person)

    given_again, treated = threading.Event(), threading.Event()

    def give_again():
        try:
            with transaction.atomic():
                given(person)
                given_again.set()
                treated.wait(timeout=1)
        finally:
            connection.close()

    giver = threading.Thread(target=give_again)
    with transaction.atomic():
        transaction.on_commit(lambda: given_again.wait(timeout=10))
        take_photo_away(person, by=person, at=NOW)
        giver.start()
    treated.set()
    giver.join()

    assert private_files().exists(photo_of(person).file.name)


@pytest.mark.parametrize("content", [b"nothing", SEAL])
def test_what_is_no_photograph_is_refused(informant, content):
    with pytest.raises(PictureUnreadable):
        give_photo(informant, content, by=informant, at=NOW)

    assert not Photo.objects.exists()


def test_only_the_person_and_their_offices_give_it(napo, informant, county_officer):
    other = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)
    neighbour = UserFactory(role=Role.INFORMANT, at=napo.village)
    for stranger in (other, neighbour):
        with pytest.raises(NotYourPhoto):
            given(informant, by=stranger)
        with pytest.raises(NotYourPhoto):
            take_photo_away(informant, by=stranger, at=NOW)

    assert given(informant, by=county_officer).given_by == county_officer


def test_a_certificate_keeps_the_photo_it_was_issued_with(
    napo, django_capture_on_commit_callbacks
):
    TemplateFactory(at=napo.county, has_photo=True)
    person = prepared(napo.village)
    photo = given(person)
    certificate = issued(person)
    before = pdf_of(certificate)

    with django_capture_on_commit_callbacks(execute=True):
        take_photo_away(person, by=person, at=NOW)

    certificate.refresh_from_db()
    assert photo_of(person) is None
    assert certificate.photo == photo
    (printed,) = pictures(before)
    assert (printed["/Width"], printed["/Height"]) == (600, 800)
    assert printed["/Interpolate"].value is False
    (again,) = pictures(pdf_of(certificate))
    assert again.get_data() == printed.get_data()
    assert "照片" not in words_of(before)


def test_without_a_photo_the_place_is_a_box(napo):
    TemplateFactory(at=napo.county, has_photo=True)

    content = pdf_of(issued(prepared(napo.village)))

    assert "照片" in words_of(content)
    assert pictures(content) == []


def test_a_template_without_a_place_takes_no_photo(napo):
    TemplateFactory(at=napo.county)
    person = prepared(napo.village)
    given(person)

    certificate = issued(person)

    assert certificate.photo is None
    assert pictures(pdf_of(certificate)) == []


def test_given_anew_it_has_the_photo_of_today(napo, county_officer):
    TemplateFactory(at=napo.county, has_photo=True)
    person = prepared(napo.village)
    old = issued(person)
    photo = given(person)

    newer = reissue_certificate(old, by=county_officer, on=TODAY, why=Reissue.LOST)

    old.refresh_from_db()
    assert (old.photo, newer.photo) == (None, photo)


def test_a_lost_photo_is_said(napo):
    TemplateFactory(at=napo.county, has_photo=True)
    person = prepared(napo.village)
    photo = given(person)
    certificate = issued(person)
    private_files().delete(photo.file.name)

    with pytest.raises(PhotoLost):
        pdf_of(certificate)


def test_the_page_takes_a_photo_and_shows_it(client, informant):
    client.force_login(informant)
    file = SimpleUploadedFile("me.jpg", dots(300, 400, kind="JPEG"))

    page = client.post(address("photo", informant), {"file": file}, follow=True)

    assert address("photo_file", informant) in page.content.decode()
    shown = client.get(address("photo_file", informant))
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    client.post(address("take_photo_away", informant))
    assert client.get(address("photo_file", informant)).status_code == 404


@pytest.mark.parametrize("content", [b"", b"nothing", b"x" * (5 * 1024 * 1024 + 1)])
def test_what_is_wrong_is_said_at_the_field(client, informant, content):
    client.force_login(informant)
    file = SimpleUploadedFile("me.jpg", content)

    page = client.post(address("photo", informant), {"file": file})

    assert page.status_code == 200
    assert "id_file_error" in page.content.decode()
    assert not Photo.objects.exists()


def test_nothing_chosen_is_said(client, informant):
    client.force_login(informant)

    page = client.post(address("photo", informant), {})

    assert "id_file_error" in page.content.decode()


def test_an_office_gives_it_for_its_people(client, informant, county_officer):
    client.force_login(county_officer)
    file = SimpleUploadedFile("me.png", dots())

    client.post(address("photo", informant), {"file": file})

    assert photo_of(informant).given_by == county_officer


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICE, Role.INFORMANT, Role.TRAINER])
def test_to_a_stranger_there_is_nothing(client, napo, informant, role):
    given(informant)
    client.force_login(UserFactory(role=role, at=napo.other_county))

    assert client.get(address("photo", informant)).status_code == 404
    assert client.get(address("photo_file", informant)).status_code == 404
    assert client.post(address("take_photo_away", informant)).status_code == 404
    assert photo_of(informant) is not None
