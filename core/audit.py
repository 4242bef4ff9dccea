"""The log of what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder

from .models import LogEntry

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model

ENCODER = DjangoJSONEncoder()


def record(
    action: str, subject: Model, *, by: AbstractBaseUser | None, **detail: object
) -> LogEntry:
    """Log ``action`` (``noun.past-participle``) in the caller's own transaction.

    ``by`` is None when the site acts by itself. ``detail`` must not hold secrets.
    """
    return LogEntry.objects.create(
        action=action,
        by=by,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=str(subject.pk),
        subject_text=str(subject)[:200],
        division_code=getattr(subject, "division_code", ""),
        detail={key: plain(value) for key, value in detail.items()},
    )


def record_many(
    action: str,
    subjects: Iterable[tuple[Model, dict[str, object]]],
    *,
    by: AbstractBaseUser | None,
) -> None:
    """Log ``action`` for each subject with its detail, in a few statements."""
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                action=action,
                by=by,
                subject_type=ContentType.objects.get_for_model(subject),
                subject_id=str(subject.pk),
                subject_text=str(subject)[:200],
                division_code=getattr(subject, "division_code", ""),
                detail={key: plain(value) for key, value in detail.items()},
            )
            for subject, detail in subjects
        ],
        batch_size=1000,
    )


def plain(value: object) -> object:
    """What JSON can hold of ``value``: numbers and words as they are, dates as ISO."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    try:
        return ENCODER.default(value)
    except TypeError:
        return str(value)
