"""Those who write and review; the admin is open to them."""

import pytest
from django.utils import timezone

from accounts.domain.granting import sync_admin_access
from accounts.enums import Role
from exams.domain.authoring import open_bank_to_trainers
from tests.factories.accounts import UserFactory


@pytest.fixture
def author(trainer, client):
    open_bank_to_trainers()
    client.force_login(trainer)
    return admitted(trainer)


@pytest.fixture
def colleague(author, napo):
    return admitted(UserFactory(role=Role.TRAINER, at=napo.region))


@pytest.fixture
def administrator(administrator):
    return admitted(administrator)


def admitted(person):
    sync_admin_access(person, on=timezone.localdate())
    return person
