"""Showing that a gap is small, which a gap that is merely "not significant" does not show."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aboveboard.stats._cluster_sizes import effective_freedom
from aboveboard.stats._distributions import t_tail
from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import (
    Clusters,
    Numbers,
    check_finite,
    check_fraction,
    check_positive,
    cluster_codes,
)
from aboveboard.stats._interval import Interval
from aboveboard.stats._mean import clustered_standard_error, t_interval
from aboveboard.stats._paired import pair_up


@dataclass(frozen=True, slots=True)
class Equivalence:
    """The answer of two one-sided tests.

    `is_shown` exactly when `interval`, at the confidence 1 − 2α, lies strictly within ± margin.
    """

    difference: float
    margin: float
    p_value: float
    alpha: float
    interval: Interval

    @property
    def is_shown(self) -> bool:
        return self.p_value < self.alpha


def tost(
    difference: float,
    standard_error: float,
    margin: float,
    freedom: float = math.inf,
    alpha: float = 0.05,
) -> Equivalence:
    """Two one-sided t tests of |difference| < margin (Schuirmann 1987, J Pharmacokin Biopharm 15:657).

    `freedom` are the standard error's degrees of freedom; infinite for a normal one.
    """
    check_finite(difference, "the difference")
    error, gap = check_positive(standard_error, "the standard error"), check_positive(margin, "the margin")
    if not freedom > 0:
        raise InputError(f"degrees of freedom must be above 0, not {freedom!r}")
    confidence = 1 - check_fraction(2 * alpha, "twice alpha")
    p_value = t_tail((gap - abs(difference)) / error, freedom)
    return Equivalence(difference, gap, p_value, alpha, t_interval(difference, error, freedom, confidence))


def tost_paired(
    first: Numbers, second: Numbers, margin: float, clusters: Clusters | None = None, alpha: float = 0.05
) -> Equivalence:
    """`tost` of the mean of first − second over the same items, clustered when keys are given."""
    differences = pair_up(first, second)
    error = clustered_standard_error(differences, clusters)
    freedom = effective_freedom(cluster_codes(clusters, differences.size))
    return tost(float(differences.mean()), error, margin, freedom, alpha)
