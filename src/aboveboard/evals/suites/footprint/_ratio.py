"""A ratio of two totals over answers, with the spread between answers and the error of what was counted."""

from collections.abc import Sequence

from aboveboard.evals._finding import Finding
from aboveboard.evals._measure import MeasureInfo
from aboveboard.footprint import Span
from aboveboard.stats import Estimate

METHOD = "ratio of totals, linearised, t interval over prompts"


def linearised(pairs: Sequence[tuple[float, float]]) -> list[float]:
    """Values with the mean R = Σ above ÷ Σ below and the spread of R: R + (a − R·b) / mean b.

    (Cochran, Sampling Techniques, 3rd edition, §6.3.) Empty for no pairs.
    """
    if not pairs:
        return []
    below = sum(each for _, each in pairs)
    ratio = sum(above for above, _ in pairs) / below
    mean = below / len(pairs)
    return [ratio + (above - ratio * each) / mean for above, each in pairs]


def error_of(spans: Sequence[Span]) -> Span:
    """Within what factors of their likely total the total of `spans` lies; their errors are one error."""
    total = sum(spans, Span.exact(0.0))
    return total.scaled(1 / total.likely) if total.likely else Span.exact(1.0)


def finding_of(measure: MeasureInfo, estimate: Estimate, error: Span, notes: Sequence[str]) -> Finding:
    """A ratio whose interval reaches from its lower end × the least factor to its upper end × the greatest.

    Error and spread at their ends together: the factors are bounds, and no deviations to be added to others.
    """
    value, high = estimate.value, estimate.high * error.high
    low = max(0.0, estimate.low) * error.low
    before = max(value - estimate.low, estimate.high - value)
    return Finding(
        measure=measure.id,
        value=value,
        low=low,
        high=high,
        n=estimate.n,
        clusters=estimate.clusters,
        mde=estimate.mde * max(value - low, high - value) / before if before > 0 else estimate.mde,
        method=estimate.interval.method,
        notes=tuple(notes),
        fixed=(value * (1.0 - error.low), value * (error.high - 1.0)),
    )
