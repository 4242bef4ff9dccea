"""What is put together once reads what Django reads."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from accounts.models import Grant, User
from core.prepared import Prepared
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

WITH_HOME = Prepared(lambda: User.objects.select_related("home_division"), "id")
BY_PHONE = Prepared(
    lambda: User.objects.only("phone", "real_name"), "phone", "is_active"
)
GRANTED = Prepared(
    lambda: User.objects.annotate(
        is_granted=Exists(Grant.objects.filter(user=OuterRef("pk")))
    ),
    "id",
)


def columns(user: User) -> dict:
    names = [field.attname for field in User._meta.concrete_fields]
    return {name: getattr(user, name) for name in names}


def test_every_column_and_relation_is_as_the_orm_reads_it(informant, county_officer):
    for person in (informant, county_officer, informant):
        read = WITH_HOME.get(id=person.pk)

        with CaptureQueriesContext(connection) as asked:
            assert columns(read) == columns(User.objects.get(pk=person.pk))
            assert read.home_division == person.home_division
        assert len(asked) == 1


def test_only_what_was_named_is_read_and_every_filter_holds(informant):
    read = BY_PHONE.get(is_active=True, phone=informant.phone)

    assert read == informant
    assert "email" in read.get_deferred_fields()
    for values in ({"phone": "1", "is_active": True}, {"is_active": False}):
        with pytest.raises(User.DoesNotExist):
            BY_PHONE.get(**{"phone": informant.phone} | values)


def test_what_is_worked_out_beside_a_row_comes_with_it(informant):
    stranger = UserFactory(role=None)

    assert GRANTED.get(id=informant.pk).is_granted
    assert not GRANTED.get(id=stranger.pk).is_granted


def test_a_reading_is_one_statement_and_its_words_are_in_the_log(informant):
    for _each in range(3):
        with CaptureQueriesContext(connection) as asked:
            WITH_HOME.get(id=informant.pk)

        (statement,) = asked.captured_queries
        assert statement["sql"].startswith("SELECT")


def test_who_is_no_longer_active_is_nobody_at_once(client, informant):
    client.force_login(informant)
    assert client.get("/exams/").status_code == 200

    User.objects.filter(pk=informant.pk).update(is_active=False)

    assert client.get("/exams/").status_code == 302


def test_a_session_of_somebody_who_is_gone_is_nobodys(client):
    gone = UserFactory(role=None)
    client.force_login(gone)
    gone.delete()

    assert client.get("/exams/").status_code == 302
