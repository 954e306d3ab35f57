"""A judge's readings put right by people's labels group by group, and what lies between the groups.

A judge that errs more with one group than with another sees a gap that is not there, or none where one is,
and no correction by one sensitivity and one specificity mends it. Prediction-powered inference within each
group (Angelopoulos et al. 2023, Science 382:669; arXiv:2311.01453) assumes nothing of how it errs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aboveboard.arrays import Array, np
from aboveboard.stats._distributions import two_sided_t
from aboveboard.stats._errors import InputError
from aboveboard.stats._impact_ratio import ImpactRatio, PairTable
from aboveboard.stats._inputs import check_confidence
from aboveboard.stats._interval import Estimate, Interval
from aboveboard.stats._power import detectable_by_side
from aboveboard.stats._prediction_powered import (
    JudgedSample,
    Taken,
    doubt_of_shares,
    influence_of,
    shares_from,
    weight_of,
)

METHOD = "prediction-powered t"


@dataclass(frozen=True, slots=True)
class PoweredGroups:
    """Shares of groups as people would find them in all items. `missing` are those with too few labels."""

    _parts: Mapping[str, _Part]
    missing: tuple[str, ...]
    n: int
    clusters: int

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that have a share, in alphabetical order."""
        return tuple(self._parts)

    def share(self, group: str, confidence: float = 0.95) -> Estimate:
        """One group's share. `fixed` is what more labels, and not more items, would shrink."""
        part = self._parts[group]
        reach = part.reach(confidence)
        interval = Interval(part.value - reach, part.value + reach, confidence, METHOD).clipped(0.0, 1.0)
        fixed = part.fixed / part.error
        below, above = fixed * (part.value - interval.low), fixed * (interval.high - part.value)
        mde = detectable_by_side(interval, part.value)
        return Estimate(part.value, interval, part.n, part.clusters, mde, (below, above))

    def difference(self, first: str, second: str, confidence: float = 0.95) -> Estimate:
        """share(first) − share(second): what moves both groups of a cluster alike cancels."""
        one, other = self._parts[first], self._parts[second]
        error = math.hypot(one.spread(one.sums - other.sums, other), one.doubt, other.doubt)
        reach = two_sided_t(check_confidence(confidence), one.freedom(other)) * error
        value = one.value - other.value
        interval = Interval(value - reach, value + reach, confidence, METHOD).clipped(-1.0, 1.0)
        mde = detectable_by_side(interval, value)
        return Estimate(value, interval, one.n + other.n, min(one.clusters, other.clusters), mde)

    def impact_ratio(self, confidence: float = 0.95) -> ImpactRatio:
        """Each share ÷ the highest; pairs are joined as in `impact_ratio`. UndefinedError where all are 0."""
        rates = {name: part.value for name, part in self._parts.items()}
        if len(rates) < 2:
            raise InputError(f"an impact ratio compares groups; there is {len(rates)}", cure="label more")

        def limits(group: str, other: str, tail: float) -> tuple[float, float]:
            return self._parts[group].ratio(self._parts[other], tail)

        table = PairTable(rates, limits, check_confidence(confidence), f"{METHOD}, Fieller over pairs")
        return table.result({name: part.n for name, part in self._parts.items()}, self.n, self.clusters)


def prediction_powered_groups(sample: JudgedSample, groups: Sequence[str]) -> PoweredGroups:
    """The shares of groups: `groups` has a name for each of the n + N items, the labelled first.

    Values lie in [0, 1]. Each group's interval rests on its own labels alone (t on its labelled clusters − 1,
    two clusters added that differ throughout, as in `prediction_powered_proportion`); only the slope that the
    weight is tuned by is common, found within groups: any weight is valid, and a few labels cannot tune one
    well. Items of one cluster may lie in several groups. A group with fewer than two labelled clusters has no
    share and is named in `missing`; TooFewError where so few are labelled in all.
    """
    taken = shares_from(sample)
    if len(groups) != taken.codes.size:
        raise InputError(f"{len(groups)} groups for {taken.codes.size} items")
    names = np.asarray(list(groups), dtype=object)
    slope = _slope(taken, names[: taken.labels.size])
    found = {name: _part(taken, names == name, slope) for name in sorted(set(groups))}
    missing = tuple(name for name, part in found.items() if part is None)
    parts = {name: part for name, part in found.items() if part is not None}
    return PoweredGroups(parts, missing, taken.codes.size, taken.clusters)


@dataclass(frozen=True, slots=True)
class _Part:
    """One group: `sums` is how far each cluster moves its value, shape (C,); `labels` of its labels alone."""

    value: float
    sums: Array
    labels: Array
    n: int
    clusters: int
    labelled: int

    @property
    def doubt(self) -> float:
        return doubt_of_shares(self.labelled)

    @property
    def error(self) -> float:
        return math.hypot(self.spread(self.sums), self.doubt)

    @property
    def fixed(self) -> float:
        return min(self.error, math.hypot(self.spread(self.labels), self.doubt))

    def reach(self, confidence: float) -> float:
        return two_sided_t(check_confidence(confidence), self.labelled - 1) * self.error

    def freedom(self, other: _Part) -> int:
        return min(self.labelled, other.labelled) - 1

    def spread(self, sums: Array, other: _Part | None = None) -> float:
        """The standard error of what has these sums over clusters."""
        freedom = self.freedom(other or self)
        return math.sqrt((freedom + 1) / freedom * float(sums @ sums))

    def ratio(self, other: _Part, tail: float) -> tuple[float, float]:
        """All r with |self − r · other| within t standard errors (Fieller 1954, JRSS-B 16:175), r ≥ 0."""
        freedom = self.freedom(other)
        t = two_sided_t(1 - 2 * tail, freedom) ** 2
        scale = (freedom + 1) / freedom
        mine = self.spread(self.sums, other) ** 2 + self.doubt**2
        its = other.spread(other.sums, self) ** 2 + other.doubt**2
        both = scale * float(self.sums @ other.sums)
        return _at_most_zero(
            other.value**2 - t * its, self.value * other.value - t * both, self.value**2 - t * mine
        )


def _at_most_zero(a: float, b: float, c: float) -> tuple[float, float]:
    """The least and the greatest r ≥ 0 with a·r² − 2b·r + c ≤ 0, infinite where there is no greatest."""
    root = math.sqrt(max(0.0, b * b - a * c))
    if a > 0:
        return max(0.0, (b - root) / a), max(0.0, (b + root) / a)
    if c <= 0 or (a == 0 and b <= 0):
        return 0.0, math.inf
    return (c / (2 * b) if a == 0 else (b - root) / a), math.inf


def _part(taken: Taken, is_mine: Array, slope: float) -> _Part | None:
    count = taken.labels.size
    first, second = is_mine[:count], is_mine[count:]
    codes = np.concatenate([taken.codes[:count][first], taken.codes[count:][second]])
    labels, judged, rest = taken.labels[first], taken.judged[first], taken.rest[second]
    labelled = len(np.unique(codes[: labels.size]))
    if labelled < 2:
        return None
    weight = weight_of(slope, labels.size, rest.size)
    value = float((labels - weight * judged).mean()) + (weight * float(rest.mean()) if rest.size else 0.0)
    influence = influence_of(labels, judged, rest, weight)

    def summed(count: int) -> Array:
        sums = np.bincount(codes[:count], weights=influence[:count], minlength=taken.clusters)
        return sums.astype(np.float64)

    return _Part(
        value=min(1.0, max(0.0, value)),
        sums=summed(codes.size),
        labels=summed(labels.size),
        n=labels.size + rest.size,
        clusters=len(np.unique(codes)),
        labelled=labelled,
    )


def _slope(taken: Taken, names: Array) -> float:
    """cov(labels, judged) / var(judged) within groups."""
    together = spread = 0.0
    for name in set(names.tolist()):
        mine = names == name
        off = taken.judged[mine] - taken.judged[mine].mean()
        together += float(off @ (taken.labels[mine] - taken.labels[mine].mean()))
        spread += float(off @ off)
    return together / spread if spread > 0 else 0.0
