"""What is turned down of drafts of questions."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class CodeTaken(Refused):
    code = "code-taken"
    message = _("The bank has a question %(code)s already. Give this one another code.")


class DraftOpen(Refused):
    code = "draft-open"
    message = _(
        "%(author)s has a draft of %(code)s open. A question has one draft at a time. "
        "Ask them to hand it in or to discard it."
    )


class NotTheAuthor(Refused):
    code = "not-the-author"
    message = _(
        "Only its author writes in a draft. Ask them, or return it to them with your "
        "reason when it is in review."
    )


class OwnDraft(Refused):
    code = "own-draft"
    message = _(
        "You wrote this draft; another trainer or the administrator reviews it."
    )


class DraftMoved(Refused):
    code = "draft-moved"
    message = _("The draft has been written to since you opened it. Look at it again.")


class DraftInAnotherState(Refused):
    code = "draft-in-another-state"
    message = _(
        "Nothing was done: the draft of %(code)s is now “%(state)s”. Look at its page "
        "for what can be done with it."
    )


class DraftChangesNothing(Refused):
    code = "draft-changes-nothing"
    message = _(
        "The draft says what %(code)s says already. Change something, or discard it."
    )


class DraftOvertaken(Refused):
    code = "draft-overtaken"
    message = _(
        "%(code)s has been changed since this draft was begun. Its author first sets "
        "the draft beside what the question says now."
    )


class DrawnOtherwise(Refused):
    code = "drawn-otherwise"
    message = _(
        "The number of %(code)s draws another household today than the draft keeps. "
        "Both stand on its page; its author first keeps the one of today."
    )


class CannotBeKept(Refused):
    code = "cannot-be-kept"
    message = _("Nothing is saved yet: %(fault)s.")
