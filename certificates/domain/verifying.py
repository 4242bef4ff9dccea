"""Answering a stranger who holds a paper."""

import re
from datetime import datetime

from django.utils.crypto import constant_time_compare

from certificates.models import Certificate
from certificates.numbering import normal_number
from certificates.trust.checking import check_pdf
from certificates.trust.codes import read_code
from certificates.trust.errors import ForeignPaper
from certificates.trust.screening import refuse_unless_ours
from core.prepared import Prepared

NUMBERED = Prepared(Certificate.objects.with_ever_suspended, "number")
# Compared with when there is no such number, so both answers take the same way.
NO_CODE = "*" * 10
# A signed PDF is called what it is, and then by its number.
NUMBER_IN_TITLE = re.compile(r"\d{6} \d{4} \d{5,} [0-9A-Z*]$")


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
        return NUMBERED.get(number=number)
    except Certificate.DoesNotExist:
        return None


def certificate_of_paper(content: bytes, *, at: datetime) -> Certificate | None:
    """Return the certificate whose signed PDF ``content`` is, as the authority made it.

    None if we signed it and know nothing of it any more. Raises ``NotSigned``,
    ``ForeignPaper``, ``AlteredPaper`` or ``AuthorityMissing``.
    """
    refuse_unless_ours(content)
    check = check_pdf(content, at=at)
    # Intact it is; the signer's own certificate may have run out.
    if not check.valid:
        raise ForeignPaper
    found = NUMBER_IN_TITLE.search(check.title)
    return numbered(normal_number(found[0])) if found else None
