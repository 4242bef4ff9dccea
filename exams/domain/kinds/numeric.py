"""A calculation: a number counts when it lies within the tolerance of the right one.

The key is the number as text; the unit may be left out, and full-width digits and
Chinese numerals are read as well.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from core.workbooks.signs import plain_number
from exams.domain.reckoning import number_in

from .asking import ALL, NOTHING, Asking


class Numeric(Asking):
    form = "exams/answers/number.html"

    def read(self, row):
        said = super().read(row)
        return said | {"answer": plain_number(said["answer"])}

    def faults(self, content):
        try:
            exact, tolerance = Decimal(content.answer), Decimal(content.tolerance)
        except (InvalidOperation, TypeError, ValueError):
            yield _("the right answer and its tolerance are numbers")
        else:
            if not exact.is_finite() or not tolerance.is_finite() or tolerance < 0:
                yield _("the right answer is a number, its tolerance not below zero")

    def share(self, question, version, value):
        number = number_in(str(value), unit=version.unit)
        if value is None or number is None:
            return NOTHING
        off = abs(number - Decimal(version.answer))
        return ALL if off <= Decimal(version.tolerance) else NOTHING

    def right(self, question, version):
        return str(version.answer)

    def words(self, question, version, value):
        """A candidate may have typed the unit already."""
        if value is None:
            return ""
        text, unit = str(value), version.unit
        return text if not unit or text.endswith(unit) else f"{text} {unit}"
