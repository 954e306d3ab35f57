"""An alarm that may be looked at after every observation, with a stated rate of being false."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks against somebody so far: the logarithm of an e-detector, and what it saw."""

    weight: float = -math.inf
    observations: int = 0
    hits: int = 0


def seen(before: Evidence, *, is_hit: bool, share: float) -> Evidence:
    """The evidence after one more observation, a hit or none; `share` of hits are ordinary.

    M_t = (M_{t-1} + 1)·e_t with e_t the likelihood ratio of the shares (1 + p₀)/2 and p₀. While the chance of
    a hit, given all that came before, is at most p₀, E[e_t | past] ≤ 1, so E[M_n] ≤ n: an alarm at M ≥ 1/α
    comes within the first n observations with a chance of at most n·α, and on average not before 1/α of them
    (Shin, Ramdas and Rinaldo 2022, "E-detectors", arXiv:2203.03532, section 2). `past` may be anything: whole
    days that differ, people who answer to what happens to them.
    """
    gain = math.log((1.0 + share) / 2.0 / share) if is_hit else _LOSS
    return Evidence(_log_one_plus(before.weight) + gain, before.observations + 1, before.hits + is_hit)


def rings(evidence: Evidence, false_alarms: float) -> bool:
    """Whether the alarm is given at a rate of false ones."""
    return evidence.weight >= -math.log(false_alarms)


def is_forgettable(evidence: Evidence) -> bool:
    """Whether no more is held against somebody than against anybody who never had a hit: what M_t tends to
    without one. Leaving it out makes the detector smaller, so false alarms no more frequent.
    """
    return evidence.weight <= 0.0


_LOSS = math.log(0.5)  # (1 − (1 + p₀)/2) / (1 − p₀), whatever p₀


def _log_one_plus(weight: float) -> float:
    """log(exp(weight) + 1)."""
    return max(weight, 0.0) + math.log1p(math.exp(-abs(weight)))
