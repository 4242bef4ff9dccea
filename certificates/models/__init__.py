from .batches import Batch, BatchFile, BatchItem
from .certificates import KEEPERS, Certificate
from .life import Appeal, Refresher, Reminder, Suspension, Validity
from .papers import Paper, private_files
from .selections import Selection
from .series import NumberSeries

__all__ = [
    "KEEPERS",
    "Appeal",
    "Batch",
    "BatchFile",
    "BatchItem",
    "Certificate",
    "NumberSeries",
    "Paper",
    "Refresher",
    "Reminder",
    "Selection",
    "Suspension",
    "Validity",
    "private_files",
]
