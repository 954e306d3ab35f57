"""What a watch is about: a promise or a figure, of one model; and the records it makes."""

from dataclasses import dataclass

from aboveboard.charter import Charter, DriftRule, Promise
from aboveboard.evals import catalogue
from aboveboard.evidence import outcome_id
from aboveboard.evidence.records import Alarm, Coverage, Measurement, Record, Slice
from aboveboard.monitoring._figure import Figure
from aboveboard.monitoring._measures import RANGE, SUITE, live_measures
from aboveboard.monitoring._streams import GREATEST
from aboveboard.values import digest_json

ACTOR = "monitor"
_METHODS = {
    "promise": "betting e-process (Ville 1939; Waudby-Smith and Ramdas 2024)",
    "drift": "e-detector, Shiryaev-Roberts (Shin, Ramdas and Rinaldo 2023)",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """The model that is watched, and the charter under which it answers."""

    charter: Charter
    model_digest: str

    @property
    def model(self) -> str:
        return self.charter.primary.id


@dataclass(frozen=True, slots=True)
class Subject:
    """What is watched: one of `promise` and `rule` is given."""

    watched: Watched
    promise: Promise | None = None
    rule: DriftRule | None = None

    @property
    def name(self) -> str:
        return self.promise.id if self.promise else f"drift of {self.measure}"

    @property
    def measure(self) -> str:
        if self.promise:
            return self.promise.measure
        return self.rule.quantity if self.rule else ""

    @property
    def key(self) -> str:
        """What stays the same while evidence may be added up: the terms word for word, and the weights."""
        return digest_json({"terms": self._terms(), "model": self.watched.model_digest})

    def _terms(self) -> list[object]:
        if self.promise:
            each = self.promise
            return ["promise", each.id, each.measure, str(each.must), sorted(each.over), each.confidence]
        if self.rule:
            rule = self.rule
            return ["drift", rule.quantity, rule.baseline, rule.learn, rule.run_length]
        return []

    @property
    def is_live_alone(self) -> bool:
        """Whether no assessment is asked about it."""
        live = self.promise is not None and set(self.promise.when) == {"live"}
        return live or self.measure in live_measures()

    def alarm(self, tipped: Record, figure: Figure) -> Alarm:
        """The alarm that a record tips. Who makes it again from the same records makes the same."""
        promise = self.promise
        return Alarm(
            id=outcome_id(f"{tipped.id} tips {self.key}"),
            time=tipped.time,
            subject=f"promise:{promise.id}" if promise else f"drift:{self.measure}",
            actor=ACTOR,
            links=(tipped.id,),
            stage="raised",
            measure=self.measure,
            model=self.watched.model,
            model_digest=self.watched.model_digest,
            charter_digest=self.watched.charter.digest,
            promise=promise.id if promise else "",
            must=str(promise.must) if promise else "",
            over=promise.over if promise else (),
            confidence=promise.confidence if promise else 0.95,
            by=figure.by,
            groups=figure.groups,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            n=figure.n,
            evidence=figure.evidence,
            at=figure.at,
            baseline=figure.baseline,
            method=_METHODS["promise" if promise else "drift"],
        )

    def measurement(self, last: Record, figure: Figure) -> Measurement | None:
        """How a promise stands that nothing but live answers is to tell about; None for any other: an
        assessment is not to be put aside by it.
        """
        promise = self.promise
        info = {**catalogue(), **live_measures()}.get(self.measure)
        if promise is None or info is None or not self.is_live_alone or figure.high >= GREATEST:
            return None
        return Measurement(
            id=outcome_id(f"{last.id} measures {self.key}"),
            time=last.time,
            subject=f"model:{self.watched.model}",
            actor=ACTOR,
            links=(last.id,),
            measure=self.measure,
            unit=info.unit,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            n=figure.n,
            confidence=promise.confidence,
            method=RANGE,
            clusters=figure.n,
            mde=(figure.high - figure.low) / 2,
            coverage=Coverage(planned=figure.n, scored=figure.n),
            slices=tuple(_summary(by, figure) for by in promise.over),
            suite=SUITE,
            suite_version="1",
            run=f"live:{self.key[-16:]}",
            model=self.watched.model,
            model_digest=self.watched.model_digest,
            backend="gateway",
            data_digest="",
            charter_digest=self.watched.charter.digest,
        )


def _summary(by: str, figure: Figure) -> Slice:
    """The ranges hold jointly over all attributes, so each has that of all."""
    return Slice(by=by, group="", value=figure.value, low=figure.low, high=figure.high, n=figure.n)
