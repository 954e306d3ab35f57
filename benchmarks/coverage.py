"""How often the intervals and tests of `aboveboard.stats` are right, by simulation.

    python benchmarks/coverage.py --runs 10000 --seed 1 > table.md

Prints one Markdown row a setting: what was claimed, what was seen in so many runs, and whether the two
agree within the Monte-Carlo error 4·√(c(1−c)/runs), c the claim (a false alarm in 1 of 16,000 cells).
A slack beside a claim is what the method is known to be off by there, and is said, not hidden.
The tests run the same table: short by default, long with `-m slow`.
"""

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from aboveboard import stats
from aboveboard.values import parse_bound

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell of the table: `trial` says of one simulated data set whether the event happened.

    `claim`: `>=` coverage is at least nominal − slack; `~` within slack of nominal; `<=` an error rate is at
    most nominal; `shown` nothing is claimed, the figure is there as a warning.
    """

    method: str
    case: str
    trial: Callable[[Random], bool]
    claim: str = ">="
    nominal: float = 0.95
    slack: float = 0.0
    cost: int = 1  # runs are divided by this


@dataclass(frozen=True, slots=True)
class Row:
    setting: Setting
    observed: float
    runs: int

    @property
    def tolerance(self) -> float:
        c = self.setting.nominal
        return 4 * math.sqrt(c * (1 - c) / self.runs)

    @property
    def is_as_claimed(self) -> bool:
        off, room = self.observed - self.setting.nominal, self.setting.slack + self.tolerance
        return {">=": off >= -room, "<=": off <= room, "~": abs(off) <= room, "shown": True}[
            self.setting.claim
        ]


def measure(setting: Setting, runs: int, seed: int) -> Row:
    """Runs one setting; the same seed gives the same row, whatever other settings there are."""
    generator = np.random.default_rng([seed, *f"{setting.method} {setting.case}".encode()])
    count = max(25, runs // setting.cost)
    return Row(setting, sum(setting.trial(generator) for _ in range(count)) / count, count)


def _with(trial: Callable[..., bool], *fixed: object) -> Callable[[Random], bool]:
    """The trial with its setting filled in."""
    return lambda generator: trial(generator, *fixed)


def settings() -> Iterator[Setting]:
    """Every cell of the table."""
    for part in (
        _binomial, _means, _clustered, _paired, _ratios, _impact_ratios, _crossed, _corrected, _powered,
        _tests, _live,
    ):  # fmt: skip
        yield from part()


_wilson = lru_cache(None)(stats.wilson)
_exact = lru_cache(None)(stats.clopper_pearson)
_proportion = lru_cache(None)(stats.proportion)


def _binomial() -> Iterator[Setting]:
    for n in (10, 50, 200):
        yield Setting(
            "wilson",
            f"n={n}, p uniform (average)",
            _with(_hit_wilson_anywhere, n),
            "~",
            slack=0.01,
        )
        yield Setting(
            "wilson",
            f"n={n}, p={0.17 / n:.4g} (its worst)",
            _with(_hit_wilson, n, 0.17 / n),
            "shown",
        )
        for p in (0.17 / n, 0.02, 0.1, 0.3, 0.5):
            yield Setting("clopper-pearson", f"n={n}, p={p:.4g}", _with(_hit_exact, n, p))
            yield Setting("proportion", f"n={n}, p={p:.4g}", _with(_hit_share, n, p), slack=0.02)


def _hit_wilson_anywhere(r: Random, n: int) -> bool:
    return _hit_wilson(r, n, r.random())


def _hit_wilson(r: Random, n: int, p: float) -> bool:
    return p in _wilson(int(r.binomial(n, p)), n)


def _hit_exact(r: Random, n: int, p: float) -> bool:
    return p in _exact(int(r.binomial(n, p)), n)


def _hit_share(r: Random, n: int, p: float) -> bool:
    return p in _proportion(int(r.binomial(n, p)), n).interval


def _means() -> Iterator[Setting]:
    for n in (3, 10, 50):
        yield Setting("mean (t)", f"normal, n={n}", _with(_hit_normal, n), "~")
    for n, slack in ((20, 0.05), (50, 0.03), (200, 0.015)):
        yield Setting(
            "mean (t)",
            f"exponential, n={n}",
            _with(_hit_skewed, n),
            slack=slack,
        )
        yield Setting(
            "bootstrap_mean (BCa)",
            f"exponential, n={n}",
            _with(_hit_bootstrap, n),
            slack=slack,
            cost=2,
        )
    yield Setting(
        "bootstrap_mean (BCa), clustered",
        "exponential clusters, C=50×4",
        _hit_clustered_bootstrap,
        slack=0.03,
        cost=2,
    )


def _hit_normal(r: Random, n: int) -> bool:
    return 0.0 in stats.mean(r.standard_normal(n)).interval


def _hit_skewed(r: Random, n: int) -> bool:
    return 1.0 in stats.mean(r.exponential(size=n)).interval


def _hit_bootstrap(r: Random, n: int) -> bool:
    return 1.0 in stats.bootstrap_mean(r.exponential(size=n), resamples=1000).interval


def _hit_clustered_bootstrap(r: Random) -> bool:
    values, keys = np.repeat(r.exponential(size=50), 4) + r.standard_normal(200), np.repeat(np.arange(50), 4)
    return 1.0 in stats.bootstrap_mean(values, keys, resamples=1000).interval


def _clustered() -> Iterator[Setting]:
    for count in (5, 20, 100):
        yield Setting(
            "clustered_mean",
            f"C={count}×8, intra-cluster correlation 0.5",
            _with(_hit_clustered, count),
            "~",
        )
        yield Setting(
            "clustered_mean",
            f"C={count}, sizes 1…15, correlation 0.5",
            _with(_hit_ragged, count),
            slack=0.03,
        )
    yield Setting(
        "mean (t), clusters ignored",
        "C=20×8, correlation 0.5",
        lambda r: 0.0 in stats.mean(_grouped(r, 20)[0]).interval,
        "shown",
    )
    for count in (20, 60):
        for p in (0.02, 0.1, 0.5, 0.9):
            yield Setting(
                "clustered_proportion",
                f"C={count}×5, p={p}, correlation 0.3",
                _with(_hit_beta_binomial, count, p),
                slack=0.02,
            )


def _grouped(r: Random, count: int) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(r.standard_normal(count), 8) + r.standard_normal(8 * count), np.repeat(
        np.arange(count), 8
    )


def _hit_clustered(r: Random, count: int) -> bool:
    return 0.0 in stats.clustered_mean(*_grouped(r, count)).interval


def _hit_ragged(r: Random, count: int) -> bool:
    keys = np.repeat(np.arange(count), r.integers(1, 16, size=count))
    return (
        0.0
        in stats.clustered_mean(r.standard_normal(count)[keys] + r.standard_normal(keys.size), keys).interval
    )


def _hit_beta_binomial(r: Random, count: int, p: float) -> bool:
    strength = 1 / 0.3 - 1
    shares = np.repeat(r.beta(p * strength, (1 - p) * strength, size=count), 5)
    outcomes = (r.random(shares.size) < shares).astype(float)
    return p in stats.clustered_proportion(outcomes, np.repeat(np.arange(count), 5)).interval


def _paired() -> Iterator[Setting]:
    for n, gap, slack in ((30, 0.0, 0.01), (100, 0.1, 0.01), (400, 0.02, 0.01)):
        yield Setting(
            "paired_difference",
            f"binary, n={n}, gap {gap}",
            _with(_hit_paired, n, gap),
            slack=slack,
        )


def _hit_paired(r: Random, n: int, gap: float) -> bool:
    merit = r.random(n)
    noisy = np.clip(merit + 0.1 * r.standard_normal(n), 0, 1)
    first, second = (merit < 0.4 + gap).astype(float), (noisy < 0.4).astype(float)
    return _true_gap(gap) in stats.paired_difference(first, second).interval


@lru_cache(None)
def _true_gap(gap: float) -> float:
    """P(U < 0.4 + gap) − P(clip(U + 0.1·Z) < 0.4), the latter by quadrature over U."""
    grid = (np.arange(200_000) + 0.5) / 200_000
    below = 0.5 * np.vectorize(math.erfc)((grid[::100] - 0.4) / 0.1 / math.sqrt(2))
    return 0.4 + gap - float(below.mean())


def _ratios() -> Iterator[Setting]:
    for n, p, q in (
        (20, 0.1, 0.2),
        (20, 0.5, 0.5),
        (20, 0.9, 0.95),
        (50, 0.05, 0.3),
        (100, 0.4, 0.5),
        (300, 0.02, 0.04),
    ):
        yield Setting("ratio", f"n={n} each, {p} ÷ {q}", _with(_hit_ratio, n, p, q), slack=0.005)


def _hit_ratio(r: Random, n: int, p: float, q: float) -> bool:
    other = 0
    while other == 0:  # without a success there the ratio is undefined, and no interval is claimed
        other = int(r.binomial(n, q))
    return p / q in _ratio(int(r.binomial(n, p)), n, other, n).interval


_ratio = lru_cache(None)(stats.ratio)


def _impact_ratios() -> Iterator[Setting]:
    for n in (20, 100, 400):
        for rates in (
            (0.5, 0.5),
            (0.5, 0.4),
            (0.3,) * 4,
            (0.5, 0.45, 0.5, 0.3),
            (0.95, 0.9, 0.95),
            (0.5,) * 8,
            (0.1, 0.02),
        ):
            yield Setting(
                "impact_ratio (worst group)",
                f"n={n} each, rates {_shown(rates)}",
                _with(_hit_worst, n, rates),
                cost=4,
            )
    yield Setting(
        "impact_ratio (lower end alone)",
        "n=2000 each, rates 0.5 0.4",
        _with(_low_holds, 2000, (0.5, 0.4)),
        "~",
        nominal=0.975,
        slack=0.005,
    )


def _shown(rates: tuple[float, ...]) -> str:
    return f"{len(rates)} × {rates[0]}" if len(set(rates)) == 1 else " ".join(map(str, rates))


def _drawn(r: Random, n: int, rates: tuple[float, ...]) -> dict[str, tuple[int, int]]:
    while True:
        counts = {f"g{i}": (int(r.binomial(n, p)), n) for i, p in enumerate(rates)}
        if any(selected for selected, _ in counts.values()):
            return counts


def _hit_worst(r: Random, n: int, rates: tuple[float, ...]) -> bool:
    return min(rates) / max(rates) in stats.impact_ratio(_drawn(r, n, rates)).estimate.interval


def _low_holds(r: Random, n: int, rates: tuple[float, ...]) -> bool:
    return stats.impact_ratio(_drawn(r, n, rates)).estimate.low <= min(rates) / max(rates)


def _crossed() -> Iterator[Setting]:
    for n in (10, 30, 100):
        for rates in ((0.5, 0.5), (0.5, 0.4), (0.3, 0.3, 0.3, 0.24), (0.9, 0.9, 0.9)):
            yield Setting(
                "impact_ratio_crossed (worst group)",
                f"{n} CVs, rates {_shown(rates)}",
                _with(_hit_crossed, n, rates),
                cost=5,
            )

    for many in ((0.5,) * 8, (0.5,) * 6 + (0.4, 0.4)):
        yield Setting(
            "impact_ratio_crossed (worst group)",
            f"100 CVs, intersections, rates {_shown(many)}",
            _with(_hit_crossed, 100, many),
            cost=25,
        )


def _hit_crossed(r: Random, n: int, rates: tuple[float, ...]) -> bool:
    """CVs of common merit; a name shifts the chance, and each showing has luck of its own."""
    while True:
        merit = r.random(n)
        lucky = {f"g{i}": np.where(r.random(n) < 0.8, merit, r.random(n)) < p for i, p in enumerate(rates)}
        if any(chosen.any() for chosen in lucky.values()):
            break
    outcomes = {name: chosen.astype(float) for name, chosen in lucky.items()}
    return min(rates) / max(rates) in stats.impact_ratio_crossed(outcomes).estimate.interval


def _corrected() -> Iterator[Setting]:
    for p, n, labelled in ((0.02, 500, 100), (0.1, 200, 50), (0.3, 200, 100), (0.6, 1000, 40)):
        yield Setting(
            "corrected_proportion",
            f"p={p}, n={n}, Se 0.9, Sp 0.95 on {labelled} each",
            _with(_hit_corrected, p, n, labelled),
            slack=0.01,
        )


def _hit_corrected(r: Random, p: float, n: int, labelled: int) -> bool:
    flagged = int(r.binomial(n, p * 0.9 + (1 - p) * 0.05))
    hits, rejects = int(r.binomial(labelled, 0.9)), int(r.binomial(labelled, 0.95))
    return p in stats.corrected_proportion(flagged, n, (hits, labelled), (rejects, labelled)).interval


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
        return f"{_shown(self.rates)}, flagged wrongly {flags}, {sizes}"

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


def _powered() -> Iterator[Setting]:
    unequal = _Judged((0.3, 0.3), (0.05, 0.25))
    yield Setting("groups, the judge alone", f"gap; {unequal}", _with(_hit_judged_gap, unequal), "shown")
    yield Setting(
        "groups, the judge alone: a gap that is not there",
        str(unequal),
        _with(_sees_gap, unequal),
        "shown",
        0.05,
    )
    yield Setting(
        "prediction_powered_groups: a gap that is not there",
        str(unequal),
        _with(_sees_powered_gap, unequal),
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
                f"prediction_powered_groups ({name})", str(setting), _with(trial, setting), slack=0.01, cost=2
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


def _tests() -> Iterator[Setting]:
    for n in (10, 50):
        yield Setting(
            "tost_paired: wrong “equivalent”",
            f"n={n}, true gap = margin",
            _with(_wrongly_equivalent, n),
            "<=",
            0.05,
        )
    yield Setting(
        "holm: any false alarm",
        "10 true nulls",
        lambda r: min(stats.holm(list(r.random(10)))) <= 0.05,
        "<=",
        0.05,
    )
    yield Setting(
        "holm: any false alarm",
        "5 nulls beside 5 clear effects",
        lambda r: min(stats.holm([*r.random(5), *[1e-9] * 5])[:5]) <= 0.05,
        "<=",
        0.05,
    )
    yield Setting(
        "benjamini_hochberg: share of false alarms", "8 nulls beside 2 effects", _false_discovery, "<=", 0.05
    )
    yield Setting(
        "minimum_detectable_effect: power", "mean of 100, gap = 2.80 SE", _finds_effect, "~", 0.8, slack=0.01
    )
    yield Setting(
        "sample_size_for_difference: power", "0.5 against 0.4", _finds_difference, "~", 0.8, slack=0.015
    )
    for p in (0.7, 0.8):
        yield Setting(
            "decide: wrong “kept”",
            f"proportion of 200, promise > 0.8, truth {p}",
            _with(_wrongly_kept, p),
            "<=",
            0.025,
            slack=0.01,
        )


def _wrongly_equivalent(r: Random, n: int) -> bool:
    noise = r.standard_normal(n)
    return stats.tost_paired(noise + 1.0, np.zeros(n), margin=1.0).is_shown


def _false_discovery(r: Random) -> bool:
    # One of the discoveries, picked at random, is false: its chance is the false discovery rate.
    found = np.flatnonzero(np.array(stats.benjamini_hochberg([*r.random(8), 1e-4, 1e-3])) <= 0.05)
    return bool(found.size and r.choice(found) < 8)


def _finds_effect(r: Random) -> bool:
    gap = stats.minimum_detectable_effect(1 / math.sqrt(100))
    return 0.0 not in stats.mean(r.standard_normal(100) + gap).interval


def _finds_difference(r: Random) -> bool:
    n = stats.sample_size_for_difference(0.5, 0.4)
    p, q = r.binomial(n, 0.5) / n, r.binomial(n, 0.4) / n
    return abs(p - q) / math.sqrt((p + q) * (1 - (p + q) / 2) / n) > 1.959964


def _wrongly_kept(r: Random, p: float) -> bool:
    estimate = _proportion(int(r.binomial(200, p)), 200)
    return stats.decide(estimate.low, estimate.high, _PROMISE) is stats.Verdict.KEPT


_PROMISE = parse_bound("> 0.8")


def _live() -> Iterator[Setting]:
    for p in (0.05, 0.5):
        yield Setting(
            "BettingTest: false alarm, looked at 500 times",
            f"both groups {p}",
            _with(_rings, p, p, 0.0),
            "<=",
            0.05,
            cost=5,
        )
    yield Setting(
        "BettingTest: false alarm, looked at 500 times",
        "gap = margin = 0.1",
        lambda r: _rings(r, 0.5, 0.4, 0.1),
        "<=",
        0.05,
        cost=5,
    )
    yield Setting(
        "z test: false alarm, looked at 500 times", "both groups 0.5", _rings_naive, "shown", 0.05, cost=5
    )
    yield Setting(
        "BettingTest: true alarm within 500",
        "0.6 against 0.4",
        lambda r: _rings(r, 0.6, 0.4, 0.0),
        "shown",
        0.8,
        cost=5,
    )


def _rings(r: Random, p: float, q: float, margin: float) -> bool:
    test = stats.BettingTest(alpha=0.05, margin=margin)
    first, second = (r.random(500) < p).tolist(), (r.random(500) < q).tolist()
    return any(test.update(a, b) for a, b in zip(first, second, strict=True))


def _rings_naive(r: Random) -> bool:
    gaps = (r.random(500) < 0.5).astype(float) - (r.random(500) < 0.5)
    steps = np.arange(1, 501)
    z = np.abs(np.cumsum(gaps)) / np.sqrt(0.5 * steps)
    return bool((z[9:] > 1.959964).any())


def as_markdown(row: Row) -> str:
    setting = row.setting
    slack = f" (slack {setting.slack:g})" if setting.slack else ""
    sign = {">=": "≥ ", "<=": "≤ ", "~": "≈ ", "shown": "not claimed: "}[setting.claim]
    verdict = "–" if setting.claim == "shown" else "yes" if row.is_as_claimed else "**no**"
    return (
        f"| {setting.method} | {setting.case} | {sign}{setting.nominal:g}{slack} | {row.observed:.4f} "
        f"| ± {row.tolerance:.4f} | {row.runs} | {verdict} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--runs", type=int, default=10_000, help="runs a cell (costly cells take a part of it)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only methods that contain this text")
    chosen = parser.parse_args()
    print("| method | setting | claimed | seen | Monte-Carlo error | runs | as claimed |")
    print("|---|---|---|---|---|---|---|")
    for setting in settings():
        if chosen.only in setting.method:
            print(as_markdown(measure(setting, chosen.runs, chosen.seed)), flush=True)


if __name__ == "__main__":
    main()
