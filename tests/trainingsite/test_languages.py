from django.urls import reverse

LOGIN = reverse("account_login")


def test_pages_are_chinese_whatever_the_browser_asks_for(client, db):
    response = client.get(LOGIN, HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")

    assert b'<html lang="zh-hans"' in response.content
    assert response.headers["Content-Language"] == "zh-hans"


def test_the_switch_remembers_english_and_returns(client, db):
    response = client.post(
        reverse("set_language"), {"language": "en", "next": LOGIN}, follow=True
    )

    assert response.redirect_chain == [(LOGIN, 302)]
    assert b'<html lang="en"' in response.content


def test_the_switch_does_not_lead_away_from_the_site(client, db):
    response = client.post(
        reverse("set_language"), {"language": "en", "next": "https://example.org/"}
    )

    assert response.url == "/"


def test_an_unknown_language_changes_nothing(client, db):
    client.post(reverse("set_language"), {"language": "xx", "next": LOGIN})

    assert b'<html lang="zh-hans"' in client.get(LOGIN).content
