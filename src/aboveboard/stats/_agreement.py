"""How far labellers agree beyond chance: people among themselves, a judge with people, a judge with itself.

All three coefficients are made of sums over units, so that units can be drawn again: their intervals are BCa
bootstraps over units, which say how much the coefficient would move with other texts of the same kind.
"""

import math
from collections.abc import Callable, Hashable, Sequence
from typing import Literal

from aboveboard.arrays import Array, np
from aboveboard.stats._bootstrap import bca_interval, resample_sums
from aboveboard.stats._errors import InputError, TooFewError, UndefinedError
from aboveboard.stats._inputs import Codes, check_confidence
from aboveboard.stats._interval import Estimate
from aboveboard.stats._power import detectable_by

Metric = Literal["nominal", "ordinal", "interval"]
"""How far two labels are apart: alike or not; by ranks; by the square of their difference."""

Ratings = Sequence[Sequence[Hashable | None]]
"""Shape (units, labellers); None where a labeller did not see a unit."""

_RESAMPLES = 2000
_Coefficient = Callable[[Array], Array]
"""Sums over units, shape (B, k), to a coefficient of each row, shape (B,)."""


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable], confidence: float = 0.95) -> Estimate:
    """κ = (p_o − p_e) / (1 − p_e) of two labellers of the same units (Cohen 1960, Educ Psychol Meas 20:37).

    UndefinedError when both gave one and the same label throughout: chance alone would agree as well.
    """
    if len(first) != len(second):
        raise InputError(
            f"{len(first)} labels against {len(second)}", cure="give both labellers' labels of the same units"
        )
    columns = _codes(list(zip(first, second, strict=True)))
    size = int(columns.max()) + 1
    tables = np.zeros((len(first), size, size))
    tables[np.arange(len(first)), columns[:, 0], columns[:, 1]] = 1.0
    return _estimate(tables.reshape(len(first), -1), lambda sums: _cohen(sums, size), confidence)


def fleiss_kappa(ratings: Ratings, confidence: float = 0.95) -> Estimate:
    """κ of several labels a unit, the same number for each (Fleiss 1971, Psychol Bull 76:378).

    The labellers need not be the same persons from unit to unit.
    """
    codes = _codes(ratings)
    labels = {len(unit) for unit in ratings}
    if labels == {1} or (codes < 0).any():
        raise InputError("Fleiss' kappa needs the same number of labels, two or more, of every unit")
    counts = _counts(codes)
    each = codes.shape[1]
    alike = (counts * (counts - 1)).sum(axis=1) / (each * (each - 1))
    totals = np.column_stack([alike, np.ones(len(counts)), counts])
    return _estimate(totals, _fleiss, confidence)


def krippendorff_alpha(ratings: Ratings, metric: Metric = "nominal", confidence: float = 0.95) -> Estimate:
    """α = 1 − D_o / D_e for any number of labellers, with labels missing (Krippendorff 2019, ch. 12).

    Units with fewer than two labels say nothing and are left out. Labels must be numbers for the metric
    `interval`, and sort in their order for `ordinal`.
    """
    kept = [unit for unit in ratings if sum(label is not None for label in unit) > 1]
    codes = _codes(kept)
    counts = _counts(codes)
    pairs = counts[:, :, None] * counts[:, None, :] - np.einsum("uc,cd->ucd", counts, np.eye(counts.shape[1]))
    pairs /= (counts.sum(axis=1) - 1)[:, None, None]
    scale = _scale(kept, metric)
    return _estimate(
        pairs.reshape(len(kept), -1), lambda sums: _krippendorff(sums, scale, metric), confidence
    )


def _cohen(sums: Array, size: int) -> Array:
    tables = sums.reshape(-1, size, size)
    share = tables / tables.sum(axis=(1, 2), keepdims=True)
    seen = np.trace(share, axis1=1, axis2=2)
    chance = (share.sum(axis=1) * share.sum(axis=2)).sum(axis=1)
    return _beyond(seen, chance)


def _fleiss(sums: Array) -> Array:
    labels = sums[:, 2:]
    chance = ((labels / labels.sum(axis=1, keepdims=True)) ** 2).sum(axis=1)
    return _beyond(sums[:, 0] / sums[:, 1], chance)


def _krippendorff(sums: Array, scale: Array, metric: Metric) -> Array:
    size = len(scale)
    seen = sums.reshape(-1, size, size)
    margins = seen.sum(axis=2)
    apart = _apart(margins, scale, metric)
    expected = margins[:, :, None] * margins[:, None, :]
    total = margins.sum(axis=1)
    observed, chance = (seen * apart).sum(axis=(1, 2)), (expected * apart).sum(axis=(1, 2))
    ratio: Array = np.divide((total - 1) * observed, chance, out=np.zeros_like(chance), where=chance > 0)
    return 1.0 - ratio


def _apart(margins: Array, scale: Array, metric: Metric) -> Array:
    """Squared distances of labels, shape (B, K, K)."""
    if metric == "nominal":
        return np.broadcast_to(1.0 - np.eye(len(scale)), (len(margins), len(scale), len(scale)))
    place = scale[None, :] if metric == "interval" else np.cumsum(margins, axis=1) - margins / 2
    return (place[:, :, None] - place[:, None, :]) ** 2


def _beyond(seen: Array, chance: Array) -> Array:
    """Agreement beyond chance; 1 where a resample holds one label only and all agree on it."""
    kappa: Array = np.divide(seen - chance, 1 - chance, out=np.ones_like(seen), where=chance < 1 - 1e-12)
    return kappa


def _codes(ratings: Ratings) -> Codes:
    """Labels as 0 … K−1 in sorted order and −1 for none, shape (units, most labels of a unit)."""
    if len(ratings) < 2:
        raise TooFewError(
            f"agreement on {len(ratings)} units tells nothing", cure="let two label at least two units"
        )
    places = {label: number for number, label in enumerate(_labels(ratings))}
    if len(places) < 2:
        raise UndefinedError(
            "only one label was ever given, so agreement beyond chance does not exist",
            cure="label a sample in which both answers occur",
        )
    width = max((len(unit) for unit in ratings), default=0)
    codes = np.full((len(ratings), width), -1, dtype=np.intp)
    for row, unit in zip(codes, ratings, strict=True):
        row[: len(unit)] = [-1 if label is None else places[label] for label in unit]
    return codes


def _labels(ratings: Ratings) -> list[Hashable]:
    found = {label for unit in ratings for label in unit if label is not None}
    try:
        return sorted(found)  # type: ignore[type-var]  # what does not sort has no order, and needs none
    except TypeError:
        return sorted(found, key=repr)


def _counts(codes: Codes) -> Array:
    """How often each unit got each label, shape (units, K)."""
    labels = range(int(codes.max()) + 1)
    return np.stack([(codes == label).sum(axis=1) for label in labels], axis=1).astype(np.float64)


def _scale(ratings: Ratings, metric: Metric) -> Array:
    labels = _labels(ratings)
    if metric != "interval":
        return np.arange(len(labels), dtype=np.float64)
    if not all(isinstance(label, int | float) and math.isfinite(label) for label in labels):
        raise InputError("labels on an interval scale must be finite numbers", cure='use metric="nominal"')
    return np.array(labels, dtype=np.float64)


def _estimate(totals: Array, coefficient: _Coefficient, confidence: float) -> Estimate:
    check_confidence(confidence)
    units = len(totals)
    observed = float(coefficient(totals.sum(axis=0, keepdims=True))[0])
    drawn = coefficient(resample_sums(totals, _RESAMPLES, seed=0))
    left_out = coefficient(totals.sum(axis=0) - totals)
    interval = bca_interval(drawn, left_out, observed, confidence)
    return Estimate(observed, interval, units, units, detectable_by(interval))
