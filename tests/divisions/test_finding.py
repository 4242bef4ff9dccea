from django.urls import reverse

from divisions.domain.finding import division_named
from divisions.models import Division


def test_a_division_is_found_by_code_name_or_suggestion(napo):
    every = Division.objects.all()

    assert division_named("451026100201", among=every) == napo.village
    assert division_named("永宁", among=every) == napo.village
    assert division_named("451026100201 永宁村委会", among=every) == napo.village


def test_an_ambiguous_or_unknown_name_finds_nothing(napo):
    every = Division.objects.all()

    assert division_named("村", among=every) is None
    assert division_named("桂林", among=every) is None
    assert division_named("", among=every) is None


def test_suggestions_stay_in_the_persons_scope(client, napo, informant):
    client.force_login(informant)

    reply = client.get(reverse("divisions:suggest"), {"q": "村"}).json()

    assert reply == {"options": ["451026100201 永宁村委会"]}


def test_the_short_name_is_what_people_say(napo):
    assert napo.village.short_name == "永宁村"
    assert napo.county.short_name == "那坡县"
