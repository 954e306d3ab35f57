"""Impact ratios when the same CVs are shown under a name of every group."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from aboveboard.arrays import Array, np
from aboveboard.stats._bootstrap import resample_sums
from aboveboard.stats._distributions import normal_tail, two_sided_t
from aboveboard.stats._errors import InputError, TooFewError
from aboveboard.stats._impact_ratio import ImpactRatio, PairLimits, PairTable
from aboveboard.stats._inputs import Clusters, Codes, Numbers, as_shares, check_confidence, cluster_codes
from aboveboard.stats._interval import Interval
from aboveboard.stats._sparing import draws

_LEAST_RESAMPLES = 4000
_MOST_RESAMPLES = 40_000
_BEYOND = 10  # resamples wanted beyond the farthest limit


def impact_ratio_crossed(
    outcomes: Mapping[str, Numbers],
    clusters: Clusters | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> ImpactRatio:
    """Impact ratios from paired outcomes in [0, 1] (selected or not, or a score), by a bootstrap over CVs.

    `outcomes[group]` has shape (n,): position i is CV i (average over several names of one group first);
    `clusters` joins CVs that are variants of one. As every group sees the same CVs, what makes a CV strong
    cancels, and the intervals are much narrower than `impact_ratio`'s would be.

    Each pair's limits are quantiles of its ratio over resampled CVs, widened for few CVs (Hesterberg 2015,
    Am Stat 69:371, "expanded percentile") and with two CVs added that favour one group each (after
    Agresti and Min 2005, Stat Med 24:729): agreement seen everywhere is no proof that none differs. The
    pairs are joined as in `impact_ratio`. Needs two CVs; UndefinedError when nobody was selected.
    """
    matrix = _as_matrix(outcomes)
    codes = cluster_codes(clusters, matrix.shape[0])
    resampled = _resample(matrix, codes, check_confidence(confidence), seed)
    rates = dict(zip(outcomes, (float(rate) for rate in matrix.mean(axis=0)), strict=True))
    table = PairTable(rates, _pair_limits(resampled, list(outcomes)), confidence, "bootstrap over pairs")
    return table.result(dict.fromkeys(rates, len(codes)), len(codes), resampled.clusters)


def impact_ratio_bounds(
    least: Mapping[str, Numbers],
    most: Mapping[str, Numbers],
    clusters: Clusters | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> tuple[Interval, Mapping[str, Interval]]:
    """The intervals of the lowest impact ratio and of each group's, when outcomes are known to lie between
    `least` and `most`, each as `outcomes` of `impact_ratio_crossed`.

    Of each pair the low end is that of the first's least by the other's most, the high end the reverse: the
    worst case of lost outcomes (Horowitz and Manski 2000, JASA 95:77). With both alike it is
    `impact_ratio_crossed`.
    """
    low, high = _as_matrix(least), _as_matrix(most)
    if list(least) != list(most) or low.shape != high.shape or (low > high).any():
        raise InputError("the least and the greatest outcomes are not those of the same CVs and groups")
    codes = cluster_codes(clusters, low.shape[0])
    resampled = _resample(np.hstack([low, high]), codes, check_confidence(confidence), seed)
    rates = dict(zip(most, (float(rate) for rate in high.mean(axis=0)), strict=True))
    table = PairTable(rates, _pair_limits(resampled, list(most)), confidence, "bootstrap over pairs")
    return table.worst_interval(), {name: table.group_interval(name) for name in most}


def _pair_limits(resampled: _Resampled, names: list[str]) -> PairLimits:
    """Of two groups by name. With twice as many columns as names, the second half are the greatest."""
    least = {name: place for place, name in enumerate(names)}
    most = {name: place + resampled.sums.shape[1] - len(names) for name, place in least.items()}

    def limits(group: str, other: str, tail: float) -> tuple[float, float]:
        low, _ = resampled.limits((least[group], most[other]), tail)
        _, high = resampled.limits((most[group], least[other]), tail)
        return low, high

    return limits


@dataclass(frozen=True, slots=True)
class _Resampled:
    """Sums over resampled clusters: `sums` has shape (B, K), `favours` (B, 2) counts the two added CVs."""

    sums: Array
    favours: Array
    clusters: int

    def limits(self, pair: tuple[int, int], tail: float) -> tuple[float, float]:
        """The quantiles of one pair's ratio that leave `tail` on each side, widened for few clusters."""
        top = self.sums[:, pair[0]] + self.favours[:, 0]
        bottom = self.sums[:, pair[1]] + self.favours[:, 1]
        level = _expanded(tail, self.clusters)
        low = np.quantile(_divide(top, bottom, empty=0.0), level, method="lower")
        high = np.quantile(_divide(top, bottom, empty=math.inf), 1 - level, method="higher")
        return float(low), float(high)


def _resample(matrix: Array, codes: Codes, confidence: float, seed: int) -> _Resampled:
    groups, clusters = matrix.shape[1], int(codes.max()) + 1
    if clusters < 2:
        raise TooFewError("one CV alone cannot be resampled", cure="show at least two independent CVs")
    sums = np.stack([np.bincount(codes, weights=outcomes) for outcomes in matrix.T], axis=1)
    # The two added CVs weigh as much as an average cluster; which groups they favour, each pair decides.
    favours = np.eye(2) * len(codes) / clusters
    pool = np.block([[sums, np.zeros((clusters, 2))], [np.zeros((2, groups)), favours]])
    farthest = _expanded((1 - confidence) / 2 / (groups * (groups - 1)), clusters)
    # With very few clusters the farthest tail is 0: the limits are then the extremes, whatever the number.
    count = draws(int(min(max(_BEYOND / max(farthest, 1e-9), _LEAST_RESAMPLES), _MOST_RESAMPLES)))
    drawn = resample_sums(pool, count, seed)
    return _Resampled(drawn[:, :groups], drawn[:, groups:], clusters)


def _expanded(tail: float, clusters: int) -> float:
    """The tail of the bootstrap distribution that a t interval's tail corresponds to."""
    return normal_tail(two_sided_t(1 - 2 * tail, clusters - 1) * math.sqrt(clusters / (clusters - 1)))


def _divide(top: Array, bottom: Array, empty: float) -> Array:
    """top / bottom, infinite where only bottom is 0 and `empty` where both are."""
    absent = np.where(top > 0, math.inf, empty)
    return np.divide(top, bottom, out=absent, where=bottom > 0)


def _as_matrix(outcomes: Mapping[str, Numbers]) -> Array:
    """The outcomes as an array of shape (n, K)."""
    if len(outcomes) < 2:
        raise InputError(
            f"an impact ratio compares groups; there is {len(outcomes)}", cure="give two or more"
        )
    columns = [as_shares(values, f"outcomes of {name}") for name, values in outcomes.items()]
    lengths = {name: column.size for name, column in zip(outcomes, columns, strict=True)}
    if len(set(lengths.values())) > 1:
        raise InputError(
            f"the groups saw different numbers of CVs: {lengths}",
            cure="keep the CVs that every group was shown with, in the same order",
        )
    return np.stack(columns, axis=1)
