"""How long right answers are held back for those who still sit.

The same questions are asked in many sittings: the next shift, another county, a
second chance. So it is asked of every sitting whose release holds them, not of the
reader's own alone. What holds them is a sitting that is announced, open, or still
being answered, **and** that itself keeps its keys until nobody can sit any more. One
that is to come holds from ``AHEAD`` before it opens: the shifts of one exam lie within
days, and held for months nobody could appeal.

A sitting that shows its keys at once (a quiz after a lesson, one for practice that
stays open for a year) holds nobody else's: whoever hands it in reads them anyway, so
that nothing is left to protect. It is held back by the others instead, while they
run. A sitting that holds its keys and never ends would hold those of all the others
with its questions as long as it runs. That is wanted, and told: whoever announces a
sitting reads what overlaps (``warnings_about``), candidates read until when they
wait, and closing or withdrawing the sitting lets the keys go.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exams.enums import KeysShown
from exams.models import NETWORK_GRACE, Attempt, Release, ReleaseEntry, Sitting

# As long as appeals can be made, so that a sitting to come never takes the keys away
# within that time without putting its end off.
AHEAD = timedelta(days=15)
LAST_START = Coalesce("extended_until", "closes_at")


def answering(at: datetime) -> QuerySet[Attempt]:
    """The attempts that still have time; those that are due are over."""
    return Attempt.objects.open().filter(deadline_at__gt=at - NETWORK_GRACE)


def live(at: datetime) -> QuerySet[Sitting]:
    """The sittings that somebody can still start or is still answering."""
    still = Exists(answering(at).filter(sitting=OuterRef("pk")))
    return Sitting.objects.filter(Q(pk__in=Sitting.objects.starting(at)) | still)


def holding(at: datetime) -> QuerySet[Sitting]:
    """Of these, those that hold keys: their own, and those of others with the same
    questions."""
    soon = live(at).filter(opens_at__lte=at + AHEAD)
    return soon.filter(keys_shown=KeysShown.AFTER_CLOSE)


def releases_with(versions: Iterable[int] | QuerySet) -> QuerySet:
    return ReleaseEntry.objects.filter(version__in=versions).values("release")


def held_until(versions: Iterable[int] | QuerySet, *, at: datetime) -> datetime | None:
    """Return until when the keys of these versions are held, as far as is known now:
    running attempts may be given more time. None when nothing holds them."""
    sittings = holding(at).filter(release__in=releases_with(versions))
    last = sittings.aggregate(closes=Max(LAST_START))["closes"]
    if last is None:
        return None
    attempts = answering(at).filter(sitting__in=sittings.values("pk"))
    ends = attempts.aggregate(ends=Max("deadline_at"))["ends"]
    return max(filter(None, (last, ends)))


def keys_out_from(versions: Iterable[int] | QuerySet, *, own: datetime) -> datetime:
    """Return when the keys of these versions came out, or are to: ``own`` is when
    their sitting let them. A sitting that holds them from before the time for appeals
    has run out puts it off; one announced for much later does not."""
    later = Sitting.objects.filter(
        keys_shown=KeysShown.AFTER_CLOSE,
        release__in=releases_with(versions),
        withdrawn_at=None,
    ).annotate(ends=LAST_START)
    out = own
    for opens_at, ends in (
        later.filter(ends__gt=own).order_by("opens_at").values_list("opens_at", "ends")
    ):
        if opens_at - AHEAD >= out + AHEAD:
            break
        out = max(out, ends)
    return out


def sits_now(reader: User, *, at: datetime) -> bool:
    """Whoever answers a paper reads no keys, of whatever paper."""
    return answering(at).filter(candidate=reader).exists()


def figures_until(sitting: Sitting, *, at: datetime) -> datetime:
    """Return before when the questions of a sitting are not shown with figures."""
    versions = ReleaseEntry.objects.filter(release=sitting.release_id).values("version")
    return max(filter(None, (sitting.last_start_at, held_until(versions, at=at))))


def without_held(sittings: QuerySet[Sitting], *, at: datetime) -> QuerySet[Sitting]:
    """Keep the sittings none of whose questions is held: their figures would travel,
    with the keys, to those who sit the others."""
    held = ReleaseEntry.objects.filter(release__in=holding(at).values("release"))
    return sittings.exclude(release__in=releases_with(held.values("version")))


def spoken(instant: datetime) -> str:
    return formats.date_format(timezone.localtime(instant), "DATETIME_FORMAT")


def warnings_about(
    release: Release,
    *,
    keys_shown: str,
    attempts_allowed: int,
    closes_at: datetime,
    at: datetime,
    sitting: Sitting | None = None,
) -> list[str]:
    """Say what a sitting that draws on ``release`` does to the keys of others, and they
    to its own: for whoever announces it. ``sitting`` is the one announced, if it is."""
    own = sitting.pk if sitting else None
    others = live(at).exclude(pk=own).filter(
        release__in=releases_with(release.entries.values("version"))
    )  # fmt: skip
    titles = "、".join(others.values_list("title", flat=True)[:3])
    if keys_shown == KeysShown.AFTER_CLOSE:
        words = _(
            "Other sittings draw on the same questions: %(titles)s. Right answers are "
            "held in all of them until this one is over, on %(ends)s, and here until "
            "those that hold theirs are over."
        )
        ends = spoken(closes_at)
        return [words % {"titles": titles, "ends": ends}] if titles else []
    found = []
    if attempts_allowed > 1:
        found.append(
            _(
                "Right answers are shown at once, and more than one attempt is "
                "allowed: whoever tries again may have read them."
            )
        )
    if titles:
        words = _(
            "Right answers are shown at once, and other sittings draw on the same "
            "questions: %(titles)s. Those that hold their keys hold these as well "
            "while they run."
        )
        found.append(words % {"titles": titles})
    return found
