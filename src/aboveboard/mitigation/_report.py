"""What a trial found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aboveboard.evals.comparing import Coverage, Difference
from aboveboard.evidence.records import Measurement
from aboveboard.mitigation._candidates import Candidate
from aboveboard.mitigation._cost import Cost

Verdict = Literal["repaired", "open", "nothing helped"]
Effect = Literal["no worse", "worse", "undecided", "not compared"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate on the items tried on. `adjusted` is the one-sided p-value that it helps, by Holm over all
    candidates; None, with the reason, where it could not be measured. `coverage` tells how many answers could
    be read, before and with it; one that loses answers beyond chance does not help.
    """

    candidate: Candidate
    found: Difference | None
    cost: Cost | None
    p_value: float | None = None
    adjusted: float | None = None
    helps: bool = False
    reason: str = ""
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True)
class SideEffect:
    """Another promise, before and after, and whether it is worse by no more than `margin`."""

    promise: str
    measure: str
    effect: Effect
    margin: float
    found: Difference | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A candidate on the items kept back: whether it helps there too, and what else it does. `adjusted` is
    the p-value by Holm over all tests that were made on those items, in earlier trials too.
    """

    candidate: Candidate
    found: Difference | None = None
    p_value: float = 1.0
    adjusted: float = 1.0
    helps: bool = False
    before: Cost | None = None
    after: Cost | None = None
    coverage: Coverage | None = None
    side_effects: tuple[SideEffect, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    reason: str = ""

    @property
    def harms(self) -> list[SideEffect]:
        return [each for each in self.side_effects if each.effect == "worse"]

    @property
    def open(self) -> list[SideEffect]:
        return [each for each in self.side_effects if each.effect in ("undecided", "not compared")]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole trial. `chosen` is the candidate that helps and harms nothing, if there is one. It is the
    `tries`-th of its promise that comes as far as the items kept back, or would; `seen_by` is how many
    earlier ones' candidates answered some of those very items, 0 where they are fresh.
    """

    promise: str
    measure: str
    tried_on: int
    kept_back: int
    tried: Sequence[Tried]
    confirmed: Sequence[Confirmed]
    chosen: Confirmed | None
    tries: int = 1
    seen_by: int = 0

    @property
    def verdict(self) -> Verdict:
        if self.chosen is None:
            return "nothing helped"
        return "open" if self.chosen.open else "repaired"
