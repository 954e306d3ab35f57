"""How many are unique in a population, by Pitman's sampling formula (Pitman 1995; Hoshino 2001).

The sizes of classes are taken for a draw from the two-parameter Poisson–Dirichlet process: few large classes
and many small ones, as combinations of several attributes are.
"""

from collections.abc import Callable
from math import exp, lgamma, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Counts = npt.NDArray[np.int64]

_GOLDEN = (5**0.5 - 1) / 2
_STEPS = 48
_SMALLEST_ALPHA = 0.01


def unique_share(sizes: "Counts", counts: "Counts", population: int) -> float | None:
    """The expected share of a population of `population` people in classes of their own, from a sample
    with `counts[i]` classes of `sizes[i]` rows, by the likeliest α and θ. None where α is nearly 0: the
    model's many small classes are not there, and it would find far too many of them.
    """
    alpha = _highest(lambda a: _profile(sizes, counts, a)[0], 1e-6, 1 - 1e-6)
    if alpha < _SMALLEST_ALPHA:
        return None
    theta = _profile(sizes, counts, alpha)[1]
    logarithm: float = lgamma(theta + alpha + population - 1) + lgamma(theta + 1)
    return min(1.0, exp(logarithm - lgamma(theta + population) - lgamma(theta + alpha)))


def _profile(sizes: "Counts", counts: "Counts", alpha: float) -> tuple[float, float]:
    """The highest log-likelihood for this α, and the θ that has it."""
    rows, classes = int((sizes * counts).sum()), int(counts.sum())
    pairs = zip(sizes.tolist(), counts.tolist(), strict=True)
    inside: float = sum(count * (lgamma(size - alpha) - lgamma(1 - alpha)) for size, count in pairs)

    def likelihood(logarithm: float) -> float:
        theta = exp(logarithm) - alpha
        new = (classes - 1) * log(alpha) + lgamma(theta / alpha + classes) - lgamma(theta / alpha + 1)
        return new - lgamma(theta + rows) + lgamma(theta + 1) + inside

    best = _highest(likelihood, log(1e-6), log(1e9))
    return likelihood(best), exp(best) - alpha


def _highest(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one peak is highest: golden-section search."""
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = of(left), of(right)
    for _ in range(_STEPS):
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = of(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = of(right)
    return (low + high) / 2
