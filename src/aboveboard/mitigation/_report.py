"""What a trial found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aboveboard.evals.comparing import Difference
from aboveboard.evidence.records import Measurement
from aboveboard.mitigation._candidates import Candidate
from aboveboard.mitigation._cost import Cost

Verdict = Literal["repaired", "open", "nothing helped"]
Effect = Literal["no worse", "worse", "undecided", "not compared"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate on the items tried on. `adjusted` is the one-sided p-value that it helps, by Holm over all
    candidates; None, with the reason, where it could not be measured.
    """

    candidate: Candidate
    found: Difference | None
    cost: Cost | None
    p_value: float | None = None
    adjusted: float | None = None
    helps: bool = False
    reason: str = ""


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
    """A candidate on the items kept back: whether it helps there too, and what else it does."""

    candidate: Candidate
    found: Difference | None
    p_value: float
    helps: bool
    before: Cost | None
    after: Cost | None
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
    """A whole trial. `chosen` is the candidate that helps and harms nothing, if there is one."""

    promise: str
    measure: str
    tried_on: int
    kept_back: int
    tried: Sequence[Tried]
    confirmed: Sequence[Confirmed]
    chosen: Confirmed | None

    @property
    def verdict(self) -> Verdict:
        if self.chosen is None:
            return "nothing helped"
        return "open" if self.chosen.open else "repaired"
