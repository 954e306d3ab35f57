"""Stand-ins for values, and the way back: texts masked by a policy, with one table and an honest claim."""

from aboveboard.privacy._stand_ins import may_hold_stand_in
from aboveboard.privacy.masking._claims import Anonymised, Pseudonymised
from aboveboard.privacy.masking._errors import ClaimError, MaskingError, TableError
from aboveboard.privacy.masking._masking import Masked, Masking, lookalikes, mask
from aboveboard.privacy.masking._replacing import replace_spans
from aboveboard.privacy.masking._restorer import RestoringStream, restore
from aboveboard.privacy.masking._tables import checked_table

__all__ = [
    "Anonymised",
    "ClaimError",
    "Masked",
    "Masking",
    "MaskingError",
    "Pseudonymised",
    "RestoringStream",
    "TableError",
    "checked_table",
    "lookalikes",
    "mask",
    "may_hold_stand_in",
    "replace_spans",
    "restore",
]
