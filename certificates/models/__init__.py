from .batches import Batch, BatchFile, BatchItem, BundleOrder
from .certificates import DESIGNERS, KEEPERS, Certificate
from .life import Appeal, Reminder, Suspension, Validity
from .lookups import LookupCount
from .papers import Paper, private_files
from .photos import Photo
from .refreshers import Refresher
from .selections import Selection
from .series import NumberSeries
from .templates import CertificateTemplate, TemplateVersion

__all__ = [
    "DESIGNERS",
    "KEEPERS",
    "Appeal",
    "Batch",
    "BatchFile",
    "BatchItem",
    "BundleOrder",
    "Certificate",
    "CertificateTemplate",
    "LookupCount",
    "NumberSeries",
    "Paper",
    "Photo",
    "Refresher",
    "Reminder",
    "Selection",
    "Suspension",
    "TemplateVersion",
    "Validity",
    "private_files",
]
