"""Groups whose answers a judge reads, that errs more on some."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aboveboard import stats
from simulations.setting import Random, Setting, filled, rates_words


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judge that finds nine in ten positives, and flags a share of each group's negatives."""

    rates: tuple[float, ...]
    alarms: tuple[float, ...]
    each: int = 400
    labelled: int = 200
    shared: bool = False  # every case in every group, as easy or hard in all

    def __str__(self) -> str:
        cases = "the same cases" if self.shared else "cases of their own"
        flags = " ".join(map(str, self.alarms))
        sizes = f"{self.each} each, {self.labelled} labels, {cases}"
        return f"{rates_words(self.rates)}, flagged wrongly {flags}, {sizes}"

    def draw(self, r: Random) -> tuple[stats.JudgedSample, list[str], np.ndarray]:
        """The sample, the groups, and everything that the judge said."""
        n = self.each * len(self.rates)
        names = np.repeat([f"g{number}" for number in range(len(self.rates))], self.each)
        case = np.arange(n) % self.each if self.shared else np.arange(n)
        merit = np.where(r.random(n) < 0.5, r.random(n)[case], r.random(n)) if self.shared else r.random(n)
        truth = merit < np.repeat(self.rates, self.each)
        judged = np.where(truth, r.random(n) < 0.9, r.random(n) < np.repeat(self.alarms, self.each))
        order = r.permutation(n)
        labels, read = truth[order].astype(float), judged[order].astype(float)
        count = self.labelled
        sample = stats.JudgedSample(
            labels=labels[:count], judged=read[:count], rest=read[count:], clusters=case[order]
        )
        return sample, names[order].tolist(), read


def powered() -> Iterator[Setting]:
    unequal = _Judged((0.3, 0.3), (0.05, 0.25))
    yield Setting("groups, the judge alone", f"gap; {unequal}", filled(_hit_judged_gap, unequal), "shown")
    yield Setting(
        "groups, the judge alone: a gap that is not there",
        str(unequal),
        filled(_sees_gap, unequal),
        "shown",
        0.05,
    )
    yield Setting(
        "prediction_powered_groups: a gap that is not there",
        str(unequal),
        filled(_sees_powered_gap, unequal),
        "<=",
        0.05,
    )
    for setting in (
        unequal,
        _Judged((0.3, 0.3), (0.05, 0.25), labelled=60),
        _Judged((0.3, 0.3), (0.05, 0.25), shared=True),
        _Judged((0.5, 0.35), (0.1, 0.3), 300, 100, shared=True),
        _Judged((0.05, 0.05), (0.02, 0.2), labelled=100),
        _Judged((0.3,) * 4, (0.05, 0.05, 0.05, 0.3), 150, 160, shared=True),
    ):
        for name, trial in (
            ("gap", _hit_powered_gap),
            ("shares jointly", _hit_shares),
            ("impact ratio", _hit_powered_ratio),
        ):
            yield Setting(
                f"prediction_powered_groups ({name})",
                str(setting),
                filled(trial, setting),
                slack=0.01,
                cost=2,
            )


def _hit_judged_gap(r: Random, judged: _Judged) -> bool:
    return judged.rates[0] - judged.rates[-1] in _judged_gap(r, judged)


def _sees_gap(r: Random, judged: _Judged) -> bool:
    return 0.0 not in _judged_gap(r, judged)


def _judged_gap(r: Random, judged: _Judged) -> stats.Interval:
    """What comes of taking the judge at its word."""
    _, groups, read = judged.draw(r)
    sides = [read[np.array(groups) == name] for name in ("g0", f"g{len(judged.rates) - 1}")]
    off = float(sides[0].mean() - sides[1].mean())
    reach = 1.96 * math.sqrt(sum(side.var() / side.size for side in sides))
    return stats.Interval(off - reach, off + reach, 0.95, "Wald")


def _powered_groups(r: Random, judged: _Judged) -> stats.PoweredGroups:
    """Drawn again while a group has too few labels, or no share above 0: then nothing is claimed."""
    while True:
        sample, groups, _ = judged.draw(r)
        found = stats.prediction_powered_groups(sample, groups)
        if not found.missing and any(found.share(group).value for group in found.groups):
            return found


def _powered_gap(r: Random, judged: _Judged) -> stats.Interval:
    return _powered_groups(r, judged).difference("g0", f"g{len(judged.rates) - 1}").interval


def _hit_powered_gap(r: Random, judged: _Judged) -> bool:
    return judged.rates[0] - judged.rates[-1] in _powered_gap(r, judged)


def _sees_powered_gap(r: Random, judged: _Judged) -> bool:
    return 0.0 not in _powered_gap(r, judged)


def _hit_shares(r: Random, judged: _Judged) -> bool:
    found, each = _powered_groups(r, judged), 1 - 0.05 / len(judged.rates)
    pairs = zip(found.groups, judged.rates, strict=True)
    return all(rate in found.share(group, each).interval for group, rate in pairs)


def _hit_powered_ratio(r: Random, judged: _Judged) -> bool:
    worst = min(judged.rates) / max(judged.rates)
    return worst in _powered_groups(r, judged).impact_ratio().estimate.interval
