"""What a trial of mitigations is asked with, and what comes of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aboveboard.evidence import PromiseStatus
    from aboveboard.mitigation import CharterPatch, Report


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given."""

    promise: str
    folder: Path
    own: Path | None = None
    only_own: bool = False
    limit: int | None = None
    profile: Literal["quick", "full"] = "quick"
    seed: int = 0
    margin: float = 0.1
    confidence: float = 0.95
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The trial's report, and what was written for the candidate chosen."""

    report: "Report"
    patch: "CharterPatch | None" = None
    files: tuple[Path, ...] = ()
    status: "PromiseStatus | None" = None
