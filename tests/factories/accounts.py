"""People, with a role in a division if one is named."""

from datetime import date

import factory

from accounts.models import Grant, User
from divisions.scoping import at as placed_at

PASSWORD = "correct horse battery"
LONG_AGO = date(2016, 1, 1)


class UserFactory(factory.django.DjangoModelFactory):
    """``UserFactory(role=Role.TRAINER, at=division)``; sign in with ``PASSWORD``."""

    class Meta:
        model = User

    phone = factory.Sequence(lambda n: f"140{n:08d}")
    real_name = factory.Sequence(lambda n: f"演示人员{n}")

    @classmethod
    def _create(cls, model_class, *args, role=None, at=None, **kwargs):
        if at:
            kwargs = {"home_division": at, "home_code": at.code} | kwargs
        kwargs.setdefault("password", PASSWORD)
        user = model_class.objects.create_user(*args, **kwargs)
        if role:
            Grant.objects.create(user=user, role=role, since=LONG_AGO, **placed_at(at))
        return user
