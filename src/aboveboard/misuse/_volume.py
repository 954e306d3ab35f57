"""Minutes of one holder, held against the holder's own busy hours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aboveboard.misuse._rule import VOLUME_SHARE

LEARNT = 19  # from this many hours on, one in twenty can be told
_HOURS, _FRESH = 168, 2
_LEAST = 10


@dataclass(frozen=True, slots=True)
class Volume:
    """The minute that runs (since 1970), its requests, whether it was a hit already, the busiest minute of
    the hour so far, and those of the last hours in which there were requests, the oldest first.
    """

    minute: int
    requests: int = 0
    is_hit: bool = False
    peak: int = 0
    history: tuple[int, ...] = ()

    def judged(self, minute: int, requests: int, factor: float) -> tuple["Volume", list[bool]]:
        """With more requests, and what was observed: a hit as soon as the minute passes its bound, none once
        it has ended below.
        """
        found = []
        if minute > self.minute and not self.is_hit and self.bound(factor) is not None:
            found.append(False)
        now = self._counted(minute, requests)
        bound = now.bound(factor)
        if bound is not None and not now.is_hit and now.requests > bound:
            now, found = replace(now, is_hit=True), [*found, True]
        return now, found

    def bound(self, factor: float) -> float | None:
        """How many requests a minute are ordinary: so many times the busiest minute that one in twenty of the
        holder's hours passed; None while too few hours are known.

        The last two hours are left out, so that a flood does not become its own measure at once. What lasts
        does, in the end.
        """
        known = self.history[:-_FRESH]
        if len(known) < LEARNT:
            return None
        return max(_LEAST, factor * _passed_by(known, VOLUME_SHARE))

    def _counted(self, minute: int, requests: int) -> "Volume":
        """In this minute or a later one; requests of an earlier one count for this."""
        if minute <= self.minute:
            return replace(self, requests=self.requests + requests)
        peak = max(self.peak, self.requests)
        if minute // 60 == self.minute // 60:
            return Volume(minute, requests, peak=peak, history=self.history)
        return Volume(minute, requests, history=(*self.history, peak)[-(_HOURS + _FRESH) :])


def _passed_by(counts: Sequence[int], share: float) -> int:
    """The j-th largest of n, j = ⌊share·(n + 1)⌋: the next of the same kind is larger with a chance of at
    most j / (n + 1), whatever kind that is (the order of exchangeable numbers is a fair draw).
    """
    return sorted(counts, reverse=True)[max(1, int(share * (len(counts) + 1))) - 1]
