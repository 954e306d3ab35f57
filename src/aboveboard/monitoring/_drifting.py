"""A figure of the answers that moves away from where it was."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.charter import DriftRule
from aboveboard.evidence.records import Record
from aboveboard.monitoring._figure import Figure, GroupFigure
from aboveboard.monitoring._range import Range
from aboveboard.monitoring._seen import Seen
from aboveboard.monitoring._streams import GREATEST
from aboveboard.stats import DriftDetector, clopper_pearson

SHARES = ("refusal", "blocked", "toxicity")
_READS: Mapping[str, Callable[[Seen], float | None]] = {
    "refusal": lambda seen: seen.refused,
    "blocked": lambda seen: seen.blocked,
    "toxicity": lambda seen: seen.toxic,
    "length": lambda seen: seen.length,
    "latency": lambda seen: seen.latency,
    "energy": lambda seen: seen.energy,
}
_UNITS = {"length": "tokens", "latency": "ms", "energy": "Wh"}
_SURE = 0.99
_SLACK = 0.05  # of a declared median: answers that are exactly as long as it are on neither side


@dataclass(slots=True)
class Drifting:
    """Shares are watched as they are; sizes by the share above the baseline's median, which is one half.

    A baseline that is learnt from the first answers is uncertain itself: the detector is told a range for it
    (99 %: Clopper and Pearson for a share, Dvoretzky–Kiefer–Wolfowitz for a median), and a change within that
    range is not found.
    """

    rule: DriftRule
    _learnt: list[float] = field(default_factory=list, init=False)
    _median: float = field(default=0.0, init=False)
    _baseline: str = field(default="", init=False)
    _detector: DriftDetector | None = field(default=None, init=False)
    _range: Range = field(default_factory=Range, init=False)

    def __post_init__(self) -> None:
        if self.rule.baseline is not None:
            self._declare(self.rule.baseline)

    @property
    def is_share(self) -> bool:
        return self.rule.quantity in SHARES

    def take(self, record: Record, seen: Seen | None) -> bool:
        value = _READS[self.rule.quantity](seen) if seen else None
        if value is None:
            return False
        if self._detector is None:
            self._learn(value, record)
            return False
        part = value if self.is_share else float(value > self._median)
        self._range.take(part)
        return self._detector.update(part)

    def _declare(self, baseline: float) -> None:
        if self.is_share:
            self._begin(baseline, baseline, f"declared: a share of {baseline:g}")
        else:
            self._median = baseline
            unit = _UNITS[self.rule.quantity]
            self._begin(0.5 - _SLACK, 0.5 + _SLACK, f"declared: a median of {baseline:g} {unit}")

    def _learn(self, value: float, record: Record) -> None:
        self._learnt.append(value)
        n = len(self._learnt)
        if n < self.rule.learn:
            return
        until = f"learnt from {n} answers, the last {record.id}"
        if self.is_share:
            found = clopper_pearson(round(sum(self._learnt)), n, _SURE)
            limits = found.low, found.high
            self._begin(*limits, f"{until}: a share of {limits[0]:.4g} to {limits[1]:.4g}")
        else:
            self._median = sorted(self._learnt)[n // 2]
            doubt = math.sqrt(math.log(2.0 / (1.0 - _SURE)) / (2.0 * n))
            above = sum(each > self._median for each in self._learnt) / n
            text = f"{until}: a median of {self._median:.4g} {_UNITS[self.rule.quantity]}"
            self._begin(max(0.0, above - doubt), min(1.0, above + doubt), text)
        self._learnt = []

    def _begin(self, low: float, high: float, baseline: str) -> None:
        self._detector = DriftDetector(low, high, float(self.rule.run_length))
        self._baseline = baseline

    @property
    def n(self) -> int:
        return len(self._learnt) if self._detector is None else self._detector.n

    def figure(self) -> Figure:
        detector, spread = self._detector, self._range.now
        if detector is None:
            n, at = len(self._learnt), float(self.rule.run_length)
            return Figure(0.0, 0.0, 1.0, n, 0.0, at, baseline=f"{self.rule.learn - n} more to learn")
        what = "share" if self.is_share else "share above the median"
        turned = f"{what} {'risen' if detector.has_risen else 'fallen'}" if spread.n else what
        evidence = min(math.exp(min(detector.log_evidence, 690.0)), GREATEST)
        value = spread.mean if spread.n else 0.0
        return Figure(
            value,
            spread.low,
            spread.high,
            spread.n,
            evidence,
            detector.run_length,
            "",
            turned,
            self._baseline,
        )

    def groups(self) -> Sequence[GroupFigure]:
        return ()

    def state(self) -> dict[str, Any]:
        detector = self._detector.state() if self._detector else None
        return {
            "learnt": self._learnt,
            "median": self._median,
            "baseline": self._baseline,
            "detector": detector,
            "range": self._range.state(),
        }

    def resume(self, state: Mapping[str, Any]) -> None:
        self._learnt, self._median = list(state["learnt"]), state["median"]
        self._baseline = state["baseline"]
        self._detector = DriftDetector.resume(state["detector"]) if state["detector"] else None
        self._range.resume(state["range"])
