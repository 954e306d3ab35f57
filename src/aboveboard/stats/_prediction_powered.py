"""A judge's many readings, put right by people's few (prediction-powered inference).

Angelopoulos, Bates, Fannjiang, Jordan and Zrnic 2023, Science 382:669 (PPI); Angelopoulos, Duchi and Zrnic
2023, arXiv:2311.01453 (PPI++, the tuned weight). Unlike a correction by sensitivity and specificity, nothing
is assumed of how the judge errs; only that the labelled items were drawn at random from the same items.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from aboveboard.arrays import Array, np
from aboveboard.stats._distributions import two_sided_t
from aboveboard.stats._errors import InputError, TooFewError
from aboveboard.stats._inputs import Clusters, Codes, Numbers, as_values, check_confidence, cluster_codes
from aboveboard.stats._interval import Estimate, Interval
from aboveboard.stats._power import detectable_by_side


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSample:
    """Items that a judge read, some of which people labelled too.

    `labels` (shape (n,)) are the people's and `judged` (n,) the judge's on the same items; `rest` (N,) are
    the judge's on the items that nobody labelled. `clusters` holds a key for each of the n + N, the labelled
    first.
    """

    labels: Numbers
    judged: Numbers
    rest: Numbers
    clusters: Clusters | None = None


def prediction_powered_mean(
    sample: JudgedSample, confidence: float = 0.95, weight: float | None = None
) -> Estimate:
    """The mean that people would give all items: w · mean(rest) + mean(labels − w · judged).

    The weight w in [0, 1] is tuned to the narrowest interval (PPI++), which then is not wider than that of
    the labels alone but for chance; 1 is PPI as first published, 0 the labels alone. Student's t on the
    labelled clusters − 1, with each cluster's influence summed over its labelled and unlabelled items. Needs
    two labelled clusters (TooFewError).
    """
    taken = taken_from(sample)
    used = _tuned(taken) if weight is None or not taken.rest.size else _checked(weight)
    return _estimate(taken, used, confidence, error=_error(taken, used))


def prediction_powered_proportion(sample: JudgedSample, confidence: float = 0.95) -> Estimate:
    """The same for values in [0, 1], most often yes and no, honest where people and the judge hardly differ.

    Few disagreements tell little of the judge's errors, and none would make it perfect. So two clusters are
    added to the labelled ones when the spread is counted, that differ throughout, one each way (after Agresti
    and Min 2005, Stat Med 24:729, for paired shares): of 20 to 150 labels, with shares from 0.01 to 0.9 and
    judges from guessing to perfect, no less than 94 % of intervals at 95 % then hold the true share.
    `fixed` is what more labels, and not more items, would shrink.
    """
    taken = shares_from(sample)
    used = _tuned(taken)
    added = doubt_of_shares(taken.labelled_clusters)
    found = _estimate(taken, used, confidence, error=math.hypot(_error(taken, used), added))
    value, interval = min(1.0, max(0.0, found.value)), found.interval.clipped(0.0, 1.0)
    below, above = value - interval.low, interval.high - value
    part = min(1.0, math.hypot(_labels_error(taken, used), added) / math.hypot(_error(taken, used), added))
    mde = detectable_by_side(interval, value)
    return Estimate(value, interval, found.n, found.clusters, mde, (part * below, part * above))


@dataclass(frozen=True, slots=True)
class Taken:
    """A sample after the checks. `codes` has shape (n + N,)."""

    labels: Array
    judged: Array
    rest: Array
    codes: Codes

    @property
    def clusters(self) -> int:
        return int(self.codes.max()) + 1

    @property
    def labelled_clusters(self) -> int:
        return len(np.unique(self.codes[: self.labels.size]))


def shares_from(sample: JudgedSample) -> Taken:
    """The sample of values in [0, 1]; raises InputError where one is not, and as `taken_from`."""
    taken = taken_from(sample)
    for values, name in ((taken.labels, "labels"), (taken.judged, "judged"), (taken.rest, "rest")):
        if values.size and (values.min() < 0.0 or values.max() > 1.0):
            raise InputError(
                f"{name} must lie in [0, 1] for a proportion", cure="use prediction_powered_mean"
            )
    return taken


def doubt_of_shares(labelled_clusters: int) -> float:
    """The standard error of two added clusters that differ throughout, one each way."""
    return math.sqrt(2.0) / labelled_clusters


def taken_from(sample: JudgedSample) -> Taken:
    """The sample, checked; raises InputError, and TooFewError for fewer than two labelled clusters."""
    labels, judged = as_values(sample.labels, "labels"), as_values(sample.judged, "judged")
    rest = as_values(sample.rest, "rest") if len(sample.rest) else np.empty(0)
    if labels.size != judged.size:
        raise InputError(f"{labels.size} labels for {judged.size} judged items: they are not pairs")
    taken = Taken(labels, judged, rest, cluster_codes(sample.clusters, labels.size + rest.size))
    if taken.labelled_clusters < 2:
        raise TooFewError("one labelled cluster tells nothing of the judge", cure="label more items")
    return taken


def _estimate(taken: Taken, weight: float, confidence: float, error: float) -> Estimate:
    residuals = taken.labels - weight * taken.judged
    value = weight * _mean(taken.rest) + float(residuals.mean())
    reach = two_sided_t(check_confidence(confidence), taken.labelled_clusters - 1) * error
    name = f"prediction-powered t, weight {weight:.2f}" + ("" if error > 0 else " (no spread seen)")
    interval = Interval(value - reach, value + reach, confidence, name)
    n = taken.labels.size + taken.rest.size
    return Estimate(value, interval, n, taken.clusters, detectable_by_side(interval, value))


def _checked(weight: float) -> float:
    if not 0.0 <= weight <= 1.0:
        raise InputError(f"the weight must lie in [0, 1], not {weight!r}")
    return weight


def _tuned(taken: Taken) -> float:
    """cov(labels, judged) / ((1 + n/N) · var(judged)), kept in [0, 1] (PPI++, the plug-in for a mean).

    Both on the labelled items: of their ratio, much of the noise cancels.
    """
    spread = float(taken.judged.var(ddof=1))
    if spread <= 0:
        return 0.0
    slope = float(np.cov(taken.labels, taken.judged)[0, 1]) / spread
    return weight_of(slope, taken.labels.size, taken.rest.size)


def weight_of(slope: float, labelled: int, rest: int) -> float:
    """The weight that makes the interval narrowest, kept in [0, 1]; 0 where nothing but labels is there."""
    return min(1.0, max(0.0, slope / (1 + labelled / rest))) if rest else 0.0


def _error(taken: Taken, weight: float) -> float:
    """The cluster-robust standard error: a cluster's labelled and unlabelled items err together."""
    influence = influence_of(taken.labels, taken.judged, taken.rest, weight)
    sums = np.bincount(taken.codes[: influence.size], weights=influence)
    count = taken.labelled_clusters
    return math.sqrt(count / (count - 1) * float(sums @ sums))


def influence_of(labels: Array, judged: Array, rest: Array, weight: float) -> Array:
    """How far each item moves the value, shape (n + N,), the labelled first."""
    residuals = labels - weight * judged
    parts = [(residuals - residuals.mean()) / residuals.size]
    if rest.size:
        parts.append(weight * (rest - rest.mean()) / rest.size)
    return np.concatenate(parts)


def _labels_error(taken: Taken, weight: float) -> float:
    """What is left of the standard error when endless items are judged and no more are labelled."""
    return _error(Taken(taken.labels, taken.judged, np.empty(0), taken.codes), weight)


def _mean(values: Array) -> float:
    return float(values.mean()) if values.size else 0.0
