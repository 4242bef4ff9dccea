"""Who may sit, follow and hold exams."""

from accounts.enums import Role
from accounts.models import User
from divisions.models import Division
from exams.enums import Admits

from .models import OVERSEERS, Attempt, ItemDraft, ItemVersion, Sitting, places_of

SCHEDULERS = OVERSEERS
AUTHORS = (Role.TRAINER, Role.ADMINISTRATOR)


def can_sit(user: User, sitting: Sitting) -> bool:
    """Those on its list; without a list the people of its place, who are at home
    there or serve there."""
    if sitting.admits == Admits.LISTED:
        return sitting.admissions.filter(person=user).exists()
    return any(place.startswith(sitting.division_code) for place in places_of(user))


def can_oversee(user: User) -> bool:
    """Trainers and the offices from the county up follow sittings."""
    return user.holds(*OVERSEERS)


def can_schedule(user: User, division: Division) -> bool:
    """They hold them for their own divisions."""
    return user.holds(*SCHEDULERS, at=division.code)


def can_accommodate(user: User, person: User) -> bool:
    """They give extra time to the people at home in their own divisions."""
    return user.holds(*OVERSEERS, at=person.home_code)


def can_ask_to_reread(user: User, county: Division) -> bool:
    """They have lessons read again by the people of their own counties."""
    return user.holds(*OVERSEERS, at=county.code)


def can_author(user: User) -> bool:
    return user.holds(*AUTHORS)


def is_sitting(user: User) -> bool:
    """Whoever sits an exam now reads no keys, whatever their roles."""
    return Attempt.objects.of(user).open().exists()


def may_read_keys(user: User) -> bool:
    """Authors read the bank with its keys."""
    return can_author(user) and not is_sitting(user)


def can_review(user: User, draft: ItemDraft) -> bool:
    """Whoever may write questions, the administrator among them, but never the
    draft's author: a bank with one trainer is reviewed by the administrator."""
    return can_author(user) and draft.author_id != user.pk


def can_discard(user: User, draft: ItemDraft) -> bool:
    """Its author; and the administrator, when an author is gone."""
    return draft.author_id == user.pk or user.holds(Role.ADMINISTRATOR)


def can_regrade(user: User, version: ItemVersion, sitting: Sitting | None) -> bool:
    """Those who oversee the whole of every sitting that is to be marked anew."""
    if sitting is not None:
        return user.holds(*OVERSEERS, at=sitting.division_code)
    drawn = Sitting.objects.filter(release__entries__version=version)
    codes = set(drawn.values_list("division_code", flat=True))
    return bool(codes) and all(user.holds(*OVERSEERS, at=code) for code in codes)
