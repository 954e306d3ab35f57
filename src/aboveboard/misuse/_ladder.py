"""The ladder: fed by what happened, climbed by alarms, left by time, appeal or a person's word."""

import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import TracebackType

from aboveboard.database import Location
from aboveboard.evidence.records import MisuseStep
from aboveboard.misuse._errors import NotOnLadderError
from aboveboard.misuse._observing import Gathered, Seen, gather
from aboveboard.misuse._round import Duties, Record, Round
from aboveboard.misuse._rule import KEY, MisuseRule
from aboveboard.misuse._rungs import Rung, Standing
from aboveboard.misuse._sketch import Repetitions
from aboveboard.misuse._store import Rows, Store
from aboveboard.values import Clock, SystemClock

_MOST_WAITING = 20_000
_KEPT_SECONDS = 30 * 86400
_TIDY_EVERY = 3600.0


class Ladder:
    """Where everybody stands, shared by all gateways of one database. Safe to share between threads.

    `note`, `standing` and `paced` are for the path of requests: they touch memory alone. `round` does the
    rest, about once a second, on a thread that may wait. Where the database cannot be read, everybody stays
    where they were known to be.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: deque[Seen] = deque(maxlen=_MOST_WAITING)
        self._standings: Mapping[str, Standing] = {}
        self._generation = -1
        self._pace: dict[str, tuple[int, int]] = {}
        self._tidied = 0.0
        self._repetitions: Repetitions | None = None

    @classmethod
    def open(cls, where: Location, clock: Clock | None = None) -> "Ladder":
        """Opens the tables (`<state>/misuse.db`, or a schema of PostgreSQL), made on first use; raises
        MisuseStoreError.
        """
        return cls(Store(where), clock or SystemClock())

    def note(self, seen: Seen) -> None:
        """Remembers a request that is over, until the next round. Of too many, the oldest are let go: that
        makes no alarm.
        """
        self._waiting.append(seen)

    def standing(self, holders: Sequence[str], most: Rung) -> Standing | None:
        """The highest standing of these holders, no higher than `most`; None for whoever is on no rung."""
        known = self._standings
        if not known:
            return None
        found = [standing for each in holders if (standing := known.get(each))]
        if not found or most is Rung.OFF:
            return None
        highest = max(found, key=lambda each: each.rung)
        return replace(highest, rung=min(highest.rung, most))

    def paced(self, holder: str, a_minute: int) -> int:
        """0 if a slowed holder may pass now, else the seconds until they may; counted by this process."""
        now = int(self._clock.now().timestamp())
        minute, count = self._pace.get(holder, (0, 0))
        count = count if minute == now // 60 else 0
        if count >= a_minute:
            return 60 - now % 60
        self._pace[holder] = now // 60, count + 1
        return 0

    def round(self, rule: MisuseRule, duties: Duties) -> None:
        """Judges what happened since the last one, and moves everybody who has to be; raises MisuseError and
        what the duties raise: then nothing was moved.
        """
        found = self._drained(rule)
        now = int(self._clock.now().timestamp())
        if found.requests or found.hits or self._is_due(now):
            with self._store.transaction() as rows:
                Round(rule, duties, rows, now).run(found)
                self._tidy(rows, now)
        self.refresh()

    def refresh(self) -> None:
        """Reads where everybody stands, if that has changed."""
        generation = self._store.generation()
        if generation != self._generation:
            found = {each.holder: each for each in self._store.standings()}
            self._standings, self._generation = found, generation
            self._forget_paces()

    def all(self) -> Sequence[Standing]:
        """Everybody on the ladder, the highest first."""
        return self._store.standings()

    def of(self, holder: str) -> Standing:
        """Where a holder stands; raises NotOnLadderError."""
        for each in self._store.standings():
            if each.holder == holder:
                return each
        raise NotOnLadderError(
            f"{holder[:60]!r} is not on the ladder", cure="`aboveboard misuse list` shows who is"
        )

    def counts(self) -> Mapping[tuple[str, ...], float]:
        """How many keys and people are on each rung, as last read."""
        found: dict[tuple[str, ...], float] = {}
        for each in self._standings.values():
            kind = "key" if each.holder.startswith(KEY) else "person"
            found[kind, each.rung.label] = found.get((kind, each.rung.label), 0) + 1
        return found

    def appealed(self, holder: str, case: str) -> None:
        """Notes the case in which somebody challenges where they stand."""
        with self._store.transaction() as rows:
            standing = rows.standing(holder)
            if standing is not None:
                rows.place(replace(standing, appeal=case))
        self.refresh()

    def lift(self, holder: str, reason: str, actor: str, record: Record) -> MisuseStep:
        """Takes somebody off the ladder, once that is on record; what was held against them is forgotten.
        Raises NotOnLadderError.
        """
        with self._store.transaction() as rows:
            standing = rows.standing(holder)
            if standing is not None:
                now = int(self._clock.now().timestamp())
                return Round(MisuseRule(), Duties(record), rows, now).lift(standing, reason, actor)
        raise NotOnLadderError(
            f"{holder[:60]!r} is not on the ladder", cure="`aboveboard misuse list` shows who is"
        )

    def forget(self, holder: str) -> int:
        """Deletes all there is about a holder, when they are erased; returns how many rows it was."""
        with self._store.transaction() as rows:
            count = rows.forget(holder)
        if count:
            self._store.scrub()
        if self._repetitions:
            self._repetitions.forget(holder)
        return count

    def holders(self) -> Sequence[str]:
        """Everybody of whom anything is known."""
        with self._store.transaction() as rows:
            return list(rows.holders())

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> "Ladder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _drained(self, rule: MisuseRule) -> Gathered:
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not waiting:
            return Gathered({}, {})
        if self._repetitions is None:
            self._repetitions = Repetitions()
        return gather(waiting, rule, self._repetitions)

    def _forget_paces(self) -> None:
        """Of those who are off the ladder; one by one, since requests count on meanwhile."""
        for holder in list(self._pace):
            if holder not in self._standings:
                self._pace.pop(holder, None)

    def _is_due(self, now: int) -> bool:
        return any(each.until <= now or each.appeal for each in self._standings.values())

    def _tidy(self, rows: Rows, now: int) -> None:
        ticks = time.monotonic()
        if ticks - self._tidied > _TIDY_EVERY:
            self._tidied = ticks
            rows.tidy(now - _KEPT_SECONDS)
