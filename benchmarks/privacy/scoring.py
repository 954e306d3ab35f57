"""Character-level precision, recall and F2 with bootstrap intervals, and recall by type.

A character counts once, whatever the type: personal data that is hidden under another type is hidden.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from privacy.data import NEGATIVE, PARTS, LabelledSet, Sample

Spans = Sequence[tuple[int, int, str]]
_WHITE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with the 95 % interval of a bootstrap over clusters."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Result:
    """How one finder did on one set: scores over all characters, recall by type (value, spans)."""

    precision: Score
    recall: Score
    f2: Score
    by_type: Mapping[str, tuple[float, int]]


def score(
    samples: Sequence[Sample], found: Sequence[Spans], chosen: LabelledSet, rounds: int = 1000
) -> Result:
    """Scores what a finder found in each sample."""
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(3))
    types: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(3))
    ignored = chosen.ignored | PARTS
    for sample, every in zip(samples, found, strict=True):
        spans = [span for span in every if chosen.counted is None or span[2] in chosen.counted]
        counts[sample.cluster] += _count(sample, spans, ignored)
        _count_types(sample, spans, ignored, types)
    table = np.array(list(counts.values()))
    weights = np.random.default_rng(1).multinomial(len(table), np.full(len(table), 1 / len(table)), rounds)
    drawn = _figures(weights @ table)
    whole = _figures(table.sum(0)[None])
    scores = [Score(float(w[0]), *_interval(d)) for w, d in zip(whole, drawn, strict=True)]
    return Result(*scores, by_type={k: (v[0] / v[1], int(v[2])) for k, v in sorted(types.items())})


def _interval(drawn: np.ndarray) -> tuple[float, float]:
    """The middle 95 %; a figure that is defined in no draw (precision where nothing is found) has none."""
    known = drawn[~np.isnan(drawn)]
    low, high = np.quantile(known, (0.025, 0.975)) if len(known) else (np.nan, np.nan)
    return float(low), float(high)


def _figures(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall, F2 of rows of (true, missed, false) characters."""
    true, missed, false = counts.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return true / (true + false), true / (true + missed), 5 * true / (5 * true + 4 * missed + false)


def _count(sample: Sample, found: Spans, ignored: frozenset[str]) -> np.ndarray:
    kinds = _kinds(sample, ignored)
    hidden = _hidden(sample.text, found)
    return np.array(
        [(hidden & (kinds == 1)).sum(), (~hidden & (kinds == 1)).sum(), (hidden & (kinds == 0)).sum()], float
    )


def _kinds(sample: Sample, ignored: frozenset[str]) -> np.ndarray:
    """Per character: 1 personal data, 0 none, 2 not counted (white space, ignored types)."""
    kinds = np.zeros(len(sample.text), np.int8)
    for start, end, type_ in sample.spans:
        if type_ not in NEGATIVE:
            kinds[start:end] = 2 if type_ in ignored else 1
    kinds[[index for index, character in enumerate(sample.text) if character in _WHITE]] = 2
    return kinds


def _hidden(text: str, found: Spans) -> np.ndarray:
    hidden = np.zeros(len(text), bool)
    for start, end, _ in found:
        hidden[start:end] = True
    return hidden


def _count_types(sample: Sample, found: Spans, ignored: frozenset[str], types: dict[str, np.ndarray]) -> None:
    hidden = _hidden(sample.text, found)
    for start, end, type_ in sample.spans:
        if type_ not in NEGATIVE and type_ not in ignored:
            types[type_] += (hidden[start:end].sum(), end - start, 1)
