"""Answering a stranger who holds a paper."""

from django.utils.crypto import constant_time_compare

from certificates.models import Certificate
from certificates.numbering import normal_number
from certificates.trust.codes import read_code

# Compared with when there is no such number, so both answers take the same way.
NO_CODE = "*" * 10


def verified_certificate(number: str, code: str) -> Certificate | None:
    """Return the certificate only to whoever knows its code as well.

    An unknown number and a wrong code answer alike.
    """
    found = numbered(normal_number(number))
    expected = found.verification_code if found else NO_CODE
    return found if constant_time_compare(normal_number(code), expected) else None


def signed_certificate(text: str) -> Certificate | None:
    """Return the certificate whose signed code ``text`` is.

    None if we signed it and know nothing of it any more. Raises what ``read_code``
    raises.
    """
    facts = read_code(text)
    found = numbered(facts.number)
    return found if found and facts.is_of(found.holder_name) else None


def numbered(number: str) -> Certificate | None:
    try:
        return Certificate.objects.get(number=number)
    except Certificate.DoesNotExist:
        return None
