"""The door of the package: every input is checked here, once, with an error that names it."""

from __future__ import annotations

import math
import operator
from collections.abc import Hashable, Sequence
from typing import SupportsIndex, TypeAlias

from aboveboard.arrays import Array, np, npt
from aboveboard.stats._errors import InputError

Codes: TypeAlias = "npt.NDArray[np.intp]"
Numbers: TypeAlias = "Sequence[float] | Array"
Clusters: TypeAlias = "Sequence[Hashable] | npt.NDArray[np.generic]"


def check_counts(successes: SupportsIndex, n: SupportsIndex, where: str = "") -> tuple[int, int]:
    """Two whole numbers with 0 ≤ successes ≤ n and n ≥ 1."""
    found, total = _whole(successes, "successes", where), _whole(n, "n", where)
    if total < 1:
        raise InputError(
            f"n is {total}: nothing was observed",
            where=where,
            cure="report it as unmeasured, not as a number",
        )
    if not 0 <= found <= total:
        raise InputError(f"{found} successes do not fit into {total} trials", where=where)
    return found, total


def check_confidence(confidence: float) -> float:
    """A confidence strictly between 0 and 1."""
    return check_fraction(confidence, "confidence", cure="write 0.95 for 95 %")


def check_fraction(value: float, name: str, cure: str = "") -> float:
    """A number strictly between 0 and 1."""
    if not 0.0 < value < 1.0:
        raise InputError(f"{name} must lie strictly between 0 and 1, not {value!r}", cure=cure)
    return float(value)


def check_positive(value: float, name: str) -> float:
    """A finite number above 0."""
    if not (math.isfinite(value) and value > 0):
        raise InputError(f"{name} must be a finite number above 0, not {value!r}")
    return float(value)


def check_finite(value: float, name: str) -> float:
    """A number that is neither NaN nor infinite."""
    if not math.isfinite(value):
        raise InputError(f"{name} must be a finite number, not {value!r}")
    return float(value)


def as_values(values: Numbers, name: str = "values") -> Array:
    """A non-empty vector of finite numbers, shape (n,)."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} must be numbers: {error}") from error
    if array.ndim != 1:
        raise InputError(f"{name} must be one row of numbers, not an array of shape {array.shape}")
    if array.size == 0:
        raise InputError(f"{name} is empty: nothing was observed", cure="report it as unmeasured")
    _refuse_gaps(array, name)
    return array


def as_shares(values: Numbers, name: str = "values") -> Array:
    """A non-empty vector of numbers in [0, 1], shape (n,)."""
    array = as_values(values, name)
    if array.min() < 0.0 or array.max() > 1.0:
        raise InputError(
            f"{name} must lie in [0, 1], not in [{array.min():g}, {array.max():g}]",
            cure="divide scores by the length of their scale",
        )
    return array


def cluster_codes(clusters: Clusters | None, n: int) -> Codes:
    """The cluster of each of n values as 0 … C−1, in order of first sight; each its own when None."""
    if clusters is None:
        return np.arange(n)
    if len(clusters) != n:
        raise InputError(
            f"{len(clusters)} cluster keys for {n} values",
            cure="give one key for each value, in the same order",
        )
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(_key(key), len(seen)) for key in clusters), dtype=np.intp, count=n)


def _key(key: Hashable) -> Hashable:
    # NaN equals nothing, itself included: each would silently become a cluster of its own.
    if isinstance(key, float) and math.isnan(key):
        raise InputError("a cluster key is NaN", cure="give every value a key, or drop the value")
    return key


def _whole(value: SupportsIndex, name: str, where: str) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise InputError(f"{name} must be a whole number, not {value!r}", where=where) from None


def _refuse_gaps(array: Array, name: str) -> None:
    bad = np.flatnonzero(~np.isfinite(array))
    if bad.size:
        raise InputError(
            f"{name} holds {array[bad[0]]} at position {bad[0]} ({bad.size} such in all)",
            cure="drop unparsed items before, and report them as coverage",
        )
