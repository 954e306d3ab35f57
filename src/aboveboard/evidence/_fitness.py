"""Whether a measurement may settle a promise: of this charter and model, fresh, sure and sufficient."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aboveboard.charter import Charter, Promise
from aboveboard.evidence.records import Alarm, Gap, Measurement, PreRegisteredPromise, PreRegistration
from aboveboard.values import parse_time

AGES = {
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=31),
    "quarterly": timedelta(days=92),
    "yearly": timedelta(days=366),
}
"""How old a measurement may be, by `when`. `release` and `live` set no age: a new charter or model does."""

LEAST_COVERAGE = 0.5
"""The share of the planned items that must have been scored: fewer, and those left out decide."""


@dataclass(frozen=True, slots=True)
class Present:
    """What is in force now. Without a model digest, the charter's primary model is meant, whatever its
    weights. `registered` holds what was written down before each run, by run id.
    """

    charter: Charter
    now: datetime
    model_digest: str | None = None
    registered: Mapping[str, tuple[PreRegisteredPromise, ...]] = field(default_factory=dict)

    def is_of_model(self, record: Measurement | Gap | Alarm | PreRegistration) -> bool:
        """Whether it is about the model in force."""
        return not _of_another_model(record, self)


def unfitness(measurement: Measurement, promise: Promise, present: Present) -> str:
    """Why the measurement cannot settle the promise, or an empty text."""
    return (
        _of_another_model(measurement, present)
        or _of_another_promise(measurement, promise, present)
        or _too_little(measurement, promise, present)
    )


def is_try(measurement: Measurement, promise: Promise, present: Present) -> bool:
    """Whether it could settle the promise, but for the words that the promise had then: whoever changes them
    a little before each measurement tries again all the same."""
    return not (_of_another_model(measurement, present) or _too_little(measurement, promise, present))


def was_to_test(registration: PreRegistration, promise: Promise, present: Present) -> bool:
    """Whether a run was to test the promise's measure, in whatever words, on the model in force, no longer
    ago than counts."""
    is_of_measure = any(each.measure == promise.measure for each in registration.promises)
    is_present = present.is_of_model(registration) and not _stale(registration, promise, present.now)
    return is_of_measure and is_present


def is_of_present(record: Measurement | Gap, promise: Promise, present: Present) -> bool:
    """Whether it is about the model in force and tested the promise as it stands."""
    return not _of_another_model(record, present) and not _of_another_promise(record, promise, present)


def _too_little(measurement: Measurement, promise: Promise, present: Present) -> str:
    return (
        _stale(measurement, promise, present.now)
        or _unsure(measurement, promise)
        or _insufficient(measurement)
        or _unsliced(measurement, promise)
    )


def _of_another_model(measurement: Measurement | Gap | Alarm | PreRegistration, present: Present) -> str:
    if present.model_digest is None:
        primary = present.charter.primary.id
        return "" if measurement.model == primary else f"measured on {measurement.model}, not on {primary}"
    if measurement.model_digest == present.model_digest:
        return ""
    return f"measured on other weights ({measurement.model}, {measurement.model_digest[:19]}…): assess again"


def _of_another_promise(measurement: Measurement | Gap, promise: Promise, present: Present) -> str:
    """An edit elsewhere in the charter leaves a promise its evidence, if it was registered word for word."""
    if measurement.charter_digest == present.charter.digest:
        return ""
    if any(_is_same(promise, each) for each in present.registered.get(measurement.run, ())):
        return ""
    return "the promise has changed since it was measured: assess again"


def _is_same(promise: Promise, registered: PreRegisteredPromise) -> bool:
    return (promise.id, promise.measure, set(promise.over), str(promise.must), promise.confidence) == (
        registered.promise,
        registered.measure,
        set(registered.over),
        registered.must,
        registered.confidence,
    )


def _stale(record: Measurement | PreRegistration, promise: Promise, now: datetime) -> str:
    allowed = min((AGES[when] for when in promise.when if when in AGES), default=None)
    age = now - parse_time(record.time)
    if allowed is None or age <= allowed:
        return ""
    return f"measured {age.days} days ago; {', '.join(promise.when)} allows {allowed.days}: assess again"


def _unsure(measurement: Measurement, promise: Promise) -> str:
    if measurement.confidence >= promise.confidence - 1e-9:
        return ""
    return f"measured at confidence {measurement.confidence:g}; {promise.confidence:g} is promised"


def _insufficient(measurement: Measurement) -> str:
    coverage = measurement.coverage
    if measurement.n > 0 and coverage.scored >= LEAST_COVERAGE * coverage.planned:
        return ""
    return f"only {coverage.scored} of {coverage.planned} items could be scored"


def _unsliced(measurement: Measurement, promise: Promise) -> str:
    known = {each.by for each in measurement.slices if not each.group}
    absent = [attribute for attribute in promise.over if attribute not in known]
    return f"not measured over {', '.join(absent)}" if absent else ""
