"""Mitigation without training: tried on the same items, and it must hold on items kept back."""

from aboveboard.mitigation._arm import TrialServices
from aboveboard.mitigation._candidates import Candidate, propose, read_candidates
from aboveboard.mitigation._cost import Cost
from aboveboard.mitigation._course import run_trial
from aboveboard.mitigation._errors import MitigationError
from aboveboard.mitigation._mitigated import mitigated
from aboveboard.mitigation._patch import CharterPatch, patch_charter
from aboveboard.mitigation._report import Confirmed, Report, SideEffect, Tried
from aboveboard.mitigation._trial import Trial

__all__ = [
    "Candidate",
    "CharterPatch",
    "Confirmed",
    "Cost",
    "MitigationError",
    "Report",
    "SideEffect",
    "Trial",
    "TrialServices",
    "Tried",
    "mitigated",
    "patch_charter",
    "propose",
    "read_candidates",
    "run_trial",
]
