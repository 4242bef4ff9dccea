from django.urls import reverse

from tests.factories.certificates import CertificateFactory
from trainingsite import health


def test_health_needs_no_sign_in(client, db):
    assert client.get(reverse("healthz")).json()["status"] == "ok"


def test_ready_says_what_is_missing(client, db, monkeypatch):
    monkeypatch.setattr(health, "missing_migrations", list)
    monkeypatch.setattr(health, "harfbuzz_subset", None)

    response = client.get(reverse("readyz"))

    assert response.status_code == 503
    assert response.json() == {
        "problems": [
            "libharfbuzz-subset is missing: certificates will be very slow",
        ]
    }


def test_ready_says_that_nobody_could_sign(client, db, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(health, "missing_migrations", list)
    settings.AUTHORITY_PKCS12 = tmp_path / "none.p12"

    response = client.get(reverse("readyz"))

    assert response.status_code == 503
    assert response.json() == {
        "problems": ["the issuing authority's keys cannot be used: see the log"]
    }
    assert str(tmp_path) not in response.content.decode()


def test_papers_need_the_library_that_cuts_fonts(client, db, monkeypatch):
    monkeypatch.setattr(health, "harfbuzz_subset", None)

    response = client.get(reverse("papersz"))

    assert response.status_code == 503
    assert response.json() == {
        "problems": ["libharfbuzz-subset is missing: certificates will be very slow"]
    }


def test_papers_need_a_glyph_for_every_name(client, napo):
    CertificateFactory(at=napo.village, holder_name="\U0003105a某")

    response = client.get(reverse("papersz"))

    assert response.status_code == 503
    assert response.json() == {
        "problems": ["the certificates' font lacks \U0003105a (U+3105A)"]
    }


def test_papers_are_well_when_every_name_can_be_set(client, napo):
    CertificateFactory(at=napo.village, holder_name="黄堃")

    assert client.get(reverse("papersz")).status_code == 200
