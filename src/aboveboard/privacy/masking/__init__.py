"""Stand-ins for values, and the way back: texts masked by a policy, with one table and an honest label."""

from aboveboard.privacy.masking._errors import LabelError, MaskingError, TableError
from aboveboard.privacy.masking._labels import Anonymised, Label, Pseudonymised, label_of
from aboveboard.privacy.masking._masking import Masked, Masking, mask
from aboveboard.privacy.masking._restorer import RestoringStream, restore

__all__ = [
    "Anonymised",
    "Label",
    "LabelError",
    "Masked",
    "Masking",
    "MaskingError",
    "Pseudonymised",
    "RestoringStream",
    "TableError",
    "label_of",
    "mask",
    "restore",
]
