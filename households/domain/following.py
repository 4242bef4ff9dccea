"""Letting a household's status follow the ledger."""

from households.models import Household
from ledger.enums import ENROLMENT, Kind
from ledger.models import Entry


def follow_entry(entry: Entry) -> None:
    """Write into the household what the entry says of its status."""
    case = entry.case
    if case.subject_kind != Kind.HOUSEHOLD:
        return
    follows = {"status": entry.status_after}
    if entry.event or case.procedure == ENROLMENT:
        follows["status_on"] = entry.on
    if entry.event == "exited":
        follows["exited_in"] = entry.on.year
    elif entry.event == "returned":
        follows["returned_in"] = entry.on.year
    elif entry.event == "rolled_back":  # a rollback says there was no exit
        follows["exited_in"] = None
    Household.objects.filter(pk=case.subject_id).update(**follows)
