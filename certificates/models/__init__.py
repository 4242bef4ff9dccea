from .batches import Batch, BatchFile, BatchItem
from .certificates import KEEPERS, Certificate
from .life import Appeal, Reminder, Suspension, Validity
from .lookups import LookupCount
from .papers import Paper, private_files
from .refreshers import Refresher
from .selections import Selection
from .series import NumberSeries

__all__ = [
    "KEEPERS",
    "Appeal",
    "Batch",
    "BatchFile",
    "BatchItem",
    "Certificate",
    "LookupCount",
    "NumberSeries",
    "Paper",
    "Refresher",
    "Reminder",
    "Selection",
    "Suspension",
    "Validity",
    "private_files",
]
