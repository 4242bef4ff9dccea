from .certificates import KEEPERS, Certificate
from .papers import Paper, private_files
from .selections import Selection
from .series import NumberSeries

__all__ = [
    "KEEPERS",
    "Certificate",
    "NumberSeries",
    "Paper",
    "Selection",
    "private_files",
]
