"""What ``certificates`` turns down."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotEarned(Refused):
    """Carries every condition that is not met, in the order of the Measures."""

    code = "not-earned"
    message = _("%(person)s has not earned the post certificate yet: %(reasons)s.")

    def __init__(self, *, person, missing: tuple[Refused, ...]) -> None:
        self.missing = missing
        reasons = _("; ").join(str(each) for each in missing)
        super().__init__(person=person, reasons=reasons)


class TrainedBeforeChosen(Refused):
    code = "trained-before-chosen"
    message = _(
        "training was complete on %(trained)s already, before the choice of "
        "%(chosen)s; if the office's document is older, the office enters the choice "
        "anew with the document's date"
    )


class NotPassed(Refused):
    code = "not-passed"
    message = _("exam not passed")


class AlreadyCertified(Refused):
    code = "already-certified"
    message = _(
        "certificate %(number)s is in force; an exam passed from %(since)s on renews it"
    )


class StillSuspended(Refused):
    code = "still-suspended"
    message = _(
        "certificate %(number)s is suspended; nothing is issued before the office "
        "lifts the suspension"
    )


class NoIssuingOffice(Refused):
    code = "no-issuing-office"
    message = _(
        "No office can issue this certificate: the person has no home division. "
        "The office that keeps the account must enter it first."
    )


class AlreadyExpired(Refused):
    code = "already-expired"
    message = _("This certificate has expired already; it cannot be revoked.")


class ReasonMissing(Refused):
    code = "reason-missing"
    message = _("A certificate is revoked with a reason. Write it down.")


class NotYourCertificate(Refused):
    code = "not-your-certificate"
    message = _(
        "Only the county or city office above the holder's home division may revoke "
        "this certificate."
    )


class OwnRevocation(Refused):
    code = "own-revocation"
    message = _(
        "You revoked this certificate. No office stands above yours, so somebody else "
        "of your office answers the appeal."
    )


class HeardElsewhere(Refused):
    code = "heard-elsewhere"
    message = _(
        "An appeal is answered by the office above the one that revoked: %(office)s."
    )


class GlyphMissing(Refused):
    code = "glyph-missing"
    message = _(
        "The certificate cannot be printed: the font has no glyph for %(characters)s. "
        "Tell the administrator; the certificate itself stays valid."
    )


class WrongLevelToChoose(Refused):
    code = "wrong-level-to-choose"
    message = _("People are chosen by the office of a city or county.")


class PersonElsewhere(Refused):
    code = "person-elsewhere"
    message = _("%(person)s does not live in %(division)s.")


class BasisMissing(Refused):
    code = "basis-missing"
    message = _(
        "Write down the basis of the choice, for example the document's number."
    )


class NotChosen(Refused):
    code = "not-chosen"
    message = _("not chosen yet by the city or county office")


class NotTrained(Refused):
    code = "not-trained"
    message = _("training not complete")


class NotRelearned(Refused):
    code = "not-relearned"
    message = _(
        "lessons of the refresher not opened since the office called: %(lessons)s"
    )


class NotTheirOffice(Refused):
    code = "wrong-office"
    message = _("People are chosen by the office of %(division)s itself.")


class WithdrawnTooEarly(Refused):
    code = "too-early"
    message = _("A choice cannot be withdrawn before it was made, on %(since)s.")


class NotTheSittingsOffice(Refused):
    code = "not-the-sittings-office"
    message = _(
        "Certificates for a whole sitting are ordered by the county, city or region "
        "office in whose division it was held."
    )


class NothingToPrint(Refused):
    code = "nothing-to-print"
    message = _("Nobody has passed this sitting yet.")


class BatchOver(Refused):
    code = "batch-over"
    message = _("This order was cancelled, or a newer one is open. Order it anew.")


class BatchOpen(Refused):
    code = "batch-open"
    message = _("This order is still being worked on. Wait until it is finished.")


class NotInForce(Refused):
    code = "not-in-force"
    message = _("This certificate is not in force; nothing can be done with it.")


class NothingToCorrect(Refused):
    code = "nothing-to-correct"
    message = _(
        "The certificate says what the account says: name and ID number are the same. "
        "The office that keeps the account must enter the change first."
    )


class NotRevoked(Refused):
    code = "not-revoked"
    message = _("Only a revoked certificate can be appealed for, by its holder.")


class NotYourDecision(Refused):
    code = "not-your-decision"
    message = _(
        "Whether %(person)s needs a refresher is decided by the county, city or region "
        "office above, and never by the holder."
    )


class NotDue(Refused):
    code = "not-due"
    message = _(
        "Certificate %(number)s is not due: it was examined under the edition in "
        "force, nothing that its holder was examined on has changed, it is renewed "
        "already or not in force."
    )


class DeadlineMissing(Refused):
    code = "deadline-missing"
    message = _("Name the day by which the refresher is to be done, after today.")


class DecisionUnreasoned(Refused):
    code = "decision-unreasoned"
    message = _("Write down why this is decided; the holder reads it.")


class NoDecision(Refused):
    code = "no-decision"
    message = _("Nothing has been decided about this certificate yet.")


class NoAppeal(Refused):
    code = "no-appeal"
    message = _("No appeal waits for an answer.")


class FieldUnclosed(Refused):
    code = "field-unclosed"
    message = _(
        "A brace without its other half: “%(place)s”. A field is its name in braces; "
        "these exist: %(known)s"
    )


class FieldUnknown(Refused):
    code = "field-unknown"
    message = _("There is no field {%(name)s}. These exist: %(known)s")


class WordsTooLong(Refused):
    code = "words-too-long"
    message = _(
        "The words do not fit on the sheet when the holder, the place and the exam "
        "have long names. Shorten them."
    )


class WordsUnprintable(Refused):
    code = "words-unprintable"
    message = _(
        "The font of the certificates has no glyph for %(characters)s. Write it "
        "otherwise."
    )


class PaperTooBig(Refused):
    code = "paper-too-big"
    message = _("The file is larger than %(megabytes)s MB; no certificate is.")


class PictureTooBig(Refused):
    code = "picture-too-big"
    message = _("The picture is larger than %(megabytes)s MB.")


class PictureTooLarge(Refused):
    code = "picture-too-large"
    message = _("The picture has more than %(most)s dots on a side. Make it smaller.")


class PictureTooSmall(Refused):
    code = "picture-too-small"
    message = _(
        "The picture has fewer than %(fewest)s dots on a side; it would be blurred on "
        "paper."
    )


class PictureUnreadable(Refused):
    code = "picture-unreadable"
    message = _("This is not a picture that can be read. PNG and JPEG are taken.")


class DrawingUnreadable(Refused):
    code = "drawing-unreadable"
    message = _(
        "This drawing cannot be printed. Export it as plain SVG, without a DOCTYPE "
        "line and with few parts, or as PNG."
    )


class PictureActive(Refused):
    code = "picture-active"
    message = _(
        "The drawing holds %(what)s. Taken are lines and areas alone: no scripts, no "
        "letters, no other files. Turn letters into paths."
    )


class NotTheRegion(Refused):
    code = "not-the-region"
    message = _("The period of validity is set by the region's office.")


class ReasonForValidityMissing(Refused):
    code = "reason-for-validity-missing"
    message = _("Write down why the period is changed.")


class NotYourPhoto(Refused):
    code = "not-your-photo"
    message = _("A photo is given by the person, or by the office that keeps them.")


class PictureLost(Refused):
    code = "picture-lost"
    message = _(
        "A picture of the template that this certificate was issued with cannot be "
        "found. Tell the administrator; the certificate itself stays valid."
    )


class PhotoLost(Refused):
    code = "photo-lost"
    message = _(
        "The photo that this certificate was issued with cannot be found. Tell the "
        "administrator; the certificate itself stays valid."
    )


class SheetsAmiss(Refused):
    code = "sheets-amiss"
    message = _(
        "A certificate takes more than one sheet, so the whole was not bound. Tell the "
        "administrator; each certificate's own PDF is there."
    )


class NotMade(Refused):
    code = "not-made"
    message = _(
        "Something broke while it was made. Order it again; if it breaks again, tell "
        "the administrator, who finds why in the log."
    )


class Broken(Refused):
    code = "unexpected"
    message = _(
        "Something broke while it was made. Try it again; if it breaks again, tell the "
        "administrator, who finds why in the log."
    )
