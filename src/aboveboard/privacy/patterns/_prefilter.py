"""Where in a text which trigger ends: every trigger in one pass over the bytes.

Hyperscan looks for all of them at once, at hundreds of megabytes a second, so that exact patterns and check
digits only ever see the few words that may hold something. Databases are compiled when first needed (tens of
milliseconds) and live in memory only. Where no wheel of Hyperscan exists there is no prefilter: `find` then
tries every finder on every region, finds the same, and takes longer.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from aboveboard.privacy.patterns._triggers import alternatives, kind_of

Hit = tuple[int, int]
"""Where a match of a trigger ends (exclusive), and the trigger's number."""


Scan = Callable[[bytes, object, int, object, object], None]


class Prefilter(Protocol):
    """Finds where triggers match; may be used by several threads at once."""

    def hits(self, data: bytes) -> list[Hit]:
        """Every end of every match, in order. Linear in the length of the data."""
        ...


def prefilter(triggers: Sequence[str]) -> Prefilter | None:
    """A prefilter for these regular expressions, None where Hyperscan is missing."""
    try:
        return HyperscanPrefilter(triggers)
    except ImportError:
        return None


class HyperscanPrefilter:
    """All triggers in Hyperscan databases (Wang et al., NSDI 2019), in block mode.

    There is one for each kind of trigger, since all in one would take several times as long to compile.
    """

    def __init__(self, triggers: Sequence[str]) -> None:
        numbered = [
            (part, number) for number, trigger in enumerate(triggers) for part in alternatives(trigger)
        ]
        kinds: dict[str, list[tuple[bytes, int]]] = {}
        for part, number in numbered:
            kinds.setdefault(kind_of(part), []).append((part, number))
        self._databases = [_compiled(each) for each in kinds.values()]
        self._here = _Here()

    def hits(self, data: bytes) -> list[Hit]:
        """Every end of every match, in order."""
        found: list[Hit] = []
        for scan, scratch in self._here.scans or self._prepared():
            scan(data, _keep, 0, found.append, scratch)
        if len(found) > 1:
            found.sort()
        return found

    def _prepared(self) -> list[tuple[Scan, object]]:
        """Scratch space is a thread's own."""
        import hyperscan

        self._here.scans = [(each.scan, hyperscan.Scratch(each)) for each in self._databases]
        return self._here.scans


class _Here(threading.local):
    """What belongs to one thread."""

    scans: Sequence[tuple[Scan, object]] = ()


def _compiled(numbered: Sequence[tuple[bytes, int]]) -> Any:
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[part for part, _ in numbered],
        ids=[number for _, number in numbered],
        elements=len(numbered),
        flags=0,
    )
    return database


def _keep(number: int, _start: int, end: int, _flags: int, keep: Callable[[Hit], None]) -> None:
    keep((end, number))
