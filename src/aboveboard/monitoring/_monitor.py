"""Reading the record as it grows: what is watched takes it in, alarms are told, nothing counts twice."""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from aboveboard.evidence import Followed, Reader, Recorder, outcome_id, record_once, standing
from aboveboard.evidence.records import Alarm, Decision, Record
from aboveboard.monitoring._errors import UnknownAlarmError
from aboveboard.monitoring._seen import Seen, seen
from aboveboard.monitoring._store import Fold, MonitoringStore, Step
from aboveboard.monitoring._view import LiveView, view_of
from aboveboard.monitoring._watches import Watches
from aboveboard.values import format_time

_KINDS = frozenset({"alarm", "decision", "measurement", "probe"})
_PAGE = 500
_ALARMS = 1000
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word that an alarm need not stand: the record of it, who said so, and why."""

    record: str
    actor: str
    reason: str


class Consequences(Protocol):
    """What follows from alarms beyond the record; each may be asked more than once for the same alarm."""

    def raised(self, alarm: Alarm) -> None:
        """Has a person look at it, once."""
        ...

    def ruling(self, alarm: Alarm) -> Ruling | None:
        """What the person has decided; None while they have not, or when it is to stand."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """What is kept of a page's answers and prompts, by record; None for what is long."""

    answers: Mapping[str, bytes | None]
    prompts: Mapping[str, bytes | None]


@dataclass(slots=True)
class Monitor:
    """Watches one charter's promises. Any number of processes may, over one store: each record counts once.

    What is recorded here follows from the records read, by ids that follow from theirs; so a crash at any
    moment, or two that do the same, come to one record.
    """

    watches: Watches
    store: MonitoringStore
    reader: Reader
    recorder: Recorder
    consequences: Consequences
    milliseconds: Callable[[], int] = field(default=lambda: time.time_ns() // 1_000_000)
    _positions: dict[str, int] = field(default_factory=dict, init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False)

    def round(self) -> bool:
        """Reads on by a page, records what follows, has alarms lifted that people decided about; says whether
        there is more to read. Raises AboveboardError; the next round does what this one did not.
        """
        with self._lock:
            has_more = self._read_on() if self.watches.watches else False
        self._tell()
        self._lift()
        return has_more

    def catch_up(self) -> None:
        """Reads all there is, and what follows from it."""
        while self.round():
            pass
        self.round()

    def load(self) -> None:
        """Takes up the state that is stored, whoever wrote it."""
        end = self.reader.end()
        for watch in self.watches.watches:
            fold = self.store.fold(watch.key, end, watch.state())
            watch.resume(fold.state)
            self._positions[watch.key] = fold.position

    def view(self) -> LiveView:
        """How everything stands that is watched, as of what was read last. From any thread."""
        with self._lock:
            if not self._positions:
                self.load()
            return view_of(self.watches, self.store.probes(self.milliseconds()), self._behind())

    def standing(self, alarm_id: str) -> Alarm:
        """The alarm of this id, if it stands; raises UnknownAlarmError."""
        known = self._standing()
        for alarm in known:
            if alarm.id == alarm_id:
                return alarm
        shown = ", ".join(alarm.id for alarm in known) or "none"
        raise UnknownAlarmError(f"no alarm {alarm_id!r} stands", cure=f"those that stand: {shown}")

    def _standing(self) -> list[Alarm]:
        """Asks the record which alarms stand, not the store: that may have been lost."""
        found = self.reader.find("alarm", limit=_ALARMS)
        return standing([each for each in found if isinstance(each, Alarm)])

    def _behind(self) -> int:
        return max(0, self.reader.end() - min(self._positions.values(), default=self.reader.end()))

    def _read_on(self) -> bool:
        if not self._positions:
            self.load()
        start = min(self._positions.values())
        followed = self.reader.following(start, _KINDS, _PAGE)
        if followed.position == start:
            return False
        try:
            is_kept = self.store.advance(
                self._step(followed, self._words(start, followed.position)), self.milliseconds()
            )
        except BaseException:
            self._positions = {}  # what is in memory has gone ahead of what is kept
            raise
        if not is_kept:
            self.load()
            return True
        self._positions = {key: max(each, followed.position) for key, each in self._positions.items()}
        return True

    def _words(self, start: int, end: int) -> Words:
        """The kept answers and prompts of a page."""
        read, watches = self.reader.attached, self.watches
        answers = read("answer", start, end) if watches.needs_words else {}
        return Words(answers, read("prompt", start, end) if watches.needs_prompts else {})

    def _step(self, followed: Followed, words: Words) -> Step:
        before = dict(self._positions)
        oldest = _written(self.milliseconds() - _DAY)
        outcomes: list[Record] = []
        probes: list[str] = []
        for position, record in followed.records:
            told = self._seen(record, words)
            for watch in self.watches.watches:
                if before[watch.key] < position:
                    outcomes += watch.take(record, told)
            if self._is_sampled(record, oldest):
                probes.append(record.id)
        folds = {
            watch.key: (before[watch.key], Fold(max(before[watch.key], followed.position), watch.state()))
            for watch in self.watches.watches
        }
        return Step(folds, outcomes, probes)

    def _seen(self, record: Record, words: Words) -> Seen | None:
        if not isinstance(record, Decision):
            return None
        answer = self._kept(record.id, "answer", words.answers) if record.model_digest else None
        return seen(record, answer, self._kept(record.id, "prompt", words.prompts))

    def _kept(self, record_id: str, name: str, found: Mapping[str, bytes | None]) -> bytes | None:
        if record_id not in found:
            return None
        kept = found[record_id]
        return self.reader.attachment(record_id, name) if kept is None else kept

    def _is_sampled(self, record: Record, oldest: str) -> bool:
        """Whether a probe is asked after an answer: by its id alone, so that what it says plays no part."""
        plan = self.watches.watched.charter.monitoring.probes
        if not isinstance(record, Decision) or not plan.most_per_day or _draw(record.id) >= plan.share:
            return False
        is_answer = record.outcome != "block" and not record.error and not record.reuses
        is_ours = record.model_digest == self.watches.watched.model_digest
        return is_answer and is_ours and record.time > oldest and bool(self.watches.attributes)

    def _tell(self) -> None:
        for record in self.store.take_outcomes(self.milliseconds()):
            kept = record_once(self.recorder, self.reader, record)
            if isinstance(kept, Alarm):
                self.consequences.raised(kept)
            self.store.settle_outcome(record.id)

    def _lift(self) -> None:
        for alarm in self._standing():
            ruling = self.consequences.ruling(alarm)
            if ruling:
                record_once(self.recorder, self.reader, lifting(alarm, ruling))


def lifting(alarm: Alarm, ruling: Ruling) -> Alarm:
    """The record that an alarm is lifted. Its id follows from the alarm's, so that there is one."""
    return replace(
        alarm,
        id=outcome_id(alarm.id),
        time=format_time(datetime.now(UTC)),
        actor=ruling.actor,
        stage="lifted",
        reason=ruling.reason,
        links=(alarm.id, *filter(None, [ruling.record])),
    )


def _written(milliseconds: int) -> str:
    """A moment as records have it: these sort as the times do."""
    return format_time(datetime.fromtimestamp(milliseconds / 1000, UTC))


def _draw(record_id: str) -> float:
    """A number in [0, 1) that an id alone decides, and nobody can aim at: half of an id is random."""
    return int.from_bytes(hashlib.sha256(b"probe after " + record_id.encode()).digest()[:7], "big") / 2**56
