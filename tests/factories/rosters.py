"""People chosen and people in post."""

from datetime import date

import factory

from divisions.scoping import at as placed_at
from rosters.models import Assignment, Selection

from .accounts import UserFactory
from .certificates import CertificateFactory

LONG_AGO = date(2016, 6, 1)


class SelectionFactory(factory.django.DjangoModelFactory):
    """``SelectionFactory(person=…, at=county)``: chosen long ago by that office."""

    class Meta:
        model = Selection

    person = factory.SubFactory(UserFactory)
    chosen_on = LONG_AGO
    chosen_by = factory.LazyFunction(lambda: UserFactory(real_name="县办干部"))
    basis = "那扶领办〔2016〕3号"

    @classmethod
    def _create(cls, model_class, *args, at, **kwargs):
        return super()._create(model_class, *args, **placed_at(at), **kwargs)


class AssignmentFactory(factory.django.DjangoModelFactory):
    """``AssignmentFactory(at=village)``: somebody from there, in post there with a
    valid certificate; ``certificate=`` names another one."""

    class Meta:
        model = Assignment

    assigned_by = factory.LazyFunction(lambda: UserFactory(real_name="县办干部"))

    @classmethod
    def _create(cls, model_class, *args, at, certificate=None, **kwargs):
        certificate = certificate or CertificateFactory(at=at)
        return super()._create(
            model_class,
            *args,
            certificate=certificate,
            **{"person": certificate.holder, "since": certificate.issued_on, **kwargs},
            **placed_at(at),
        )
