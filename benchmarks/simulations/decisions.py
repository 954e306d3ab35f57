"""Tests and verdicts: how often they err, once and looked at again and again."""

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from aboveboard import stats
from aboveboard.values import parse_bound
from simulations.setting import Random, Setting, filled


def tests() -> Iterator[Setting]:
    for n in (10, 50):
        yield Setting(
            "tost_paired: wrong “equivalent”",
            f"n={n}, true gap = margin",
            filled(_wrongly_equivalent, n),
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
            filled(_wrongly_kept, p),
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


def live() -> Iterator[Setting]:
    for p in (0.05, 0.5):
        yield Setting(
            "BettingTest: false alarm, looked at 500 times",
            f"both groups {p}",
            filled(_rings, p, p, 0.0),
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


_proportion = lru_cache(None)(stats.proportion)
