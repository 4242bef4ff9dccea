"""Templates in the admin: who writes which, what is refused, what is previewed."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from accounts.domain.granting import sync_admin_access
from accounts.enums import Role
from certificates.domain.designing import check_words, version_in_force
from certificates.domain.previewing import PERSON, SPECIMEN
from certificates.models import CertificateTemplate
from divisions.models import Division
from tests.factories.accounts import UserFactory
from tests.factories.certificates import TemplateFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
ADMIN = "wagtailsnippets_certificates_certificatetemplate"
PUBLISH = {"action-publish": "action-publish"}
WORDS = "{姓名}在“{考试名称}”中成绩合格。"


def address(view, *args):
    return reverse(f"{ADMIN}:{view}", args=args)


@pytest.fixture
def writer(client, county_officer):
    """A client as an officer of the county, who may enter the admin."""
    sync_admin_access(county_officer, on=TODAY)
    client.force_login(county_officer)
    return client


def form(**changes):
    return {
        "name": "那坡县模板",
        "division": Division.objects.get(code="451026").pk,
        "post_level": "",
        "holds_from": "2026-01-01",
        "title": "扶贫信息员上岗证书",
        "body": WORDS,
        "signature": "签发人",
        "orientation": "landscape",
    } | changes


def picture(name="background.png", kind="PNG", size=(400, 300)):
    content = BytesIO()
    Image.new("RGB", size, "white").save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


def test_an_office_without_a_template_begins_with_its_place_today_and_the_usual_words(
    writer, napo
):
    empty = writer.get(address("list")).content.decode()
    form = writer.get(address("add")).context["form"]

    assert "还没有证书模板，可以" in empty
    assert form["division"].value() == napo.county.pk
    assert form["holds_from"].value() == timezone.localdate()
    check_words(
        title="证书",
        body=form["body"].value(),
        signature="",
        orientation="landscape",
        has_photo=False,
    )


def test_a_draft_is_not_used_and_what_is_published_is(writer, napo):
    response = writer.post(address("add"), form())
    template = CertificateTemplate.objects.get()
    assert response.status_code == 302
    assert (template.live, template.division_code) == (False, "451026")
    assert version_in_force(napo.county, "village", on=TODAY) is None

    response = writer.post(address("edit", template.pk), form(**PUBLISH))

    assert response.status_code == 302
    assert version_in_force(napo.county, "village", on=TODAY).body == WORDS


def test_a_draft_of_a_published_template_changes_no_certificate(writer, napo):
    writer.post(address("add"), form(**PUBLISH))
    template = CertificateTemplate.objects.get()
    before = version_in_force(napo.county, "village", on=TODAY)

    writer.post(
        address("edit", template.pk), form(title="新证书", background=picture())
    )

    template.refresh_from_db()
    assert template.has_unpublished_changes
    assert before.title == "扶贫信息员上岗证书"
    assert version_in_force(napo.county, "village", on=TODAY) == before
    draft = template.get_latest_revision_as_object()
    assert draft.title == "新证书"
    assert draft.background.storage.exists(draft.background.name)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": "{电话}"}, "{姓名} {身份证号}"),
        ({"body": "{姓名"}, "{姓名} {身份证号}"),
        ({"body": "\ue000"}, "U+E000"),
        ({"body": "字\n" * 80}, "写短些"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(writer, changes, words):
    response = writer.post(address("add"), form(**changes))

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not CertificateTemplate.objects.exists()


@pytest.mark.parametrize("field", ["title", "signature"])
def test_a_character_that_fonts_lack_is_told_at_its_own_field(writer, field):
    response = writer.post(address("add"), form(**{field: "\ue000"}))

    assert list(response.context["form"].errors) == [field]


def test_an_unknown_way_to_lie_previews_the_templates_own(writer):
    writer.post(address("preview_on_add"), form())

    page = writer.get(address("preview_on_add"), {"mode": "diagonal"})

    assert "design--landscape" in page.content.decode()


@pytest.mark.parametrize("place", ["other_county", "city", "township"])
def test_a_template_is_for_an_issuing_division_of_ones_own(writer, napo, place):
    division = getattr(napo, place)

    response = writer.post(address("add"), form(division=division.pk))

    errors = response.context["form"].errors["division"].as_data()
    assert [each.code for each in errors] == ["invalid_choice"]
    assert not CertificateTemplate.objects.exists()


def test_a_file_that_is_no_picture_is_refused(writer):
    wrong = SimpleUploadedFile("seal.png", b"<svg><script/></svg>")

    response = writer.post(address("add"), form(seal=wrong))

    assert response.status_code == 200
    assert "无法打印" in response.content.decode()
    assert not CertificateTemplate.objects.exists()


def test_a_picture_stays_until_it_is_taken_away(writer):
    writer.post(address("add"), form(seal=picture()))
    template = CertificateTemplate.objects.get()
    page = writer.get(address("edit", template.pk)).content.decode()
    assert "已存有图片" in page
    assert template.seal.name.startswith("templates/")

    writer.post(address("edit", template.pk), form(title="另一证书"))
    template.refresh_from_db()
    kept = template.get_latest_revision_as_object().seal.name
    assert kept == template.seal.name
    writer.post(address("edit", template.pk), form(**{"seal-clear": "on"}))

    template.refresh_from_db()
    assert template.get_latest_revision_as_object().seal.name == ""


def test_pictures_are_kept_no_larger_than_they_are_printed(writer):
    large = {name: picture(size=(4000, 3000)) for name in ("background", "seal")}

    writer.post(address("add"), form(**large))

    template = CertificateTemplate.objects.get()
    for file, size in (
        (template.background, (3508, 2631)),
        (template.seal, (800, 600)),
    ):
        with file.open("rb") as kept:
            assert Image.open(kept).size == size


@pytest.mark.parametrize("mode", ["landscape", "portrait"])
def test_the_preview_shows_a_person_who_is_made_up(writer, mode):
    response = writer.post(address("preview_on_add"), form())
    assert response.json() == {"is_valid": True, "is_available": True}

    page = writer.get(address("preview_on_add"), {"mode": mode}).content.decode()

    assert PERSON in page
    assert SPECIMEN in page
    assert f"design--{mode}" in page
    assert "style=" not in page
    assert "那坡县扶贫开发领导小组办公室" in page


def test_the_specimen_is_the_pdf_of_the_draft(writer, napo):
    template = TemplateFactory(at=napo.county)
    writer.post(address("edit", template.pk), form(title="新证书"))

    response = writer.get(reverse("certificates:specimen", args=[template.pk]))

    words = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    words = "".join(words.split())
    assert response["Content-Type"] == "application/pdf"
    assert "新证书" in words
    assert "".join(SPECIMEN.split()) in words
    assert PERSON in words


VIEWS = ("edit", "history", "unpublish", "preview_on_edit", "usage")


@pytest.mark.parametrize("view", [*VIEWS, "revisions_view", "revisions_revert"])
def test_another_offices_template_does_not_exist(writer, napo, view):
    other = TemplateFactory(at=napo.other_county)
    revision = other.save_revision()
    args = [other.pk, revision.pk] if view.startswith("revisions") else [other.pk]
    specimen = reverse("certificates:specimen", args=[other.pk])

    assert writer.get(address(view, *args)).status_code == 404
    assert writer.get(specimen).status_code == 404


def test_the_list_is_of_the_division_and_costs_the_same_whatever_its_length(
    writer, napo, django_assert_max_num_queries
):
    TemplateFactory(at=napo.other_county, name="别县模板")
    TemplateFactory(at=napo.county, name="本县模板")
    writer.get(address("list"))
    with django_assert_max_num_queries(60) as one:
        page = writer.get(address("list")).content.decode()
    assert "本县模板" in page
    assert "别县模板" not in page

    for number in range(3):
        TemplateFactory(at=napo.county, name=f"模板{number}")

    with django_assert_max_num_queries(60) as four:
        writer.get(address("list"))
    assert len(four) == len(one)


@pytest.mark.parametrize(
    "role", [Role.TRAINER, Role.TOWNSHIP_OFFICE, Role.INFORMANT, None]
)
def test_nobody_else_gets_in(client, napo, role):
    place = napo.township if role == Role.TOWNSHIP_OFFICE else napo.region
    user = UserFactory(role=role, at=place)
    sync_admin_access(user, on=TODAY)
    template = TemplateFactory(at=napo.county)
    client.force_login(user)

    assert client.get(address("list")).status_code == 302
    assert client.post(address("add"), form()).status_code == 302
    response = client.get(reverse("certificates:specimen", args=[template.pk]))
    assert response.status_code == 404
    assert CertificateTemplate.objects.count() == 1


def test_nobody_deletes_a_template(writer, napo):
    template = TemplateFactory(at=napo.county)

    response = writer.post(address("delete", template.pk))

    assert response.status_code == 302
    assert CertificateTemplate.objects.filter(pk=template.pk).exists()
