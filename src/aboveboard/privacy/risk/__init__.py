"""How easily rows of a table are led back to people: k-anonymity and re-identification risk."""

from aboveboard.privacy.risk._advice import Advice
from aboveboard.privacy.risk._assessing import assess_risk
from aboveboard.privacy.risk._effect import PolicyEffect, apply_policy, assess_policy
from aboveboard.privacy.risk._errors import RiskError
from aboveboard.privacy.risk._population import PopulationRisk
from aboveboard.privacy.risk._quasi import suggest_quasi
from aboveboard.privacy.risk._report import RiskReport
from aboveboard.privacy.risk._sensitive import SensitiveRisk

__all__ = [
    "Advice",
    "PolicyEffect",
    "PopulationRisk",
    "RiskError",
    "RiskReport",
    "SensitiveRisk",
    "apply_policy",
    "assess_policy",
    "assess_risk",
    "suggest_quasi",
]
