import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from certificates.domain.suspending import suspend_certificate
from certificates.models import Certificate
from core.dates import add_months
from core.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
    MarkedAttemptFactory,
    SelectionFactory,
    train,
)

INDEX = reverse("certificates:index")
WAITING = reverse("certificates:waiting")
VERIFY = reverse("verify:index")
# User, grants, own certificates, the count, the page, its suspensions.
LIST_QUERIES = 6


@pytest.fixture
def certificate(informant):
    return CertificateFactory(holder=informant, holder_name="黄美兰")


def address(name, certificate):
    return reverse(f"certificates:{name}", args=[certificate.number])


def public_address(number, code):
    return reverse("verify:answer", args=[number, code])


class TestLists:
    def test_an_informant_sees_their_own_and_no_colleagues(
        self, client, napo, informant, certificate
    ):
        CertificateFactory(at=napo.village, holder_name="同村人")
        client.force_login(informant)

        page = client.get(INDEX).content.decode()

        assert certificate.spaced_number in page
        assert "同村人" not in page
        assert "<table" not in page

    @pytest.mark.parametrize(
        ("is_trained", "following"),
        [(False, "courses:resume"), (True, "exams:index")],
    )
    def test_who_has_none_is_led_to_what_is_missing(
        self, client, informant, is_trained, following
    ):
        if is_trained:
            train(informant)
        client.force_login(informant)

        page = client.get(INDEX).content.decode()

        _, _, empty = page.partition('<div class="empty">')
        led = re.search('<a class="button" href="([^"]*)"', empty)
        assert led[1] == reverse(following)

    def test_an_office_sees_the_certificates_of_its_division(
        self, client, napo, county_officer, certificate
    ):
        other = CertificateFactory(at=napo.other_county, holder_name="外县人")
        client.force_login(county_officer)

        page = client.get(INDEX).content.decode()

        assert "黄美兰" in page
        assert other.holder_name not in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_costs_the_same_whatever_its_length(
        self, client, napo, county_officer, django_assert_num_queries, count
    ):
        CertificateFactory.create_batch(count, at=napo.village)
        client.force_login(county_officer)

        with django_assert_num_queries(LIST_QUERIES):
            response = client.get(INDEX)

        assert response.content.count(b'<th scope="row">') == count

    def test_an_informant_is_told_what_is_missing(self, client, napo, informant):
        SelectionFactory(person=informant, at=napo.county)
        client.force_login(informant)

        page = client.get(INDEX).content.decode()

        assert page.count("stations__stop--done") == 1
        assert page.count("stations__stop--current") == 1
        assert page.count("stations__stop--next") == 1
        assert "尚未完成培训" in page
        assert "尚未通过考试" in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_an_office_sees_who_passed_and_lacks_something(
        self, client, napo, county_officer, django_assert_num_queries, count
    ):
        for _each in range(count):
            MarkedAttemptFactory(candidate=train(UserFactory(at=napo.village)))
        MarkedAttemptFactory(candidate=UserFactory(at=napo.other_county))
        CertificateFactory(at=napo.village)
        client.force_login(county_officer)

        with django_assert_num_queries(11):
            page = client.get(WAITING).content.decode()

        assert page.count('<th scope="row">') == count
        assert page.count("尚未由市、县扶贫办选定") == count
        # Who chooses them goes there from here.
        choose = reverse("rosters:selections", args=[napo.county.code])
        assert page.count(f'<a href="{choose}?q=') == count

    def test_others_see_no_list_of_those_who_wait(self, client, informant):
        client.force_login(informant)

        assert client.get(WAITING).status_code == 403

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=美兰", ["黄美兰"]),
            ("state=revoked", ["已撤销者"]),
            ("state=expired", ["已过期者"]),
            ("state=soon", ["快到期者"]),
            ("state=valid", ["快到期者", "黄美兰"]),
        ],
    )
    def test_the_list_is_searched_and_filtered_in_the_address(
        self, client, napo, county_officer, certificate, query, names
    ):
        today = timezone.localdate()
        at = {"at": napo.village}
        CertificateFactory(**at, revoked=True, holder_name="已撤销者")
        CertificateFactory(**at, expired=True, holder_name="已过期者")
        soon = add_months(today, -36) + timedelta(days=60)
        CertificateFactory(**at, issued_on=soon, holder_name="快到期者")
        client.force_login(county_officer)

        page = client.get(f"{INDEX}?{query}").context["page"]

        found = sorted(row["certificate"].holder_name for row in page.object_list)
        assert found == sorted(names)

    def test_a_number_is_found_as_it_is_read_out(
        self, client, county_officer, certificate
    ):
        client.force_login(county_officer)

        page = client.get(INDEX, {"q": certificate.spaced_number}).context["page"]

        assert [row["certificate"] for row in page.object_list] == [certificate]


class TestOneCertificate:
    @pytest.mark.parametrize("who", ["informant", "township_officer", "county_officer"])
    @pytest.mark.parametrize("name", ["detail", "download"])
    def test_holder_and_offices_above_may_open_it(
        self, client, certificate, who, name, request
    ):
        client.force_login(request.getfixturevalue(who))

        response = client.get(address(name, certificate))

        assert response.status_code == 200
        if name == "download":
            content = b"".join(response.streaming_content)
            response.close()
            assert content.startswith(b"%PDF-")
            assert "attachment" in response["Content-Disposition"]

    @pytest.mark.parametrize("role", [Role.INFORMANT, Role.TRAINER])
    @pytest.mark.parametrize("name", ["detail", "download", "revoke"])
    def test_to_a_stranger_it_does_not_exist(
        self, client, napo, certificate, role, name
    ):
        client.force_login(UserFactory(role=role, at=napo.county))

        assert client.get(address(name, certificate)).status_code == 404

    def test_another_countys_office_is_a_stranger(self, client, napo, certificate):
        client.force_login(UserFactory(role=Role.COUNTY_OFFICE, at=napo.other_county))

        assert client.get(address("detail", certificate)).status_code == 404

    def test_the_page_shows_the_paper_and_no_whole_id_number(
        self, client, informant, certificate
    ):
        client.force_login(informant)

        page = client.get(address("detail", certificate)).content.decode()

        assert "准予持证上岗，特发此证。" in page
        assert certificate.masked_id_number in page

    def test_a_missing_glyph_is_told_in_place_of_a_wrong_pdf(self, client, informant):
        certificate = CertificateFactory(holder=informant, holder_name="黄\ue000")
        client.force_login(informant)

        response = client.get(address("download", certificate), follow=True)

        assert response.redirect_chain[-1][0] == address("detail", certificate)
        assert "U+E000" in response.content.decode()


class TestRevocation:
    def test_the_county_office_revokes_with_a_reason(
        self, client, county_officer, certificate
    ):
        client.force_login(county_officer)

        client.post(address("revoke", certificate), {"reason": "考试作弊"})

        certificate.refresh_from_db()
        assert certificate.revoked_on == timezone.localdate()
        assert certificate.revocation_reason == "考试作弊"
        entry = LogEntry.objects.get(action="certificate.revoked")
        assert entry.by == county_officer

    def test_without_a_reason_nothing_is_revoked(
        self, client, county_officer, certificate
    ):
        client.force_login(county_officer)

        response = client.post(address("revoke", certificate), {"reason": "  "})

        assert response.status_code == 200
        assert response.context["form"].errors["reason"]
        certificate.refresh_from_db()
        assert certificate.revoked_on is None

    @pytest.mark.parametrize("who", ["informant", "township_officer"])
    def test_who_may_see_it_may_not_therefore_revoke_it(
        self, client, certificate, who, request
    ):
        client.force_login(request.getfixturevalue(who))

        response = client.post(address("revoke", certificate), {"reason": "x"})

        assert response.status_code == 403
        assert not Certificate.objects.exclude(revoked_on=None).exists()


class TestVerification:
    def verify(self, client, certificate):
        return client.get(
            public_address(certificate.number, certificate.verification_code)
        )

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ({}, "证书有效"),
            ({"expired": True}, "证书已过期"),
            ({"revoked": True}, "证书已撤销"),
        ],
    )
    def test_anyone_is_told_the_state(self, client, informant, state, words):
        certificate = CertificateFactory(holder=informant, **state)

        response = self.verify(client, certificate)

        assert response.status_code == 200
        assert words in response.content.decode()
        assert response["Cache-Control"].startswith("max-age=0")

    def test_an_answer_costs_two_statements_unless_it_was_ever_suspended(
        self, client, certificate, county_officer, django_assert_num_queries
    ):
        with django_assert_num_queries(2):  # with all of it, and one more look-up
            assert "证书有效" in self.verify(client, certificate).content.decode()

        today = timezone.localdate()
        suspend_certificate(certificate, by=county_officer, on=today, reason="核查中")
        with django_assert_num_queries(3):
            assert "暂停" in self.verify(client, certificate).content.decode()

    def test_the_answer_masks_the_name_and_keeps_id_number_and_reason(
        self, client, informant
    ):
        certificate = CertificateFactory(
            holder=informant, holder_name="黄美兰", revoked=True
        )

        page = self.verify(client, certificate).content.decode()

        assert "黄**" in page
        for secret in ("黄美兰", certificate.masked_id_number, "考试作弊"):
            assert secret not in page

    def test_an_unknown_number_and_a_wrong_code_answer_alike(self, client, certificate):
        pages = set()
        for number, code in (
            (certificate.number, "AAAAAAAAAA"),
            ("451026202699999X", certificate.verification_code),
            ("nonsense", "nonsense"),
        ):
            response = client.get(public_address(number, code))
            assert response.status_code == 404
            # The frame leads back to the address asked for; the answer is in main.
            pages.add(response.content.decode().split("<main")[1].split("</main>")[0])

        assert len(pages) == 1
        assert "查无此证" in pages.pop()

    def test_the_form_leads_to_the_answer_however_it_is_typed(
        self, client, certificate
    ):
        typed = {
            "number": certificate.spaced_number.lower(),
            "code": certificate.verification_code.lower(),
        }

        response = client.post(VERIFY, typed)

        assert response.status_code == 302
        assert response.url == public_address(
            certificate.number, certificate.verification_code
        )

    def test_a_mistyped_number_is_told_at_the_field(self, client, certificate):
        other = "8" if certificate.number[-2] == "9" else "9"
        typed = certificate.number[:-2] + other + certificate.number[-1]

        response = client.post(VERIFY, {"number": typed, "code": "K7MPQ2XWZ4"})

        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["number"]

    def test_guessing_is_slowed_down(self, client, certificate):
        answers = [self.verify(client, certificate).status_code for _each in range(61)]

        assert answers == [200] * 60 + [429]

    def test_only_the_public_side_is_open(self, client, certificate):
        assert client.get(VERIFY).status_code == 200
        assert client.get(INDEX).status_code == 302
        assert client.get(address("detail", certificate)).status_code == 302
