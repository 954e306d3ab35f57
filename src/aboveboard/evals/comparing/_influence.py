"""Which items make a measure bad: those without which it would be better."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.evals._finding import Ask
from aboveboard.evals._item import Scored
from aboveboard.evals._suite import Suite
from aboveboard.evals.comparing._harm import harm
from aboveboard.stats import values_only

_MOST = 400
"""Clusters that are left out one at a time; with more, the page would take too long."""


@dataclass(frozen=True, slots=True)
class WorstCluster:
    """The items of one cluster, and by how much the measure would be better without them."""

    cluster: str
    influence: float
    items: tuple[Scored, ...]


def worst_clusters(
    suite: Suite, measure: str, scored: Sequence[Scored], count: int = 5
) -> list[WorstCluster]:
    """Up to `count` clusters that worsen a measure most, by leaving each out (Hampel 1974: influence).

    Empty where none does, or where there are too many to try.
    """
    info = next(each for each in suite.measures if each.id == measure)
    asks = {measure: Ask(over=info.attributes)}

    def measured(kept: Sequence[Scored]) -> float | None:
        with values_only():
            findings = suite.conclude(kept, asks).findings
        return next((harm(info.direction, each.value) for each in findings), None)

    clusters = list(dict.fromkeys(each.item.cluster for each in scored if each.item.is_for(measure)))
    whole = measured(scored)
    if whole is None or not 2 < len(clusters) <= _MOST:
        return []
    found = []
    for name in clusters:
        rest = measured([each for each in scored if each.item.cluster != name])
        if rest is not None and whole - rest > 0:
            mine = tuple(each for each in scored if each.item.cluster == name)
            found.append(WorstCluster(name, whole - rest, mine))
    return sorted(found, key=lambda each: (-each.influence, each.cluster))[:count]
