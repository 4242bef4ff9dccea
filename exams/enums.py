"""What a question can be, and the states of an attempt."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    POLICY = "policy", _("Policy")
    ENTRY = "entry", _("Collection and entry")
    SYSTEM = "system", _("System operation")


class Kind(TextChoices):
    """How a question is answered; a paper shows the kinds in this order."""

    JUDGE = "judge", _("True or false")
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    NUMERIC = "numeric", _("Calculation")
    BLANK = "blank", _("Fill in the blank")
    ORDERING = "ordering", _("Putting in order")
    MATCHING = "matching", _("Finding pairs")
    CASE = "case", _("Case with several questions")
    LEDGER = "ledger", _("Ledger task")
    SHORT = "short", _("Short answer")


CHOSEN = frozenset({Kind.JUDGE, Kind.SINGLE, Kind.MULTIPLE})
ONE_CHOICE = frozenset({Kind.JUDGE, Kind.SINGLE})
# True stays above false: moving them would only confuse.
SHUFFLED = frozenset({Kind.SINGLE, Kind.MULTIPLE})
# Questions with questions within: what is typed for them is a notation.
NESTED = frozenset({Kind.CASE, Kind.LEDGER})


class Attested(TextChoices):
    """How well what a question says is grounded."""

    SOURCE = "source", _("From the published interpretation")
    PUBLIC = "public", _("From other public documents")
    ASSUMED = "assumed", _("Inferred by this platform")


class DraftState(TextChoices):
    """Where a draft of a question is on its way to a version."""

    WRITTEN = "written", _("Being written")
    IN_REVIEW = "in-review", _("In review")
    RETURNED = "returned", _("Returned to its author")
    APPROVED = "approved", _("Approved")
    DISCARDED = "discarded", _("Discarded")


OPEN_DRAFTS = (DraftState.WRITTEN, DraftState.IN_REVIEW, DraftState.RETURNED)
WRITABLE_DRAFTS = (DraftState.WRITTEN, DraftState.RETURNED)


class Standing(TextChoices):
    """How a question of the bank stands; one may stand in several ways."""

    DRAFTED = "drafted", _("A draft is being written")
    IN_REVIEW = "in-review", _("A draft is in review")
    RELEASED = "released", _("In the latest release")
    WAITING = "waiting", _("Changed since the latest release")
    STALE = "stale", _("Its sections have changed")
    RETIRED = "retired", _("Out of use")


class LeftOut(TextChoices):
    """Why a question does not enter a release."""

    RETIRED = "retired", _("Out of use")
    OTHER_EDITION = "other-edition", _("Written for another edition")
    STALE = "stale", _("Its sections have changed, and nobody has confirmed it")


class State(TextChoices):
    """An attempt moves down this list and never back."""

    OPEN = "open", _("In progress")
    SUBMITTED = "submitted", _("Handed in")
    MARKED = "marked", _("Marked")


class FinishReason(TextChoices):
    HANDED_IN = "handed-in", _("Handed in by the candidate")
    TIME_UP = "time-up", _("Handed in when the time was up")


class KeysShown(TextChoices):
    """When a candidate may read the keys; never before the score."""

    AT_ONCE = "at-once", _("As soon as the paper is handed in")
    AFTER_CLOSE = "after-close", _("When nobody can sit any more")


class ResultsShown(TextChoices):
    """When candidates learn their scores, and those who passed earn what follows."""

    AT_ONCE = "at-once", _("As soon as the paper is handed in")
    AFTER_CLOSE = "after-close", _("When nobody can sit any more")
    BY_OFFICE = "by-office", _("When the office publishes them")


class Held(TextChoices):
    """Where candidates sit."""

    ONLINE = "online", _("Online")
    AT_PLACE = "at-place", _("At a place")


class Admits(TextChoices):
    """Who finds a sitting."""

    DIVISION = "division", _("Everybody of the place")
    LISTED = "listed", _("Only those on its list")


class KeyRule(TextChoices):
    """What a revised key does with those who answered otherwise."""

    ONLY = "only", _("Only the new answer counts")
    ALSO = "also", _("The former answer counts as well")
    ALL = "all", _("Everybody gets all points of the question")


class Decision(TextChoices):
    """What becomes of an appeal."""

    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")


class InterventionKind(TextChoices):
    """What those who oversee a sitting do to it while it runs."""

    EXTENDED = "extended", _("Time extended")
    CLOSED = "closed", _("Closed early")
    TOLD = "told", _("Message to candidates")
    NOTED = "noted", _("Incident noted")


class RoomEventKind(TextChoices):
    OPENED = "opened", _("Room opened")
    AWAY = "away", _("Page left and come back to")


class LateWay(TextChoices):
    """How an answer came that was not there when the time was up."""

    NETWORK = "network", _("Sent by the device when the network was back")
    FILE = "file", _("Brought to the office in a file")
