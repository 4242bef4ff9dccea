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
