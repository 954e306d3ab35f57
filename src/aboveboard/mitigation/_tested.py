"""What a candidate does to the figure that settles a promise, with the answers that it loses."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.charter import Promise
from aboveboard.evals import Ask, Scored, suite_of
from aboveboard.evals.comparing import (
    Coverage,
    Difference,
    Figure,
    coverage,
    differences,
    lost_at_worst,
    pair,
)


@dataclass(frozen=True, slots=True)
class Tested:
    """`found` is on the items that both answered readably. `p_value` is one-sided, against "it does not
    help", with every answer that only the candidate lost at its worst for it.
    """

    found: Difference
    p_value: float
    coverage: Coverage

    def loses(self, confidence: float) -> bool:
        """Whether fewer answers can be read, beyond chance: then what is left shows too little of it."""
        return self.coverage.p_value < 1 - confidence


def weighed(
    promise: Promise, first: Sequence[Scored], second: Sequence[Scored], confidence: float
) -> Tested | None:
    """Of several attributes, the one that improved least; None where one of the two has no value."""
    found = figure_of(promise, first, second, confidence)
    if not found:
        return None
    read = coverage(promise.measure, first, second)
    worst = figure_at_worst(promise, first, second, confidence) if read.lost else found
    if len(worst) != len(found):
        return None
    p_values = [max(one_sided(each), one_sided(low)) for each, low in zip(found, worst, strict=True)]
    least = max(range(len(found)), key=lambda place: p_values[place])
    return Tested(found[least], p_values[least], read)


def figure_of(
    promise: Promise, first: Sequence[Scored], second: Sequence[Scored], confidence: float
) -> list[Difference]:
    """The differences in what settles a promise: each attribute that it is made over, or the whole."""
    suite = suite_of(promise.measure)
    found = differences(suite, pair(first, second), _asks(promise, confidence), confidence=confidence)
    return [found[key] for key in _keys(promise) if key in found]


def figure_at_worst(
    promise: Promise, first: Sequence[Scored], second: Sequence[Scored], confidence: float
) -> list[Difference]:
    """The same, with every answer that only the first gave readably at its worst for the second."""
    suite, asks = suite_of(promise.measure), _asks(promise, confidence)
    worst = {key: lost_at_worst(suite, first, second, Figure(key, asks)) for key in _keys(promise)}
    found = {key: differences(suite, each, asks, confidence=confidence) for key, each in worst.items()}
    return [each[key] for key, each in found.items() if key in each]


def one_sided(found: Difference) -> float:
    """The p-value against "it does not help"."""
    return found.p_value / 2 if found.harm < 0 else 1 - found.p_value / 2


def _asks(promise: Promise, confidence: float) -> dict[str, Ask]:
    return {promise.measure: Ask(confidence, promise.over)}


def _keys(promise: Promise) -> list[tuple[str, str, str]]:
    return [(promise.measure, by, "") for by in promise.over] or [(promise.measure, "", "")]
