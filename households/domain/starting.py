"""Starting a case about a household with what the Measures say of it that day."""

from datetime import date

from accounts.models import User
from households.domain.judging import Judgement, evidence, judge
from households.domain.registering import subject_of
from households.models import Household
from ledger.domain.opening import open_case
from ledger.models import Case


def start_case(
    household: Household, procedure: str, *, by: User | None, on: date
) -> Case:
    """Open a case of ``procedure``; its facts are the judgement of ``on``.

    An open case of the same procedure is returned. Raises ``StepRefused`` where the
    household's status does not allow it.
    """
    judgement = judge(household, on)
    return open_case(
        subject_of(household),
        procedure,
        facts=case_facts(household, judgement),
        evidence=evidence(judgement),
        by=by,
        on=on,
    )


def case_facts(household: Household, judgement: Judgement) -> dict:
    """What the steps depend on, in the words of the exchange format."""
    return {
        "standard_met": judgement.met,
        "hardship": household.hardship,
        "vetoed_before_identification": judgement.vetoed_before_identification,
    }
