"""Giving a division another official code."""

from datetime import date

from django.apps import apps
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from core.audit import record
from core.models import LogEntry
from divisions.enums import CODE_LENGTH
from divisions.errors import CodeMisplaced, CodeTaken
from divisions.fields import DivisionCodeField
from divisions.models import Division, DivisionCode
from divisions.scoping import in_subtrees
from divisions.signals import division_recoded


@transaction.atomic
def recode_division(
    division: Division, code: str, *, by, on: date, name: str | None = None
) -> Division:
    """Give ``division`` the ``code`` from ``on`` on, and its whole subtree with it.

    Every row that carries a code of the subtree follows; the old codes stay on
    record. Raises ``CodeTaken`` or ``CodeMisplaced`` and then changes nothing.
    """
    division = Division.objects.select_for_update().get(pk=division.pk)
    if division.code == code:
        return division
    refuse_unfit_code(division, code)

    before = division.code
    subtree = list(Division.objects.within(before))
    DivisionCode.objects.filter(division__in=subtree, until=None).update(until=on)
    for model, field in columns_that_carry_codes():
        move_codes(model, field, before=before, after=code)
    division.refresh_from_db()
    if name:
        division.full_name = division.full_name.removesuffix(division.name) + name
        division.name = name
        division.save(update_fields=["name", "full_name"])
    DivisionCode.objects.bulk_create(
        DivisionCode(division_id=pk, code=now, since=on)
        for pk, now in Division.objects.within(code).values_list("pk", "code")
    )
    record("division.recoded", division, by=by, before=before, after=code, on=on)
    codes = {"before": before, "after": code}
    transaction.on_commit(
        lambda: division_recoded.send_robust(Division, **codes), robust=True
    )
    return division


def refuse_unfit_code(division: Division, code: str) -> None:
    length = CODE_LENGTH[division.level]
    parents = [n for n in CODE_LENGTH.values() if n < length]
    above = code[: parents[-1]] if parents else ""
    if (
        len(code) != length
        or not code.isdecimal()
        or (above and not Division.objects.filter(code=above).exists())
    ):
        raise CodeMisplaced(code=code, length=length)
    if Division.objects.within(code).exists():
        raise CodeTaken(code=code)


def columns_that_carry_codes():
    """Every (model, field) whose values are division codes."""
    yield Division, "code"
    yield LogEntry, "division_code"
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, DivisionCodeField):
                yield model, field.name


def move_codes(model, field: str, *, before: str, after: str) -> None:
    rest = Substr(field, len(before) + 1)
    rows = model._base_manager.filter(in_subtrees((before,), field))
    rows.update(**{field: Concat(Value(after), rest)})
