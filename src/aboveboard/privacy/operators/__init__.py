"""What is put in the place of personal data: eight operators, one a file, and the policy that chooses."""

from aboveboard.privacy.operators._encrypt import Encrypt, decrypt_digits, open_token
from aboveboard.privacy.operators._errors import (
    OperatorError,
    PolicyError,
    PolicyProblem,
    PrivacyKeyError,
    SyntheticMissingError,
)
from aboveboard.privacy.operators._generalise import Generalise, coarse_date
from aboveboard.privacy.operators._hash import Hash
from aboveboard.privacy.operators._keep import Keep
from aboveboard.privacy.operators._key import Key
from aboveboard.privacy.operators._kinds import DIRECT_TYPES, QUASI_TYPES, Kind, kind_of
from aboveboard.privacy.operators._mask import Mask
from aboveboard.privacy.operators._operator import Bond, Operator, Session
from aboveboard.privacy.operators._policy import Policy, preset
from aboveboard.privacy.operators._presets import PRESETS
from aboveboard.privacy.operators._pseudonymise import Pseudonymise
from aboveboard.privacy.operators._redact import Redact
from aboveboard.privacy.operators._replace import Replace

__all__ = [
    "DIRECT_TYPES",
    "PRESETS",
    "QUASI_TYPES",
    "Bond",
    "Encrypt",
    "Generalise",
    "Hash",
    "Keep",
    "Key",
    "Kind",
    "Mask",
    "Operator",
    "OperatorError",
    "Policy",
    "PolicyError",
    "PolicyProblem",
    "PrivacyKeyError",
    "Pseudonymise",
    "Redact",
    "Replace",
    "Session",
    "SyntheticMissingError",
    "coarse_date",
    "decrypt_digits",
    "kind_of",
    "open_token",
    "preset",
]
