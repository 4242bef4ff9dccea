"""What ``rosters`` turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class WrongOffice(Refused):
    code = "wrong-office"
    message = _(
        "This belongs to the city or county office whose division contains "
        "%(division)s."
    )


class NotCertified(Refused):
    code = "not-certified"
    message = _("no post certificate valid on that day")


class AlreadyInPost(Refused):
    code = "already-in-post"
    message = _("serves in %(division)s already")


class NotReady(Refused):
    """Carries every condition that is not met, in the order of the Measures."""

    code = "not-ready"
    message = _("%(person)s cannot be assigned: %(reasons)s.")

    def __init__(self, *, person, missing: list[Refused]) -> None:
        self.missing = tuple(missing)
        reasons = _("; ").join(str(each) for each in missing)
        super().__init__(person=person, reasons=reasons)


class NoPost(Refused):
    code = "no-post"
    message = _(
        "%(division)s has no post: the Measures require one only where there are "
        "alleviation tasks, and none of the region itself."
    )


class SeatTaken(Refused):
    code = "seat-taken"
    message = _(
        "Every required seat of %(division)s is taken on that day or promised to "
        "somebody from a later one; to put somebody there besides, say so."
    )


class NoMoreSeats(Refused):
    code = "no-more-seats"
    message = _("%(division)s has %(maximum)s seats and no more, and all are taken.")


class CoverTooLong(Refused):
    code = "cover-too-long"
    message = _("A cover ends after it begins, and after %(months)s months at most.")


class ActsElsewhere(Refused):
    code = "acts-elsewhere"
    message = _("acts in %(division)s in that time already")


class TooEarly(Refused):
    code = "too-early"
    message = _("This cannot end before it began, on %(since)s.")


class EndStands(Refused):
    code = "end-stands"
    message = _(
        "This ends on %(until)s already and cannot be changed: a past last day stands, "
        "and a cover is not lengthened."
    )


class ServesFrom(Refused):
    code = "serves-from"
    message = _(
        "%(person)s serves in %(division)s from %(since)s; choose a day up to then."
    )


class ServedUntil(Refused):
    code = "served-until"
    message = _(
        "%(person)s served elsewhere until %(until)s; choose a day from then on."
    )


class BeyondCity(Refused):
    code = "beyond-city"
    message = _("%(division)s lies outside the city in which %(person)s lives.")


class NothingToWrite(Refused):
    code = "nothing-to-write"
    message = _("There is nothing in this file that could be written.")


class OutcomeChanged(Refused):
    code = "outcome-changed"
    message = _(
        "Something has changed since the preview was made, and nothing was written. "
        "Look at the new preview and confirm again."
    )


class RowsRefused(Refused):
    code = "rows-refused"
    message = _(
        "Refused rows: %(number)s. Nothing was written; mend them, or take in the "
        "other rows alone."
    )


class PeriodUpsideDown(Refused):
    code = "period-upside-down"
    message = _("A period ends after it begins.")


class PeriodTooLong(Refused):
    code = "period-too-long"
    message = _("Five years at most are appraised at once.")


class ObjectionEmpty(Refused):
    code = "objection-empty"
    message = _("Write down what is wrong.")


class ObjectionOpen(Refused):
    code = "objection-open"
    message = _("Your earlier objection about this period waits for its answer.")


class NeverInPost(Refused):
    code = "never-in-post"
    message = _("You held no post in this period.")


class AnswerMissing(Refused):
    code = "answer-missing"
    message = _("Write down the answer and its reason.")
