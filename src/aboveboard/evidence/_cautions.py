"""What to know before believing a verdict."""

from collections import Counter
from collections.abc import Sequence

from aboveboard.evidence._lost import answers_lost
from aboveboard.evidence._promise_status import PromiseStatus
from aboveboard.evidence.records import Gap, Measurement, PreRegistration

_FEW = 0.05
"""The share of the items that may be lost without a word on it."""


def caution(
    measurement: Measurement,
    latest: PromiseStatus,
    before: Sequence[PromiseStatus],
    gaps: Sequence[Gap] = (),
    begun: Sequence[PreRegistration] = (),
) -> str:
    """What speaks against the `latest` status, by this measurement; `before` are those of older ones, `gaps`
    what yielded no value, `begun` the runs that have left nothing, each newest first."""
    found = (
        _lost(measurement),
        _otherwise(latest, before),
        _not_again(measurement, gaps),
        _unended(measurement, begun),
    )
    return "; ".join(filter(None, found))


def _unended(measurement: Measurement, begun: Sequence[PreRegistration]) -> str:
    """That runs were begun before it and have left nothing: whoever stops what looks bad has looked."""
    earlier = [each.run for each in begun if each.time < measurement.time]
    if not earlier:
        return ""
    what = (
        "a run was begun before it and has left no value"
        if len(earlier) == 1
        else f"{len(earlier)} runs were begun before it and have left no value, the newest"
    )
    return f"{what}: {earlier[0]}"


def _not_again(measurement: Measurement, gaps: Sequence[Gap]) -> str:
    """That later runs had no value: whoever cannot be measured any more keeps what was measured once."""
    later = [each for each in gaps if each.time > measurement.time and each.run != measurement.run]
    runs = len({each.run for each in later})
    if not runs:
        return ""
    what = "a later run had no value" if runs == 1 else f"{runs} later runs had no value, the newest"
    return f"{what}: {later[0].reason}"


def _lost(measurement: Measurement) -> str:
    """That answers are missing which might have decided: whoever fails, or is silent, where it would do badly
    looks better than it is.
    """
    coverage = measurement.coverage
    lost, missing = answers_lost(coverage), coverage.planned - coverage.scored
    if missing <= _FEW * coverage.planned:
        return ""
    kinds = {
        "failed or could not be read, and count nowhere": lost,
        "were not reached before the run stopped": missing - lost,
    }
    return "; ".join(f"{count} of {coverage.planned} items {what}" for what, count in kinds.items() if count)


def _otherwise(latest: PromiseStatus, before: Sequence[PromiseStatus]) -> str:
    """That the same was measured before with another verdict: who measures until it is kept, keeps it by
    chance.
    """
    earlier = Counter(each.verdict for each in before if each.run != latest.run)
    if not earlier.keys() - {latest.verdict}:
        return ""
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(earlier.items()))
    return f"the newest of {earlier.total() + 1} measurements that fit; those before it said: {told}"
