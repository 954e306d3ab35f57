"""Which alarms about live promises still stand, and what lifts them."""

from collections.abc import Iterable, Sequence

from aboveboard.charter import Promise
from aboveboard.evidence._lost import ends_of, has_limits, is_enough
from aboveboard.evidence.records import Alarm, Measurement, Slice
from aboveboard.stats import Verdict, decide
from aboveboard.values import is_ulid, parse_bound

RAISED, LIFTED = "raised", "lifted"


def standing(alarms: Sequence[Alarm]) -> list[Alarm]:
    """The alarms that nobody has lifted, in the order given."""
    lifted = {each.links[0] for each in alarms if each.stage == LIFTED and each.links}
    return [each for each in alarms if each.stage == RAISED and each.id not in lifted]


def is_about(alarm: Alarm, promise: Promise) -> bool:
    """Whether it is about this promise as it stands, word for word."""
    return (alarm.promise, alarm.measure, set(alarm.over), alarm.must, alarm.confidence) == (
        promise.id,
        promise.measure,
        set(promise.over),
        str(promise.must),
        promise.confidence,
    )


def is_lifted_by(alarm: Alarm, measurement: Measurement) -> bool:
    """Whether an assessment that was begun after an alarm, of the same model, shows that the promise is kept.

    What the monitor itself measures has no run of its own, and lifts nothing.
    """
    is_later = is_ulid(measurement.run) and measurement.run > alarm.id
    is_same = (measurement.measure, measurement.model_digest) == (alarm.measure, alarm.model_digest)
    is_sure = measurement.confidence >= alarm.confidence - 1e-9
    return bool(alarm.promise) and is_later and is_same and is_sure and _is_kept(alarm, measurement)


def first_standing(
    promise: Promise, alarms: Iterable[Alarm], measurements: Iterable[Measurement]
) -> Alarm | None:
    """The first of these alarms that is about the promise and that no measurement lifts."""
    known = list(measurements)
    about = (each for each in alarms if is_about(each, promise))
    return next((each for each in about if not any(is_lifted_by(each, one) for one in known)), None)


def _is_kept(alarm: Alarm, measurement: Measurement) -> bool:
    bound = parse_bound(alarm.must)
    summaries = _summaries(alarm, measurement)
    parts = summaries if alarm.over else [measurement]
    if not set(alarm.over) <= {each.by for each in summaries}:
        return False
    is_trusted = is_enough(measurement.coverage) or all(map(has_limits, parts))
    return is_trusted and all(decide(*ends_of(each), bound) is Verdict.KEPT for each in parts)


def _summaries(alarm: Alarm, measurement: Measurement) -> list[Slice]:
    return [each for each in measurement.slices if each.by in alarm.over and not each.group]
