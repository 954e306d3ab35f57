"""How much less clusters of uneven size tell than as many of one size."""

from __future__ import annotations

from aboveboard.arrays import Array, np
from aboveboard.stats._inputs import Codes


def effective_clusters(codes: Codes) -> float:
    """n² / Σ n_c²: how many clusters of one size would tell as much (Kish 1965, Survey Sampling, §8.2).

    C when all are of one size, near 1 when one of them holds nearly everything.
    """
    sizes = _sizes(codes)
    return float(sizes.sum() ** 2 / (sizes @ sizes))


def effective_freedom(codes: Codes) -> float:
    """The degrees of freedom of `clustered_mean`'s standard error, between 1 and C − 1; needs two clusters.

    Satterthwaite's (tr B)² / tr B² (Bell and McCaffrey 2002, Survey Methodology 28:169), B the covariance of
    how far the mean moves without each cluster, were all values independent: diag(n_c·w_c²) − m·mᵀ/n with
    w_c = 1/(n − n_c) and m_c = n_c·w_c. C − 1 when all are of one size. Where they are not, a few large ones
    make most of the error, and C − 1 would promise too much (Imbens and Kolesár 2016, Rev Econ Stat 98:701;
    Carter, Schnepel and Steigerwald 2017, Rev Econ Stat 99:698).
    """
    sizes = _sizes(codes)
    n = sizes.sum()
    weights = 1.0 / (n - sizes)
    diagonal, moved = sizes * weights**2, sizes * weights
    length = float(moved @ moved) / n
    trace = float(diagonal.sum()) - length
    square = float(diagonal @ diagonal) - 2 * float(diagonal @ moved**2) / n + length**2
    return float(min(sizes.size - 1.0, max(1.0, trace**2 / square)))


def _sizes(codes: Codes) -> Array:
    return np.bincount(codes).astype(np.float64)
