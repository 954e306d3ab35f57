"""What a sample says of the population it was drawn from."""

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from aboveboard.privacy.risk._pitman import unique_share

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_TERMS = 4000


@dataclass(frozen=True, slots=True)
class PopulationRisk:
    """Estimates for a simple random sample of a population of `size`; worthless for a sample drawn
    otherwise.

    `journalist_highest` and `marketer`: the expected 1/F of the smallest class and the expected share of
    rows matched rightly, F being the class's size in the population, given its size in the sample, under the
    negative binomial model of Benedetti and Franconi (1998). `unique_match`: how often a match with a row
    unique in the sample is right (Skinner and Elliot 2002; no model). `unique_share`: the share of the
    population that is unique in it (Pitman's model, Hoshino 2001); None where the sample does not determine
    it.
    """

    size: int
    journalist_highest: float
    marketer: float
    unique_match: float | None
    unique_share: float | None


def assess_population(sizes: "npt.NDArray[np.int64]", population: int) -> PopulationRisk:
    """The risk in a population, from the sizes of the sample's classes."""
    import numpy as np

    rows = int(sizes.sum())
    fraction = min(1.0, rows / population)
    found, counts = np.unique(sizes, return_counts=True)
    expected = np.array([expected_inverse(int(size), fraction) for size in found[:200]])
    expected = np.concatenate([expected, fraction / found[200:]])
    marketer = float((counts * found * expected).sum() / rows)
    singles, pairs = int((sizes == 1).sum()), int((sizes == 2).sum())
    unique = (
        singles / rows if rows == population else unique_share(found, counts, population) if singles else None
    )
    match = _unique_match(singles, pairs, fraction)
    return PopulationRisk(population, float(expected.max()), marketer, match, unique)


def expected_inverse(size: int, fraction: float) -> float:
    """E[1/F | f]: (p/f)·₂F₁(1, 1; f + 1; 1 − p), summed as Σ k!/(f + 1)ₖ (1 − p)ᵏ; 1/f for a whole
    population.
    """
    if fraction >= 1.0:
        return 1.0 / size
    if size == 1:
        return fraction / (1 - fraction) * -log(fraction)
    total, term = 0.0, 1.0
    for k in range(1, _TERMS):
        total += term
        term *= k / (size + k) * (1 - fraction)
        if term < 1e-12:
            break
    return fraction / size * total


def _unique_match(singles: int, pairs: int, fraction: float) -> float | None:
    if not singles:
        return None
    right = fraction * singles
    return right / (right + 2 * (1 - fraction) * pairs)
