"""Whom a regrade touches: whole to those who may confirm it, else one's own people."""

from io import BytesIO

import openpyxl
import pytest

from exams.domain.keying import revise_key
from exams.domain.regrading import confirm_regrade, propose_regrade, weigh
from exams.models import Cell, ItemVersion
from tests.factories.certificates import CertificateFactory
from tests.factories.exams import (
    NOON,
    AttemptFactory,
    SittingFactory,
    make_blueprint,
    make_candidate,
    make_release,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def regrade(napo, trainer):
    """Three who were right are wrong by the revised key: two of Napo, of whom the
    second holds a certificate, and one of another county."""
    make_version("single", code="Q-1")
    blueprint = make_blueprint("one", [Cell("policy", "single", 1, 4)])
    release = make_release()
    sitting = SittingFactory(blueprint=blueprint, release=release, division=napo.region)
    for name, place in (("甲", None), ("乙", None), ("丙", napo.other_county)):
        candidate = make_candidate(**({"at": place} if place else {}))
        candidate.real_name = name
        candidate.save()
        AttemptFactory(sitting=sitting, candidate=candidate, right=True)
    holder = sitting.attempts.get(candidate__real_name="乙")
    CertificateFactory(holder=holder.candidate, attempt=holder)
    facts = {"by": trainer, "at": NOON}
    revision = revise_key(
        ItemVersion.objects.get(), answer=[2], reason="答案有误。", **facts
    )
    return propose_regrade(revision, sitting=sitting, **facts)


def listed(client, regrade) -> list[str]:
    """The names in the workbook, in its order."""
    response = client.get(f"{regrade.get_absolute_url()}book/")
    book = openpyxl.load_workbook(BytesIO(response.content))
    return [row[1] for row in book.active.iter_rows(min_row=2, values_only=True)]


def names_on(client, regrade) -> list[str]:
    groups = client.get(regrade.get_absolute_url()).context["groups"]
    return [
        row["change"].attempt.candidate.real_name
        for _title, rows, _count in groups
        for row in rows
    ]


def test_who_may_confirm_reads_all_and_first_whose_certificate_is_touched(
    client, regrade, region_officer
):
    client.force_login(region_officer)

    assert names_on(client, regrade) == ["乙", "甲", "丙"]
    assert listed(client, regrade) == ["乙", "甲", "丙"]


def test_a_county_reads_of_its_own_people_only(client, regrade, county_officer):
    client.force_login(county_officer)

    assert names_on(client, regrade) == ["乙", "甲"]
    assert listed(client, regrade) == ["乙", "甲"]


def test_what_was_done_is_listed_as_what_would_be(
    client, regrade, county_officer, region_officer
):
    confirm_regrade(regrade, seen=weigh(regrade).mark, by=region_officer, at=NOON)

    client.force_login(county_officer)
    assert names_on(client, regrade) == ["乙", "甲"]
    client.force_login(region_officer)
    assert listed(client, regrade) == ["乙", "甲", "丙"]


def test_who_did_it_and_when_stands_in_chinese_signs(client, regrade, region_officer):
    client.force_login(region_officer)

    page = client.get(regrade.get_absolute_url()).content.decode()

    assert f"<dd>{regrade.proposed_by} · " in page
    assert f"{regrade.proposed_by}, " not in page


def test_the_page_leads_to_the_whole_list(client, regrade, region_officer, monkeypatch):
    monkeypatch.setattr("exams.views.regrades.SHOWN", 1)
    client.force_login(region_officer)

    page = client.get(regrade.get_absolute_url()).content.decode()

    assert names_on(client, regrade) == ["乙"]
    assert f'href="{regrade.get_absolute_url()}book/"' in page
    assert listed(client, regrade) == ["乙", "甲", "丙"]
