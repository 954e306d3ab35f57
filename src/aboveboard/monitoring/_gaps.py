"""Gaps between groups: of counterfactual probes, and of the traffic itself."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import comb
from typing import Any, Generic, TypeVar

from aboveboard.evidence.records import Probe, ProbeAnswer, Record
from aboveboard.monitoring._figure import Figure, GroupFigure
from aboveboard.monitoring._pair import Against, Pair, Terms, joined_wealth
from aboveboard.monitoring._seen import Seen
from aboveboard.monitoring._streams import GREATEST, alarm_at

Outcome = Callable[[ProbeAnswer, ProbeAnswer], tuple[float, float]]
OfPair = TypeVar("OfPair", Pair, Against)

_ROUNDING = 1e-6
_MOST_GROUPS = 16
_GROUPS_OF = {"gender": 2, "ethnicity": 4, "gender*ethnicity": 8}


@dataclass(slots=True)
class _Family(Generic[OfPair]):
    """Comparisons that are judged together: the alarm rings at 1/α of the joint wealth."""

    terms: Terms
    parts: dict[str, OfPair] = field(default_factory=dict)

    def rings(self) -> bool:
        parts = list(self.parts.values())
        wanted = -math.log(self.terms.alpha)
        # All together have at most so many times the richest: most often there is no need to add up.
        richest = max(each.log_wealth for each in parts)
        return richest + math.log(len(parts)) >= wanted - _ROUNDING and joined_wealth(parts) >= wanted

    @property
    def n(self) -> int:
        return sum(each.n for each in self.parts.values())

    def figure(self) -> Figure:
        """The one with the most evidence, at the wealth of all; the range is as wide as all together."""
        found = self.groups()
        evidence = min(math.exp(min(joined_wealth(list(self.parts.values())), 690.0)), GREATEST)
        at = alarm_at(self.terms.alpha)
        if not found:
            return Figure(0.0, 0.0, self.terms.scale, 0, 1.0, at)
        worst = max(self.parts, key=lambda name: self.parts[name].log_wealth)
        shown = self.parts[worst].figure()
        low, high = max(each.low for each in found), max(each.high for each in found)
        n = sum(each.n for each in found)
        return Figure(shown.value, low, high, n, evidence, at, shown.by, shown.groups)

    def groups(self) -> Sequence[GroupFigure]:
        return [each.figure() for each in self.parts.values()]

    def state(self) -> dict[str, Any]:
        return {"parts": [[each.by, each.groups, each.state()] for each in self.parts.values()]}


@dataclass(slots=True)
class ProbedGaps(_Family[Pair]):
    """Gaps between the variants of probes, over the attributes promised: every pair of their groups."""

    outcome: Outcome = field(kw_only=True)
    over: tuple[str, ...] = field(kw_only=True)

    def take(self, record: Record, seen: Seen | None) -> bool:
        if not isinstance(record, Probe) or record.by not in self.over or len(record.answers) != 2:
            return False
        first, second = sorted(record.answers, key=lambda each: each.group)
        self._pair(record.by, f"{first.group} and {second.group}").take(*self.outcome(first, second))
        return self.rings()

    def resume(self, state: Mapping[str, Any]) -> None:
        for by, groups, content in state["parts"]:
            self._pair(by, groups).resume(content)

    def figure(self) -> Figure:
        """While a pair has not been seen, its gap may be any."""
        found = _Family.figure(self)
        return found if len(self.parts) >= self._pairs else replace(found, high=self.terms.scale)

    @property
    def _pairs(self) -> int:
        """How many pairs of groups there are."""
        return sum(comb(_GROUPS_OF.get(each, 8), 2) for each in self.over)

    def _pair(self, by: str, groups: str) -> Pair:
        return self.parts.setdefault(f"{by}: {groups}", Pair(by, groups, 1.0 / self._pairs, self.terms))


@dataclass(slots=True)
class TrafficGaps(_Family[Against]):
    """Gaps between the groups that records tell apart, each against all others.

    Which groups there are is found out on the way. The k-th has the weight 1/(k(k+1)), so that all weights
    add up to 1 at most, however many come; from the seventeenth on they only count as others.
    """

    read: Callable[[Seen], float | None] = field(kw_only=True)
    over: tuple[str, ...] = field(kw_only=True)
    _of: dict[str, dict[str, Against]] = field(default_factory=dict, init=False)  # by attribute and group
    _pairs: int = field(default=0, init=False)

    def take(self, record: Record, seen: Seen | None) -> bool:
        value = self.read(seen) if seen else None
        if seen is None or value is None:
            return False
        made = sum([self._take(by, seen.group(by), value) for by in self.over])
        self._pairs += made
        return made > 0 and self.rings()

    @property
    def n(self) -> int:
        return self._pairs

    def _take(self, by: str, group: str, value: float) -> int:
        """Says how many pairs it made: as many wealths have moved."""
        if not group:
            return 0
        known = self._of.get(by, {})
        if group not in known and len(self.parts) < _MOST_GROUPS:
            self._against(by, group)
            known = self._of[by]
        return sum([each.take(name == group, value) for name, each in known.items()])

    def resume(self, state: Mapping[str, Any]) -> None:
        for by, group, content in state["parts"]:
            self._against(by, group).resume(content)
        self._pairs = sum(each.n for each in self.parts.values())

    def _against(self, by: str, group: str) -> Against:
        number = len(self.parts) + 1
        made = Against(by, group, 1.0 / (number * (number + 1)), self.terms)
        self._of.setdefault(by, {})[group] = made
        return self.parts.setdefault(f"{by}: {group}", made)
