"""What every single item says: each named score paired, tested without a model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aboveboard.evals.comparing._difference import Paired
from aboveboard.stats import StatsError, holm, mcnemar, paired_difference, sign_flip


@dataclass(frozen=True, slots=True)
class ScoreTest:
    """The mean of one named score on both models, over the items that have it.

    `test` is McNemar's exact one where answers are yes or no and every item stands for itself, else swapping
    the models cluster by cluster. `adjusted` by Holm over the scores of all suites compared.
    """

    suite: str
    score: str
    first: float
    second: float
    low: float
    high: float
    n: int
    clusters: int
    changed: int
    p_value: float
    adjusted: float
    test: Literal["mcnemar", "sign flip"]


def score_tests(suite: str, paired: Paired, *, confidence: float = 0.95) -> list[ScoreTest]:
    """One test for each score that items of both models have."""
    names = dict.fromkeys(name for each in paired.first for name in each.score or {})
    found = [_test(suite, name, paired, confidence) for name in names]
    return [each for each in found if each is not None]


def over_all(tests: Sequence[ScoreTest]) -> list[ScoreTest]:
    """The same, adjusted as one family."""
    adjusted = holm([each.p_value for each in tests])
    return [replace(each, adjusted=p) for each, p in zip(tests, adjusted, strict=True)]


def _test(suite: str, name: str, paired: Paired, confidence: float) -> ScoreTest | None:
    rows = [
        (left.item.cluster, left.score[name], right.score[name])
        for left, right in zip(paired.first, paired.second, strict=True)
        if left.score is not None and right.score is not None and name in left.score and name in right.score
    ]
    if not rows:
        return None
    clusters, first, second = ([*column] for column in zip(*rows, strict=True))
    is_binary = len(set(clusters)) == len(rows) and {*first, *second} <= {0.0, 1.0}
    try:
        limits = (min(*first, *second), max(*first, *second))
        spread = limits if limits[0] < limits[1] else None
        estimate = paired_difference(second, first, clusters, confidence, spread)
        p_value = mcnemar(first, second) if is_binary else sign_flip(first, second, clusters)
    except StatsError:
        return None
    changed = sum(left != right for left, right in zip(first, second, strict=True))
    means = sum(first) / len(first), sum(second) / len(second)
    counts = (estimate.n, estimate.clusters, changed)
    test: Literal["mcnemar", "sign flip"] = "mcnemar" if is_binary else "sign flip"
    return ScoreTest(suite, name, *means, estimate.low, estimate.high, *counts, p_value, p_value, test)
