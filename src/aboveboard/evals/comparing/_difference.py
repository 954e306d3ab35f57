"""The difference between two models on the same items, for every measure and group of a suite."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aboveboard.evals._item import Scored
from aboveboard.evals._measure import Direction
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.comparing._harm import harm
from aboveboard.stats import Interval, Jackknifed, clopper_pearson, holm, jackknife, values_only

Outcome = Literal["better", "worse", "undecided", "no item differs"]
Key = tuple[str, str, str]
"""Measure, attribute, group; the last two empty for the whole."""

_MOST_GROUPS = 40
"""Clusters are left out in so many groups at most: more would cost time and tell little."""

_NO_SPREAD = "clopper-pearson (no spread seen)"


@dataclass(frozen=True, slots=True)
class Side:
    """A measure's value on both models. `group` empty with `by` set is the attribute's summary."""

    measure: str
    by: str
    group: str
    first: float
    second: float

    @property
    def difference(self) -> float:
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Difference:
    """second − first of one figure, with its interval, and what it means.

    `harm` is how much farther from good the second is (negative: nearer), `harm_low` and `harm_high` its
    interval at the same confidence. `p_value` is of the harm, two-sided; `adjusted` by Holm over the measures
    compared. `n` items and `clusters` were answered by both; `n_to_decide` is about how many would show a
    difference of this size, None where it is shown, or where there is none to show.
    """

    side: Side
    low: float
    high: float
    harm: float
    harm_low: float
    harm_high: float
    confidence: float
    p_value: float
    adjusted: float
    n: int
    clusters: int
    outcome: Outcome
    n_to_decide: int | None
    method: str


@dataclass(frozen=True, slots=True)
class Paired:
    """The items that both models answered readably, in the same order."""

    first: Sequence[Scored]
    second: Sequence[Scored]

    @property
    def clusters(self) -> list[str]:
        return list(dict.fromkeys(each.item.cluster for each in self.first))

    @property
    def is_same(self) -> bool:
        """Whether no item's score differs."""
        return all(left.score == right.score for left, right in zip(self.first, self.second, strict=True))

    def without(self, left_out: set[str]) -> "Paired":
        return Paired(
            [each for each in self.first if each.item.cluster not in left_out],
            [each for each in self.second if each.item.cluster not in left_out],
        )

    def of(self, side: Side) -> "Paired":
        """The items that a figure is of."""
        return Paired(
            [each for each in self.first if _is_of(each, side)],
            [each for each in self.second if _is_of(each, side)],
        )


def _is_of(scored: Scored, side: Side) -> bool:
    item = scored.item
    return item.is_for(side.measure) and (not side.group or item.groups.get(side.by) == side.group)


def pair(first: Sequence[Scored], second: Sequence[Scored]) -> Paired:
    """Keeps the items that both answered and whose answers could be read."""
    right = {each.item.id: each for each in second if each.score is not None}
    both = [each for each in first if each.score is not None and each.item.id in right]
    return Paired(both, [right[each.item.id] for each in both])


def differences(
    suite: Suite, paired: Paired, asks: Asks, *, confidence: float = 0.95
) -> dict[Key, Difference]:
    """Every figure of `suite` that both models have, by measure, attribute and group.

    Intervals and p-values are by a jackknife of the suite's own conclusion over groups of clusters, the same
    left out of both models: they hold for any measure a suite may draw. Holm's correction is over the wholes
    of the measures, and over the groups of each attribute apart.
    """
    clusters = paired.clusters
    if len(clusters) < 2:
        return {}
    directions = {measure.id: measure.direction for measure in suite.measures}
    whole = _sides(suite, paired, asks)
    count = min(len(clusters), _MOST_GROUPS)
    parts = [_sides(suite, paired.without(set(clusters[start::count])), asks) for start in range(count)]
    found = {}
    for key, side in whole.items():
        if all(key in part for part in parts):
            left_out = [part[key] for part in parts]
            found[key] = _difference(side, left_out, paired, (directions[key[0]], confidence))
    return _judged(found, confidence)


def _sides(suite: Suite, paired: Paired, asks: Asks) -> dict[Key, Side]:
    left, right = values_of(suite, paired.first, asks), values_of(suite, paired.second, asks)
    return {key: Side(*key, left[key], right[key]) for key in left if key in right}


def values_of(suite: Suite, scored: Sequence[Scored], asks: Asks) -> dict[Key, float]:
    """The suite's own figures; those that are not finite are as good as absent."""
    with values_only():
        findings = suite.conclude(scored, asks).findings
    found = {(each.measure, "", ""): each.value for each in findings}
    found |= {(f.measure, each.by, each.group): each.value for f in findings for each in f.slices}
    return {key: value for key, value in found.items() if math.isfinite(value)}


def _difference(
    side: Side, left_out: Sequence[Side], paired: Paired, how: tuple[Direction, float]
) -> Difference:
    direction, confidence = how
    mine = paired.of(side)
    plain = jackknife(side.difference, [each.difference for each in left_out])
    worse = jackknife(_harm(side, direction), [_harm(each, direction) for each in left_out])
    clusters = len(mine.clusters)
    shown = _interval(plain, side, mine, confidence)
    harmed = _interval(worse, side, mine, confidence)
    return Difference(
        side=side,
        low=shown.low,
        high=shown.high,
        harm=worse.value,
        harm_low=harmed.low,
        harm_high=harmed.high,
        confidence=confidence,
        p_value=worse.p_value,
        adjusted=worse.p_value,
        n=len(mine.first),
        clusters=clusters,
        outcome="no item differs" if mine.is_same else "undecided",
        n_to_decide=_n_to_decide(worse, harmed, len(mine.first)),
        method=shown.method,
    )


def _harm(side: Side, direction: Direction) -> float:
    return harm(direction, side.second) - harm(direction, side.first)


def _interval(found: Jackknifed, side: Side, paired: Paired, confidence: float) -> Interval:
    """The jackknife's; where no group of clusters differed from the rest, what so few of them can exclude.

    Not one of C clusters spoke otherwise: the share of those that would is below Clopper and Pearson's limit,
    and each can move a share by 1, another figure by its own size.
    """
    if found.error > 0:
        made = found.interval(confidence)
        return replace(made, method=f"jackknife over {found.groups} groups of clusters")
    span = max(1.0, abs(side.first), abs(side.second))
    reach = span * clopper_pearson(0, max(1, len(paired.clusters)), confidence).high
    low, high = max(-span, found.value - reach), min(span, found.value + reach)
    return Interval(min(low, found.value), max(high, found.value), confidence, _NO_SPREAD)


def _n_to_decide(found: Jackknifed, interval: Interval, n: int) -> int | None:
    if found.value == 0 or not interval.low <= 0 <= interval.high:
        return None
    return max(n + 1, math.ceil(n * (interval.half_width / found.value) ** 2))


def _judged(found: Mapping[Key, Difference], confidence: float) -> dict[Key, Difference]:
    families: dict[tuple[str, str], list[Key]] = {}
    for measure, by, group in found:
        families.setdefault((measure, by) if by else ("", ""), []).append((measure, by, group))
    adjusted: dict[Key, float] = {}
    for keys in families.values():
        adjusted |= dict(zip(keys, holm([found[key].p_value for key in keys]), strict=True))
    return {key: judge(each, adjusted[key], confidence) for key, each in found.items()}


def judge(found: Difference, adjusted: float, confidence: float) -> Difference:
    """The same with its p-value adjusted for its family, and the outcome that follows."""
    outcome = found.outcome
    if outcome != "no item differs":
        outcome = "undecided" if adjusted >= 1 - confidence else "better" if found.harm < 0 else "worse"
    needed = found.n_to_decide if outcome == "undecided" else None
    return replace(found, adjusted=adjusted, outcome=outcome, n_to_decide=needed)
