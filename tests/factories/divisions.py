"""Divisions: name a code and its level follows."""

import factory

from divisions.enums import LEVEL_OF_LENGTH
from divisions.models import Division


class DivisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Division
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"4510261002{n:02d}")
    name = factory.LazyAttribute(lambda o: f"地{o.code}")
    full_name = factory.LazyAttribute(lambda o: o.name)
    level = factory.LazyAttribute(lambda o: LEVEL_OF_LENGTH[len(o.code)])
    is_committee = factory.LazyAttribute(lambda o: len(o.code) == 12)
