"""Measuring again until something is kept."""

import math

from aboveboard.stats._distributions import two_sided_t
from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import check_confidence


def confidence_of_try(confidence: float, number: int) -> float:
    """1 − (1 − c) / (k(k−1)) for the k-th try in a row that did not succeed; c for the first.

    As Σ_{k≥2} 1/(k(k−1)) = 1, all tries after the first err together no more than the first alone: with
    two-sided intervals at c, what is not so is found to be so, on one side, at any try with a chance of at
    most 1 − c (alpha spending: Lan and DeMets 1983, Biometrika 70:659; Foster and Stine 2008, JRSS-B 70:429).
    """
    if number < 1:
        raise InputError(f"tries are counted from 1, not from {number}")
    share = number * (number - 1) if number > 1 else 1
    return 1.0 - (1.0 - check_confidence(confidence)) / share


def stretch(confidence: float, stricter: float, clusters: int) -> float:
    """How many times as far from the value an end at `confidence` lies at a `stricter` one, 1 or more.

    For when only the interval is known: the greater of the ratio of t quantiles on C − 1 degrees of freedom
    and of ln(1 − c), the ratio for the exact limit of what was never seen. Of a normal mean it is too wide by
    a tenth or so, of exact limits for few events about right.
    """
    before, after = check_confidence(confidence), check_confidence(stricter)
    if after <= before:
        return 1.0
    freedom = max(1, clusters - 1)
    by_logarithm = math.log((1.0 - after) / 2) / math.log((1.0 - before) / 2)
    return max(two_sided_t(after, freedom) / two_sided_t(before, freedom), by_logarithm)
