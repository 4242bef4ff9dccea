from django.urls import reverse

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
