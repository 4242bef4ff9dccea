from datetime import date

import pytest

from core.audit import record
from core.models import LogEntry


def test_record_keeps_who_what_where_and_why(informant):
    record("person.created", informant, by=informant, on=date(2017, 11, 15))

    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.subject) == (
        "person.created",
        informant,
        informant,
    )
    assert entry.detail == {"on": "2017-11-15"}


def test_a_log_entry_is_neither_changed_nor_deleted(informant):
    entry = record("person.created", informant, by=None)

    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    assert LogEntry.objects.count() == 1
