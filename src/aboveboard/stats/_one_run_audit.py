"""How private a training was at most: a lower bound on epsilon from guesses about one run."""

import math
from collections.abc import Callable

from aboveboard.arrays import Array, np
from aboveboard.stats._beta import beta_quantile, incomplete_beta
from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import check_confidence, check_counts

_HALVINGS = 60
_MOST = 64.0
"""No audit reaches it: exp(−64) is below what a double tells from 0 beside 1."""


def one_run_epsilon(
    correct: int, guesses: int, canaries: int, delta: float = 0.0, confidence: float = 0.95
) -> float:
    """A lower bound on ε, from how many guesses were right about which of `canaries` were trained on.

    Each canary was put in or left out by its own fair coin; `guesses` of them (how many is set beforehand)
    were called in or out, and `correct` of these calls were right. No (ε, `delta`)-private training with an ε
    below the bound lets as many be right with a probability above 1 − confidence; 0 where nothing is shown.
    One-sided. (Steinke, Nasr and Jagielski 2023, arXiv:2305.08846, theorem 5.2 and appendix D.)
    """
    right, made = check_counts(correct, guesses)
    check_counts(made, canaries, where="guesses among the canaries")
    if not 0.0 <= delta < 1.0:
        raise InputError(f"delta must lie in [0, 1), not {delta!r}")
    level = 1.0 - check_confidence(confidence)
    tail = _tail_of(right, made, 2.0 * canaries * delta)
    if tail(0.0) >= level:
        return 0.0
    low, high = 0.0, _MOST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) < level else (low, middle)
    return low


def one_run_detectable(
    guesses: int, canaries: int, delta: float = 0.0, confidence: float = 0.95, power: float = 0.8
) -> float:
    """The smallest ε of a randomised response that such an audit shows to be above 0, with that `power`.

    `inf` where not even guesses that are all right would show it.
    """
    made, _ = check_counts(guesses, canaries)
    needed = _fewest_that_show(made, canaries, delta, confidence)
    if needed > made:
        return math.inf
    accuracy = beta_quantile(power, needed, made - needed + 1.0)
    return max(0.0, math.log(accuracy / (1.0 - accuracy)))


def _fewest_that_show(guesses: int, canaries: int, delta: float, confidence: float) -> int:
    low, high = 0, guesses + 1
    while high - low > 1:
        middle = (low + high) // 2
        shows = one_run_epsilon(middle, guesses, canaries, delta, confidence) > 0.0
        low, high = (low, middle) if shows else (middle, high)
    return high


def _tail_of(right: int, guesses: int, slack: float) -> Callable[[float], float]:
    """How probable so many right guesses are at most, by ε: f(v) + slack · max_i (f(v−i) − f(v))/i, with f
    the upper tail of a binomial whose chance is e^ε/(1 + e^ε)."""
    steps = np.arange(1, right + 1, dtype=np.float64)
    counts = right - steps
    ways = _log_choose(guesses, counts)

    def tail(epsilon: float) -> float:
        miss = 1.0 / (1.0 + math.exp(epsilon))
        beta = 1.0 if right == 0 else incomplete_beta(right, guesses - right + 1.0, 1.0 - miss, miss)
        if slack == 0.0 or right == 0:
            return beta
        logs = ways + counts * math.log1p(-miss) + (guesses - counts) * math.log(miss)
        return float(beta + slack * (np.cumsum(np.exp(logs)) / steps).max())

    return tail


def _log_choose(n: int, counts: Array) -> Array:
    logs = [math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0) for k in counts.tolist()]
    return np.array(logs, dtype=np.float64)
