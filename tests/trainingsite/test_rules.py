import pytest
from django.urls import reverse

import measures
from tests.factories.courses import CourseFactory, LessonFactory

RULES = reverse("rules")


def test_every_clause_stands_on_the_page(client, informant):
    client.force_login(informant)

    page = client.get(RULES).content.decode()

    assert all(f'id="{clause.code}"' in page for clause in measures.clauses())


def test_a_search_keeps_the_clauses_with_all_its_words(client, informant):
    client.force_login(informant)

    response = client.get(RULES, {"q": "5000 十三五"})

    codes = [s.code for p in response.context["parts"] for s in p.statements]
    assert codes == [
        clause.code
        for clause in measures.clauses()
        if "5000" in clause.text["zh"] and "十三五" in clause.text["zh"]
    ]


def test_words_that_stand_nowhere_teach_what_to_do(client, informant):
    client.force_login(informant)

    assert "没有条文含有这些词" in client.get(RULES, {"q": "火星"}).content.decode()


def test_a_clause_names_the_lesson_that_teaches_it(client, informant):
    course = CourseFactory()
    lesson = LessonFactory(course=course, title="管谁管什么", clauses="3-village")
    client.force_login(informant)

    response = client.get(RULES, {"q": "3-village"})

    [part] = response.context["parts"]
    assert [each.title for each in part.statements[0].lessons] == [lesson.title]


@pytest.mark.parametrize("words", ["", "脱贫"])
def test_the_page_costs_the_same_whatever_it_shows(
    client, informant, words, django_assert_max_num_queries
):
    client.force_login(informant)

    with django_assert_max_num_queries(5):  # session, user, grants, lessons, items
        client.get(RULES, {"q": words})
