"""What a person has no longer, and should hear of first."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from certificates.models import Certificate


def certificate_taken(person: User, *, on: date) -> Certificate | None:
    """Return the latest certificate that an office revoked or suspended, while the
    person has no other that is good."""
    own = Certificate.objects.filter(holder=person)
    latest = own.taken(on).order_by("issued_on", "pk").last()
    return None if latest and own.valid(on).exists() else latest
