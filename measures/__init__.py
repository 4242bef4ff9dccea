"""The Measures, executable: one copy of each rule, used by everything else.

It owns the words edition, clause, standard, item, veto, finding, procedure, step and
quota. Pure Python, it imports the standard library only, reads nothing but its own data
files, and knows neither Django nor the database. Callers use the names exported here.
"""

from measures.casework.cases import Case, read_case
from measures.casework.declared import Procedure, Step, procedure, procedures
from measures.casework.notices import Clock, Review, notice_clock
from measures.casework.replaying import (
    NextStep,
    Refusal,
    Replay,
    refusal_to_open,
    replay,
)
from measures.changing import Change, changes_between
from measures.citations import Clause, clause, clauses
from measures.cleaning.faults import CleaningRule, Fault, cleaning_rules
from measures.cleaning.sweeping import (
    Records,
    blocks_exit,
    clean,
    find_faults,
    find_village_faults,
    read_records,
)
from measures.counties.facts import County, read_county
from measures.counties.standard import check_county
from measures.explaining import as_data, explain, explain_answer
from measures.findings import Answer, Because, Finding
from measures.households.facts import Household, Member, read_household
from measures.households.standard import check_household
from measures.identity import BadIdNumber, IdNumber, check_id_number, make_id_number
from measures.law import (
    Edition,
    IncomeLine,
    edition,
    editions,
    in_force,
)
from measures.leads import Lead, Lists, read_lists, search_property
from measures.monitoring import (
    Monitoring,
    Watched,
    classify_monitoring,
    read_watched,
)
from measures.quotas import Quota, quota
from measures.reading import Unreadable
from measures.staffing import Informant, check_informant, read_informant
from measures.vetoes import VetoAnswer, VetoFinding, weigh_vetoes
from measures.villages.facts import Village, read_village
from measures.villages.standard import check_village
from measures.words import Name, UnknownCode, code_lists, codes, name_of
from measures.worked import Example, example, examples

__all__ = [
    "Answer",
    "BadIdNumber",
    "Because",
    "Case",
    "Change",
    "Clause",
    "CleaningRule",
    "Clock",
    "County",
    "Edition",
    "Example",
    "Fault",
    "Finding",
    "Household",
    "IdNumber",
    "IncomeLine",
    "Informant",
    "Lead",
    "Lists",
    "Member",
    "Monitoring",
    "Name",
    "NextStep",
    "Procedure",
    "Quota",
    "Records",
    "Refusal",
    "Replay",
    "Review",
    "Step",
    "UnknownCode",
    "Unreadable",
    "VetoAnswer",
    "VetoFinding",
    "Village",
    "Watched",
    "as_data",
    "blocks_exit",
    "changes_between",
    "check_county",
    "check_household",
    "check_id_number",
    "check_informant",
    "check_village",
    "classify_monitoring",
    "clause",
    "clauses",
    "clean",
    "cleaning_rules",
    "code_lists",
    "codes",
    "edition",
    "editions",
    "example",
    "examples",
    "explain",
    "explain_answer",
    "find_faults",
    "find_village_faults",
    "in_force",
    "make_id_number",
    "name_of",
    "notice_clock",
    "procedure",
    "procedures",
    "quota",
    "read_case",
    "read_county",
    "read_household",
    "read_informant",
    "read_lists",
    "read_records",
    "read_village",
    "read_watched",
    "refusal_to_open",
    "replay",
    "search_property",
    "weigh_vetoes",
]
