"""Two systems on the same items, tested without a model of how answers spread."""

from __future__ import annotations

import math
from fractions import Fraction

from aboveboard.arrays import Array, np
from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import Clusters, Numbers, cluster_codes
from aboveboard.stats._paired import pair_up

_ALL_UP_TO = 14  # 2^14 sign patterns are tried all; of more, a sample
_SAMPLED = 9_999


def mcnemar(first: Numbers, second: Numbers) -> float:
    """The exact two-sided p-value that two systems differ on independent yes/no items, shape (n,).

    Of the items on which they differ, b one way and c the other, b is binomial with 1/2 under the null
    (McNemar 1947; exact form: Fay 2010, Biostatistics 11:373). Values must be 0 or 1.
    """
    differences = pair_up(first, second)
    if not np.isin(np.concatenate([np.asarray(first), np.asarray(second)]), (0.0, 1.0)).all():
        raise InputError("McNemar's test needs outcomes of 0 or 1", cure="use `sign_flip` for other scales")
    up, down = int((differences > 0).sum()), int((differences < 0).sum())
    total, fewer = up + down, min(up, down)
    tail = sum(math.comb(total, k) for k in range(fewer + 1)) if total else 1
    return float(min(Fraction(1), Fraction(tail, 1 << max(0, total - 1))))


def sign_flip(first: Numbers, second: Numbers, clusters: Clusters | None = None, seed: int = 0) -> float:
    """The two-sided p-value of the mean difference when the systems' names are swapped cluster by cluster.

    Exact where the two are exchangeable within each cluster (Fisher 1935, §21). All 2^C patterns up to
    fourteen clusters, then 9,999 drawn ones and the observed (Phipson and Smyth 2010: never 0).
    """
    sums = np.bincount(cluster_codes(clusters, len(first)), weights=pair_up(first, second))
    observed = abs(float(sums.sum()))
    if sums.size <= _ALL_UP_TO:
        return _share(_every_pattern(sums.size) @ sums, observed)
    generator = np.random.default_rng(seed)
    drawn = np.concatenate(
        [generator.choice((-1.0, 1.0), size=(1000, sums.size)) @ sums for _ in range(_SAMPLED // 1000 + 1)]
    )[:_SAMPLED]
    return (1 + _share(drawn, observed) * drawn.size) / (1 + drawn.size)


def _every_pattern(count: int) -> Array:
    bits = np.arange(2**count)[:, None] >> np.arange(count)
    return np.where(bits & 1, 1.0, -1.0)


def _share(totals: Array, observed: float) -> float:
    return float((np.abs(totals) >= observed * (1 - 1e-12) - 1e-12).mean())
