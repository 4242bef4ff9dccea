"""What people find on entering."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from certificates.domain.appealing import make_appeal
from certificates.domain.revoking import revoke_certificate
from certificates.domain.suspending import suspend_certificate
from exams.domain.reviewing import return_draft
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.exams import NOON, AttemptFactory, SittingFactory, make_draft
from tests.factories.rosters import AssignmentFactory
from trainingsite.home import exam_stop, home_for

pytestmark = pytest.mark.django_db


def figures_of(user):
    home = home_for(user, at=timezone.now())
    return {each.label: each.figure for each in home.figures}


def test_a_seat_that_opened_is_told_to_the_offices_above_it_and_to_no_other(
    napo, county_officer, city_officer
):
    held = AssignmentFactory(at=napo.village)
    assert "新空出的岗位" not in figures_of(county_officer)

    today = timezone.localdate()
    revoke_certificate(held.certificate, by=county_officer, on=today, reason="作弊")

    assert figures_of(county_officer)["新空出的岗位"] == 1
    assert figures_of(city_officer)["新空出的岗位"] == 1
    elsewhere = UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county)
    assert "新空出的岗位" not in figures_of(elsewhere)


def test_whose_certificate_is_taken_reads_it_at_home(client, napo, county_officer):
    held = AssignmentFactory(at=napo.village)
    certificate, today = held.certificate, timezone.localdate()
    client.force_login(held.person)

    def said() -> str:
        return client.get(reverse("home")).content.decode()

    assert "您的上岗证书已被" not in said()
    suspend_certificate(certificate, by=county_officer, on=today, reason="核查中")
    assert "您的上岗证书已被暂停" in said()
    revoke_certificate(certificate, by=county_officer, on=today, reason="作弊")
    assert "您的上岗证书已被撤销" in said()
    assert f'href="{certificate.get_absolute_url()}"' in said()
    CertificateFactory(holder=held.person, issued_on=today)
    assert "您的上岗证书已被" not in said()


def test_an_appeal_is_told_to_the_office_that_answers_it_and_to_no_other(
    napo, county_officer, city_officer, region_officer
):
    held = AssignmentFactory(at=napo.village)
    today = timezone.localdate()
    revoke_certificate(held.certificate, by=county_officer, on=today, reason="作弊")
    make_appeal(held.certificate, by=held.person, on=today, words="并无此事")

    assert figures_of(city_officer)["待答复的申诉"] == 1
    for other in (county_officer, region_officer):
        assert "待答复的申诉" not in figures_of(other)


def test_a_trainer_finds_the_drafts_to_review_and_those_returned(
    trainer, administrator
):
    draft = make_draft(trainer, handed_in=True)
    make_draft(administrator, code="NEW-2")

    assert figures_of(administrator)["待您审核的试题草稿"] == 1
    assert figures_of(trainer)["待您审核的试题草稿"] == 0
    return_draft(draft, reason="题干不清。", seen=1, by=administrator, at=NOON)

    assert figures_of(administrator)["待您审核的试题草稿"] == 0
    assert figures_of(administrator)["退回给您的草稿"] == 0
    assert figures_of(trainer)["退回给您的草稿"] == 1


def test_who_failed_is_told_that_the_exam_page_says_what_comes_before_another(
    informant,
):
    sitting = SittingFactory(division=informant.home_division)
    at = NOON + timedelta(hours=1)
    assert "先看规则" in exam_stop(informant, at=at).card.text

    AttemptFactory(candidate=informant, sitting=sitting, right=False)

    assert "之前要先学完什么" in exam_stop(informant, at=at).card.text
    assert "目前没有开放" in exam_stop(informant, at=sitting.closes_at).card.text
