"""From an interval to a verdict with three values."""

import math
from enum import StrEnum

from aboveboard.stats._errors import InputError
from aboveboard.stats._interval import Estimate
from aboveboard.values import Bound


class Verdict(StrEnum):
    """What evidence says about a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    UNDECIDED = "undecided"


def decide(low: float, high: float, bound: Bound) -> Verdict:
    """Kept when every value in [low, high] satisfies the bound, broken when none does, else undecided.

    With a two-sided interval at 95 % each of the two wrong verdicts has a chance of about 2.5 % at most.
    """
    if not low <= high:  # also refuses NaN
        raise InputError(f"not an interval: [{low}, {high}]")
    worst, best = (low, high) if bound.wants_high else (high, low)
    if bound.is_met_by(worst):
        return Verdict.KEPT
    return Verdict.UNDECIDED if bound.is_met_by(best) else Verdict.BROKEN


_ENDLESS = 1e6  # a distance a million times shorter than the interval: on the bound, for all practical ends
_ROUNDING = 1 - 1e-12  # 400.0000000001 is 400


def samples_to_decide(estimate: Estimate, bound: Bound) -> int | None:
    """About how many observations *in all* would decide, were the value to stay as it is.

    The side of the interval that faces the bound shrinks with √n, but for the part that the scorer's own
    error makes: side² = fixed² + (side₀² − fixed²)·n₀/n, so n₀·(side₀² − fixed²) / (distance² − fixed²).
    None when the verdict is already in, or the bound lies on the value or within the fixed part: then no
    number is large enough, and the scorer must be known better (more labelled items) or be a better one.
    """
    if decide(estimate.low, estimate.high, bound) is not Verdict.UNDECIDED:
        return None
    distance = abs(estimate.value - bound.threshold)
    is_above = estimate.value > bound.threshold
    side = estimate.value - estimate.low if is_above else estimate.high - estimate.value
    fixed = min(side, estimate.fixed[0] if is_above else estimate.fixed[1])
    if fixed >= distance or side**2 - fixed**2 >= _ENDLESS**2 * (distance**2 - fixed**2):
        return None
    times = (side**2 - fixed**2) / (distance**2 - fixed**2)
    return max(estimate.n + 1, math.ceil(estimate.n * times * _ROUNDING))
