"""Whoever measures until a promise is kept keeps it by chance: each further try has to be surer."""

from collections.abc import Sequence

from aboveboard.charter import Promise
from aboveboard.evidence._judgement import judged
from aboveboard.evidence._promise_status import PromiseStatus
from aboveboard.evidence.records import Measurement
from aboveboard.stats import Verdict


def judged_in_turn(promise: Promise, measurements: Sequence[Measurement]) -> list[PromiseStatus]:
    """What each said when it was the newest, newest first; `measurements` fit, and stand newest first.

    Those before that did not keep the promise make the next need more (`confidence_of_try`), so that a
    promise that is not kept is ever said to be kept, however often it is measured, with a chance of at most
    1 − c. A new estimate of a run takes the place of the one before, and the very same outcome again is no
    new try.
    """
    told: dict[str, tuple[object, Verdict]] = {}
    statuses = []
    for measurement in reversed(measurements):
        outcome = _outcome(measurement)
        against = {
            other
            for run, (other, verdict) in told.items()
            if run != measurement.run and verdict is not Verdict.KEPT and other != outcome
        }
        statuses.append(judged(promise, measurement, 1 + len(against)))
        told[measurement.run] = outcome, statuses[-1].verdict
    return statuses[::-1]


def _outcome(measurement: Measurement) -> object:
    """What two measurements share when the second cannot have come out otherwise by chance."""
    one = measurement
    return (one.data_digest, one.suite_version, one.value, one.low, one.high, one.n, one.slices)
