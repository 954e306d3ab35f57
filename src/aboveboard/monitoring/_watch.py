"""One thing that is watched: what it has seen so far, and whether an alarm stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.evidence import CODEC, is_lifted_by
from aboveboard.evidence.records import Alarm, Decision, Measurement, Probe, Record
from aboveboard.monitoring._seen import Seen
from aboveboard.monitoring._streams import Stream
from aboveboard.monitoring._subject import Subject

_FIRST_MEASURED = 100


@dataclass(slots=True)
class Watch:
    """A stream of evidence about a subject. It is a function of the records it took, in their order.

    Once an alarm rings it takes nothing more, until the alarm is lifted: then it begins anew. `round` counts
    these beginnings; each has the promised chance of a false alarm.
    """

    subject: Subject
    begin: Callable[[], Stream]
    needs_words: bool = False
    needs_prompts: bool = False
    wants_probes: bool = False
    stream: Stream = field(init=False)
    alarm: Alarm | None = None
    round: int = 1
    measured: int = 0
    key: str = field(init=False)
    _model_digest: str = field(init=False, repr=False)
    _is_measured: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        subject = self.subject  # asked once: all three are asked for with every record
        self.stream, self.key = self.begin(), subject.key
        self._model_digest, self._is_measured = subject.watched.model_digest, subject.is_live_alone

    def take(self, record: Record, seen: Seen | None) -> Sequence[Record]:
        """Takes the next record; returns what is to be recorded because of it."""
        if self.alarm is not None:
            if _lifts(record, self.alarm):
                self._begin_anew()
            return ()
        if not self._is_of_model(record):
            return ()
        if self.stream.take(record, seen):
            self.alarm = self.subject.alarm(record, self.stream.figure())
            return (self.alarm,)
        return self._measured(record)

    def _is_of_model(self, record: Record) -> bool:
        """Answers of other models, such as the fallback, say nothing about this one. What no model was asked
        for counts: it was blocked before.
        """
        if isinstance(record, Decision):
            return record.model_digest in ("", self._model_digest)
        return isinstance(record, Probe) and record.model_digest == self._model_digest

    def _measured(self, record: Record) -> Sequence[Record]:
        """A measurement at 100, 200, 400, … observations: the range holds at any time; none is too soon."""
        if not self._is_measured or self.stream.n < max(_FIRST_MEASURED, 2 * self.measured):
            return ()
        figure = self.stream.figure()
        self.measured = figure.n
        found = self.subject.measurement(record, figure)
        return () if found is None else (found,)

    def _begin_anew(self) -> None:
        self.stream, self.alarm, self.measured = self.begin(), None, 0
        self.round += 1

    def state(self) -> dict[str, Any]:
        """All that it knows, as JSON values."""
        alarm = CODEC.encode(self.alarm).decode() if self.alarm else None
        return {
            "stream": self.stream.state(),
            "alarm": alarm,
            "round": self.round,
            "measured": self.measured,
        }

    def resume(self, state: Mapping[str, Any]) -> None:
        """Goes on from a state, to the last bit."""
        self.stream = self.begin()
        self.stream.resume(state["stream"])
        found = CODEC.decode(state["alarm"].encode()) if state["alarm"] else None
        self.alarm = found if isinstance(found, Alarm) else None
        self.round, self.measured = state["round"], state["measured"]


def _lifts(record: Record, alarm: Alarm) -> bool:
    if isinstance(record, Alarm):
        return record.stage == "lifted" and alarm.id in record.links[:1]
    return isinstance(record, Measurement) and is_lifted_by(alarm, record)
