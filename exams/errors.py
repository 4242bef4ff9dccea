"""What ``exams`` turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class BadQuestion(Refused):
    code = "bad-question"
    message = _("The question %(code)s is not well formed: %(fault)s")


class SameKey(Refused):
    code = "same-key"
    message = _("This is the key already.")


class KeyEdited(Refused):
    code = "key-edited"
    message = _(
        "%(code)s has been released: its key is not edited but revised, with the "
        "reason, so that papers marked by it can be marked anew."
    )


class StaleQuestions(Refused):
    code = "stale-questions"
    message = _(
        "What these questions cite has changed since they were written: %(codes)s. "
        "Confirm or rewrite them first."
    )


class NothingToRegrade(Refused):
    code = "nothing-to-regrade"
    message = _("Every marked paper there is marked by this key already.")


class KeySuperseded(Refused):
    code = "key-superseded"
    message = _("This key has been revised since. Propose a regrade by the newest.")


class SamePerson(Refused):
    code = "same-person"
    message = _("You proposed this regrade; another person has to confirm it.")


class RegradeMoved(Refused):
    code = "regrade-moved"
    message = _("The outcome has changed since you saw it. Look at it again.")


class RegradeOver(Refused):
    code = "regrade-over"
    message = _("This regrade is confirmed or withdrawn already.")


class NotYours(Refused):
    code = "not-yours"
    message = _("Appeals are made by the candidate and decided by somebody else.")


class NoSuchQuestion(Refused):
    code = "no-such-question"
    message = _("The paper has no such question.")


class AppealTooLate(Refused):
    code = "appeal-too-late"
    message = _("Appeals to this paper could be made until %(ends)s.")


class EmptyRelease(Refused):
    code = "empty-release"
    message = _("There is no question to release. Load or write some first.")


class MixedEditions(Refused):
    code = "mixed-editions"
    message = _("A release keeps to one edition of the rules; choose: %(editions)s.")


class NothingToTeach(Refused):
    code = "nothing-to-teach"
    message = _("No lesson teaches what too few of this county's people know.")


class ReleaseMoved(Refused):
    code = "release-moved"
    message = _("The bank has changed since you looked. Look at it again and sign.")


class CellShort(Refused):
    code = "cell-short"
    message = _(
        "The bank has too few questions for this part of the paper: %(cell)s. "
        "It needs %(needed)s, there are %(available)s to share with the other parts."
    )


class TooFewApart(Refused):
    code = "too-few-apart"
    message = _(
        "The parts of the paper cannot all be filled: too many of the questions for "
        "them must not stand in one paper."
    )


class Tangled(Refused):
    code = "tangled"
    message = _(
        "Too many questions must not stand beside too many others: no paper was found "
        "in the time there is. Keep fewer apart, or ask for fewer questions."
    )


class NotTwoQuestions(Refused):
    code = "not-two-questions"
    message = _("A question is kept apart from another one, not from itself.")


class BadWindow(Refused):
    code = "bad-window"
    message = _("The sitting must close after it opens.")


class TooShort(Refused):
    code = "window-shorter-than-exam"
    message = _("The sitting is open for less than the %(minutes)s minutes allowed.")


class NotEligible(Refused):
    code = "not-eligible"
    message = _("This sitting is held for another place. Ask your county office.")


class NotOpenYet(Refused):
    code = "not-open-yet"
    message = _("This sitting opens on %(opens)s. Come back then.")


class Closed(Refused):
    code = "sitting-closed"
    message = _(
        "This sitting closed on %(closes)s. Ask your county office for another."
    )


class NoAttemptLeft(Refused):
    code = "no-attempt-left"
    message = _("You have used all %(allowed)s attempts of this sitting.")


class AlreadyPassed(Refused):
    code = "already-passed"
    message = _("You have passed this sitting already.")


class PathUnfinished(Refused):
    code = "path-unfinished"
    message = _("Finish the lessons of your learning path first, then take the exam.")


class TimeUp(Refused):
    code = "time-up"
    message = _("The time was up; this answer came too late and was not taken.")


class AttemptFinished(Refused):
    code = "attempt-finished"
    message = _("This attempt is handed in; its answers no longer change.")


class NotAnAnswer(Refused):
    code = "not-an-answer"
    message = _("This is no answer to question %(number)s of the paper.")


class StillOpen(Refused):
    code = "still-open"
    message = _("The result is shown when the attempt has been handed in.")


class StillCounting(Refused):
    code = "still-counting"
    message = _("Attempts are being counted just now. Try again in a minute.")


class OwnScript(Refused):
    code = "own-script"
    message = _("Nobody marks an answer of their own.")


class ScriptSettled(Refused):
    code = "script-settled"
    message = _("This answer has been marked by enough people.")


class NotAMark(Refused):
    code = "not-a-mark"
    message = _("Give from 0 to %(most)s points, with two decimal places at most.")


class BeingMarked(Refused):
    code = "being-marked"
    message = _(
        "Your short answers are being marked by people. The result is shown when all "
        "are marked."
    )


class KeysHeld(Refused):
    code = "keys-held"
    message = _("The right answers are shown when nobody can sit any more.")


class ResultsHeld(Refused):
    code = "results-held"
    message = _("The results of this sitting are not published yet.")


class ResultsTooEarly(Refused):
    code = "results-too-early"
    message = _("Results are published when nobody can sit any more.")


class NotListed(Refused):
    code = "not-listed"
    message = _("This sitting is open to everybody of its place and has no list.")


class NobodyToAdmit(Refused):
    code = "nobody-to-admit"
    message = _("Nobody there holds this role.")


class AlreadyStarted(Refused):
    code = "already-started"
    message = _("This person has started and stays on the list.")


class WrongCode(Refused):
    code = "wrong-code"
    message = _("This is not the code of your ticket. Your office can tell you.")


class TooManyCodes(Refused):
    code = "too-many-codes"
    message = _(
        "You have typed too many wrong codes. Look at your ticket, and try again at "
        "%(again)s."
    )


class TooManyCodesHere(Refused):
    code = "too-many-codes-here"
    message = _(
        "Too many wrong codes have come from this network. Try again at %(again)s, or "
        "from a network of your own."
    )


class CodesNeedAList(Refused):
    code = "codes-need-a-list"
    message = _("Ticket codes are asked only where a list says who may sit.")


class RefresherUnfinished(Refused):
    code = "refresher-unfinished"
    message = _(
        "Before you try again, work through these lessons once more: %(lessons)s."
    )


class CoolingDown(Refused):
    code = "cooling-down"
    message = _("You may try again from %(again)s on.")


class BadMinutes(Refused):
    code = "bad-minutes"
    message = _("Give between %(least)s and %(most)s minutes.")


class NothingToMove(Refused):
    code = "nothing-to-move"
    message = _("The sitting is over and nobody is answering any more.")


class NotBegun(Refused):
    code = "not-begun"
    message = _("The sitting has not opened yet, so it cannot be closed early.")


class NoReason(Refused):
    code = "no-reason"
    message = _("Say why; it stays on record.")


class BadPercent(Refused):
    code = "bad-percent"
    message = _("Extra time is between 1 and 200 per cent.")


class TooFewJudges(Refused):
    code = "too-few-judges"
    message = _("A panel needs two judges or more.")


class NothingToJudge(Refused):
    code = "nothing-to-judge"
    message = _("The blueprint asks for a kind of question that the release lacks.")


class PanelClosed(Refused):
    code = "panel-closed"
    message = _("The panel is closed; its ratings stand.")


class NotAJudge(Refused):
    code = "not-a-judge"
    message = _("Only the panel's judges rate its questions.")


class NotARating(Refused):
    code = "not-a-rating"
    message = _(
        "A rating is a whole number from 0 to 100, for a question of the panel."
    )


class RatingsMissing(Refused):
    code = "ratings-missing"
    message = _("%(count)s questions have not been rated by every judge yet.")


class NoReasons(Refused):
    code = "no-reasons"
    message = _("Write down why the pass mark is set there.")


class GroundDiffers(Refused):
    code = "ground-differs"
    message = _("The panel judged another blueprint, or set another pass mark.")


class NotLate(Refused):
    code = "not-late"
    message = _("The attempt is still running: its answers go up by themselves.")


class TooLate(Refused):
    code = "too-late"
    message = _(
        "Late answers are kept for %(hours)s hours after the end; that time is over."
    )


class NotAnAnswersFile(Refused):
    code = "not-an-answers-file"
    message = _("This is no file of answers from an exam room.")


class BadSeal(Refused):
    code = "bad-seal"
    message = _(
        "The seal of the file is not right: it was changed on the way, or it is not "
        "from this site. Ask the candidate to save it again from the exam room."
    )


class NoSuchAttempt(Refused):
    code = "no-such-attempt"
    message = _("The file is of no attempt of your people in this sitting.")


class NothingLate(Refused):
    code = "nothing-late"
    message = _("There is no late answer to decide about.")


class NotMarkedYet(Refused):
    code = "not-marked-yet"
    message = _("The attempt is not marked yet. Decide when it is.")


class WouldTakeAPass(Refused):
    code = "would-take-a-pass"
    message = _(
        "With these answers the candidate, who has passed, would not have. "
        "Late answers take no pass away; decline them."
    )
