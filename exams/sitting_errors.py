"""What ``exams`` turns down about how a sitting is held and what it keeps back."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused

from .errors import KeysHeld


class KeysHeldUntil(KeysHeld):
    message = _(
        "The right answers are held until %(ends)s or a little longer: until then "
        "others can still sit with the same questions."
    )


class KeysHeldWhileSitting(KeysHeld):
    message = _(
        "You are sitting an exam now. The right answers are shown when you have handed "
        "it in."
    )


class AlreadyAnnounced(Refused):
    code = "already-announced"
    message = _(
        "A sitting with this title is announced for then already, and held otherwise. "
        "Withdraw it first, or give this one another title."
    )


class SittingStarted(Refused):
    code = "sitting-started"
    message = _(
        "Somebody has started, so the sitting is not withdrawn any more. Close it "
        "early instead."
    )


class Withdrawn(Refused):
    code = "sitting-withdrawn"
    message = _("This sitting was withdrawn: %(reason)s")


class NoPlace(Refused):
    code = "no-place"
    message = _("Say where: the sitting is held at a place.")


class OwnSitting(Refused):
    code = "own-sitting"
    message = _(
        "You have sat this exam yourself. Somebody else has to move its time or its "
        "marks."
    )


class OwnSittingAhead(OwnSitting):
    message = _(
        "You are to sit this exam yourself. Somebody else has to move its time."
    )


class TimeMoved(Refused):
    code = "time-moved"
    message = _(
        "You have moved the time of this exam, so you do not sit it. Sit another one."
    )


class OwnTime(Refused):
    code = "own-time"
    message = _("Nobody gives extra time to themselves. Ask a colleague.")


class ClosedAbove(Refused):
    code = "closed-above"
    message = _(
        "This sitting was closed early. Only the office that holds it can give time "
        "after that."
    )


class GroundFrozen(Refused):
    code = "ground-frozen"
    message = _("Somebody has started; what the pass mark rests on stays as it is.")


class QuestionsUnjudged(Refused):
    code = "questions-unjudged"
    message = _(
        "The panel judged another release. Name exactly the questions of this sitting "
        "that it did not judge: %(codes)s"
    )
