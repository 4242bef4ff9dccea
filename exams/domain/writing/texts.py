"""What is written as one text or as lines: numbers, accepted answers, steps, guides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from core.workbooks.signs import plain_number
from exams.domain.draft_refusals import CannotBeKept
from exams.domain.kinds.asking import places_in
from exams.models import ItemVersion

from .laying import Fields, Typed, first, lines_of

UNIT = ItemVersion._meta.get_field("unit")
TOLERANCE = ItemVersion._meta.get_field("tolerance")


class TextFields(Fields):
    """One text: the guide of a short answer."""

    form = "exams/writing/guide.html"

    def laid_out(self, typed, prefix=""):
        return self.laid(prefix, text=typed.answer)

    def gathered(self, laid):
        return Typed(answer=laid.text)


class BlankFields(TextFields):
    """Accepted answers, one on each line."""

    form = "exams/writing/blank.html"

    def gathered(self, laid):
        return Typed(answer="\n".join(lines_of(laid.text)))


class StepFields(Fields):
    """Steps, one on each line, in their right order."""

    form = "exams/writing/steps.html"

    def laid_out(self, typed, prefix=""):
        places = places_in(typed.answer)
        steps, notes = list(typed.options), []
        if sorted(places) == list(range(len(steps))):
            steps = [steps[place] for place in places]
        elif places:
            words = _("The key “%(key)s” does not order these steps. Order the lines.")
            notes.append(words % {"key": typed.answer})
        return self.laid(prefix, text="\n".join(steps), notes=tuple(notes))

    def gathered(self, laid):
        return Typed(options=lines_of(laid.text))


class SeedFields(Fields):
    """The number of a simulated household; the Measures give the key."""

    form = "exams/writing/seed.html"

    def laid_out(self, typed, prefix=""):
        return self.laid(prefix, text="".join(typed.options[:1]))

    def gathered(self, laid):
        return Typed(options=lines_of(laid.text)[:1])


class NumberFields(Fields):
    """A number, how far off one may be, and what is counted in."""

    form = "exams/writing/number.html"

    def laid_out(self, typed, prefix=""):
        return self.laid(
            prefix, text=typed.answer, tolerance=typed.tolerance, unit=typed.unit
        )

    def posted(self, texts, prefix=""):
        return replace(
            super().posted(texts, prefix),
            tolerance=first(texts(f"{prefix}tolerance")),
            unit=first(texts(f"{prefix}unit")),
        )

    def gathered(self, laid):
        if len(laid.unit) > UNIT.max_length:
            raise CannotBeKept(fault=_("its unit is too long"))
        return Typed((), laid.text, tolerance_in(laid.tolerance), laid.unit)


def tolerance_in(text: str) -> str:
    """Return the tolerance as a version keeps it, or refuse what none can keep."""
    try:
        number = Decimal(text or "0")
        fits = number.is_finite() and not number.is_signed() and is_short(number)
    except InvalidOperation:
        fits = False
    if not fits:
        words = _("the tolerance “%(text)s” is no number of up to 6 decimals from 0 on")
        raise CannotBeKept(fault=words % {"text": text})
    return plain_number(number)


def is_short(number: Decimal) -> bool:
    _sign, digits, exponent = number.as_tuple()
    before = max(len(digits) + exponent, 0)
    places = TOLERANCE.decimal_places
    return -exponent <= places and before <= TOLERANCE.max_digits - places
