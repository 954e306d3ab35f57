"""Where in a text which trigger ends: every trigger in one pass over the bytes.

Hyperscan looks for all of them at once, at hundreds of megabytes a second, so that exact patterns and check
digits only ever see the few words that may hold something. Databases are compiled when first needed (tens of
milliseconds) and live in memory only. Where no wheel of Hyperscan exists there is no prefilter: `find` then
tries every finder on every region, finds the same, and takes longer.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from aboveboard.privacy.patterns._triggers import alternatives, kind_of, shape_of, skeleton
from aboveboard.privacy.patterns._windows import digits_of, windows

Hit = tuple[int, int]
"""Where a match of a trigger ends (exclusive), and the trigger's number."""


Scan = Callable[[bytes, object, int, object, object], None]


class Prefilter(Protocol):
    """Finds where triggers match; may be used by several threads at once."""

    def hits(self, data: bytes, digits: bytes | None = None) -> list[Hit]:
        """Every end of every match, in order. Linear in the length of the data.

        `digits` is what `digits_of` makes of the data, where that is known.
        """
        ...


def prefilter(triggers: Sequence[str]) -> Prefilter | None:
    """A prefilter for these regular expressions, None where Hyperscan is missing."""
    try:
        return HyperscanPrefilter(triggers)
    except ImportError:
        return None


class HyperscanPrefilter:
    """All triggers in Hyperscan databases (Wang et al., NSDI 2019), in block mode.

    There is one for each kind of trigger, since all in one would take several times as long to compile. Those
    that match beside numbers and long words only are looked for nowhere else.
    """

    def __init__(self, triggers: Sequence[str]) -> None:
        kinds: dict[str, list[tuple[bytes, int]]] = {}
        for number, trigger in enumerate(triggers):
            for part in alternatives(trigger):
                shape = shape_of(part)
                kinds.setdefault("shapes" if shape else kind_of(part), []).append((shape or part, number))
        compiled = {kind: _compiled(each) for kind, each in kinds.items()}
        self._shapes = [compiled.pop("shapes")] if "shapes" in compiled else []
        self._near = [compiled.pop(kind) for kind in ("numbers", "long") if kind in compiled]
        self._anywhere = list(compiled.values())
        self._here = _Here()

    def hits(self, data: bytes, digits: bytes | None = None) -> list[Hit]:
        """Every end of every match, in order."""
        here = self._here
        if not here.is_ready:
            self._prepare()
        found: list[Hit] = []
        for scan, scratch in here.anywhere:
            scan(data, _keep, 0, found.append, scratch)
        for begin, end in windows(data, digits_of(data) if digits is None else digits):
            self._scan_window(data, begin, end, found)
        if len(found) > 1:
            found.sort()
        return found

    def _scan_window(self, data: bytes, begin: int, end: int, found: list[Hit]) -> None:
        here = self._here
        within: list[Hit] = []
        part = data[begin:end]
        for scan, scratch in here.near:
            scan(part, _keep, 0, within.append, scratch)
        for scan, scratch in here.shapes:
            scan(skeleton(part), _keep, 0, within.append, scratch)
        found += [(place + begin, number) for place, number in within] if begin else within

    def _prepare(self) -> None:
        """Scratch space is a thread's own."""
        import hyperscan

        here = self._here
        here.anywhere, here.near, here.shapes = (
            [(each.scan, hyperscan.Scratch(each)) for each in databases]
            for databases in (self._anywhere, self._near, self._shapes)
        )
        here.is_ready = True


class _Here(threading.local):
    """What belongs to one thread."""

    is_ready = False
    anywhere: Sequence[tuple[Scan, object]] = ()
    near: Sequence[tuple[Scan, object]] = ()
    shapes: Sequence[tuple[Scan, object]] = ()


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
