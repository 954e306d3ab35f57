"""Reserving before a model is asked and settling after, over slices that this process holds."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aboveboard.access._errors import AccessStoreError
from aboveboard.access._holders import Caller
from aboveboard.access._lanes import Lane, Refusal
from aboveboard.access._limits import Amounts, Limit
from aboveboard.access._slices import PART, Slice, give_back, take
from aboveboard.access._spending import Spent, add_spending
from aboveboard.access._store import Store
from aboveboard.values import Clock

_IDLE_ROUNDS = 5
_TRIES = 3
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Reservation:
    """What is set aside for one request: of each lane, in the window that began then. Settle it once."""

    caller: Caller
    held: Amounts
    lanes: tuple[tuple[Lane, int], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Lanes:
    """A caller's lanes, and which of them are rates of requests, and of tokens."""

    caller: Caller
    all: tuple[Lane, ...]
    rates: tuple[tuple[Lane, ...], ...]


class Metering:
    """The limits of callers. Safe to share between threads; only `reserve_slowly` and `balance` wait for the
    database.

    Never more is reserved in a window, by all processes together, than its limit.
    """

    def __init__(self, store: Store, clock: Clock, ticks: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._ticks = ticks
        self._lock = threading.Lock()
        self._taking = threading.Lock()
        self._lanes: dict[tuple[str, str, str], Lane] = {}
        self._of: dict[str, _Lanes] = {}
        self._spent: dict[tuple[str, int], Spent] = defaultdict(Spent)

    def reserve(self, caller: Caller, needs: Amounts) -> Reservation | Refusal | None:
        """Sets aside what a request may cost at most; at once. None: only the database knows."""
        now, ticks = self._now(), self._ticks()
        with self._lock:
            lanes = self._lanes_of(caller).all
            for lane in lanes:
                need = needs[lane.meter]
                if now >= lane.end:
                    return None
                if lane.left < need:
                    return _refusal(lane, now) if lane.is_known_to_lack(need, ticks) else None
            for lane in lanes:
                lane.left -= needs[lane.meter]
                lane.drawn += needs[lane.meter]
            return Reservation(caller, needs, tuple((lane, lane.start) for lane in lanes))

    def reserve_slowly(self, caller: Caller, needs: Amounts) -> Reservation | Refusal:
        """The same with the database; raises AccessStoreError. Not for the event loop."""
        with self._taking:
            for _ in range(_TRIES):
                found = self.reserve(caller, needs)
                if found is not None:
                    return found
                self._take(caller, needs)
        return self._crowded(caller, needs)

    def settle(self, reservation: Reservation, spent: Amounts) -> None:
        """Notes what a request did cost, and frees what was set aside beyond. Where it cost more, the rest is
        counted too.
        """
        day = int(self._now()) // _DAY
        with self._lock:
            for lane, start in reservation.lanes:
                if lane.start == start:
                    lane.left += reservation.held[lane.meter] - spent[lane.meter]
            self._spent[reservation.caller.key, day].add(spent)

    def rates(self, caller: Caller) -> Sequence[Lane]:
        """Of a caller's rates of requests the one with the least left, as this process knows it, and the same
        of tokens; without those of which there are none.
        """
        with self._lock:
            rates = self._lanes_of(caller).rates
        return [each[0] if len(each) == 1 else min(each, key=_share_left) for each in rates]

    def balance(self, *, is_last: bool = False) -> None:
        """Gives back what nobody here draws on, takes ahead where much is drawn, writes down what was spent.

        `is_last`: everything goes back. Raises AccessStoreError: what was on its way back then counts as
        spent, since nobody can know whether it arrived.
        """
        now = self._now()
        with self._taking:
            with self._lock:
                returned = self._returned(now, is_last)
                ahead = [] if is_last else self._drawn_down(now)
                spent, self._spent = self._spent, defaultdict(Spent)
            if not (returned or ahead or spent):
                return
            try:
                slices = self._written(returned, ahead, spent)
            except AccessStoreError:
                self._add(spent)
                raise
            self._grant(slices)

    def forget(self, is_known: Callable[[str], bool]) -> None:
        """Lets go of what is held of keys that have ended: nobody asks with them any more."""
        with self._lock:
            for key in [each for each in self._of if not is_known(each)]:
                for lane in self._of.pop(key).all:
                    if lane.holder == f"key:{key}":
                        self._lanes.pop((lane.holder, lane.limit.meter, lane.limit.period), None)

    def _written(
        self,
        returned: Iterable[tuple[Lane, int, int]],
        ahead: Iterable[tuple[Lane, int]],
        spent: Mapping[tuple[str, int], Spent],
    ) -> Sequence[tuple[Lane, Slice]]:
        now = self._now()
        with self._store.transaction() as database:
            for lane, start, amount in returned:
                give_back(database, lane, start, amount)
            add_spending(database, spent)
            return [(lane, take(database, lane, need, now)) for lane, need in ahead]

    def _add(self, spent: Mapping[tuple[str, int], Spent]) -> None:
        """Sums that could not be written wait for the next time."""
        with self._lock:
            for key_and_day, each in spent.items():
                self._spent[key_and_day].add((each.requests, each.tokens, each.money, each.energy))

    def _take(self, caller: Caller, needs: Amounts) -> None:
        now = self._now()
        with self._lock:
            lanes = self._lanes_of(caller).all
            short = [each for each in lanes if now >= each.end or each.left < needs[each.meter]]
        with self._store.transaction() as database:
            slices = [(lane, take(database, lane, needs[lane.meter], now)) for lane in short]
        self._grant(slices)

    def _grant(self, slices: Iterable[tuple[Lane, Slice]]) -> None:
        ticks = self._ticks()
        with self._lock:
            for lane, found in slices:
                lane.enter(found.start)
                lane.left += found.granted
                lane.elsewhere, lane.asked = found.elsewhere, ticks

    def _returned(self, now: float, is_last: bool) -> Sequence[tuple[Lane, int, int]]:
        """What goes back: debts at once, the rest when nobody drew for some rounds."""
        found = []
        for lane in self._lanes.values():
            lane.idle = 0 if lane.drawn else lane.idle + 1
            is_due = lane.left < 0 or is_last or lane.idle >= _IDLE_ROUNDS
            if lane.left and is_due and now < lane.end:
                found.append((lane, lane.start, lane.left))
                lane.elsewhere += max(0, lane.left)
                lane.left = 0
        return found

    def _drawn_down(self, now: float) -> Sequence[tuple[Lane, int]]:
        """Lanes that would not last for another round as the last one, with what they need of it: what a
        process may have ahead at most.
        """
        found = []
        for lane in self._lanes.values():
            need, lane.drawn = min(lane.drawn, lane.limit.amount // PART), 0
            if now < lane.end and lane.left < need <= lane.left + lane.elsewhere:
                found.append((lane, need))
        return found

    def _lanes_of(self, caller: Caller) -> _Lanes:
        """A caller's lanes; looked up anew when the key or its limits have changed."""
        known = self._of.get(caller.key)
        if known and known.caller is caller:
            return known
        lanes = tuple(self._lane(holder, limit) for holder, limit in caller.limits)
        rates = [
            tuple(lane for lane in lanes if lane.limit.meter == meter and lane.limit.is_rate)
            for meter in ("requests", "tokens")
        ]
        found = self._of[caller.key] = _Lanes(caller, lanes, tuple(each for each in rates if each))
        return found

    def _lane(self, holder: str, limit: Limit) -> Lane:
        lane = self._lanes.setdefault((holder, limit.meter, limit.period), Lane(holder, limit))
        lane.limit = limit
        return lane

    def _crowded(self, caller: Caller, needs: Amounts) -> Refusal:
        """Others took each slice as soon as it was there: as good as nothing left for the moment."""
        with self._lock:
            lanes = self._lanes_of(caller).all
            short = min(lanes, key=lambda lane: lane.left - needs[lane.meter])
            return _refusal(short, self._now())

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _refusal(lane: Lane, now: float) -> Refusal:
    return Refusal(lane.holder, lane.limit, lane.remaining, max(0.0, lane.end - now))


def _share_left(lane: Lane) -> float:
    return lane.remaining / max(1, lane.limit.amount)
