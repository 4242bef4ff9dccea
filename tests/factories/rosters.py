"""People chosen and people in post."""

import factory

from divisions.scoping import at as placed_at
from rosters.models import Assignment

from .accounts import UserFactory
from .certificates import CertificateFactory


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
