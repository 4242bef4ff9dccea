from .batches import Batch, BatchFile, BatchItem
from .certificates import KEEPERS, Certificate
from .papers import Paper, private_files
from .selections import Selection
from .series import NumberSeries

__all__ = [
    "KEEPERS",
    "Batch",
    "BatchFile",
    "BatchItem",
    "Certificate",
    "NumberSeries",
    "Paper",
    "Selection",
    "private_files",
]
