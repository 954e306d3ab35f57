"""Many tests at once."""

from collections.abc import Sequence

from aboveboard.arrays import Array, np
from aboveboard.stats._errors import InputError


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values, in the order given, that keep the chance of *any* false alarm at α (Holm 1979).

    For gates. Valid whatever the dependence. An empty family gives an empty list.
    """
    p = _as_p_values(p_values)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    return _restored(np.minimum(stepped, 1.0), order)


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values, in the order given, that keep the expected *share* of false alarms at α.

    For dashboards. Valid for independent or positively dependent tests (Benjamini and Hochberg 1995).
    """
    p = _as_p_values(p_values)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    stepped = np.minimum.accumulate(scaled[::-1])[::-1]
    return _restored(np.minimum(stepped, 1.0), order)


def _as_p_values(p_values: Sequence[float]) -> Array:
    p = np.asarray(p_values, dtype=np.float64)
    if p.ndim != 1 or not bool(np.all((p >= 0.0) & (p <= 1.0))):
        raise InputError(f"p-values must be a row of numbers in [0, 1], not {p_values!r}")
    return p


def _restored(adjusted: Array, order: "np.ndarray[tuple[int, ...], np.dtype[np.intp]]") -> list[float]:
    result = np.empty_like(adjusted)
    result[order] = adjusted
    return [float(value) for value in result]
