"""Where in a text which trigger ends: every trigger in one pass over the bytes.

Hyperscan looks for all of them at once, at hundreds of megabytes a second, so that exact patterns and check
digits only ever see the few words that may hold something. Databases are compiled when first needed (tens of
milliseconds) and live in memory only. Where no wheel of Hyperscan exists there is no prefilter: `find` then
tries every finder on every region, finds the same, and takes longer.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from aboveboard.privacy.patterns._triggers import (
    ANY_LONG_WORD,
    alternatives,
    is_beside,
    shape_of,
    skeleton,
)
from aboveboard.privacy.patterns._windows import digits_of, long_words, runs_of, windows

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


def prefilter(triggers: Sequence[str], labels: Collection[int] = ()) -> Prefilter | None:
    """A prefilter for these regular expressions, None where Hyperscan is missing.

    `labels` are the numbers of those whose matches matter only where a digit is at most 112 characters away,
    and that may be left out elsewhere; an underscore is a space to them.
    """
    try:
        return HyperscanPrefilter(triggers, labels)
    except ImportError:
        return None


class HyperscanPrefilter:
    """All triggers in Hyperscan databases (Wang et al., NSDI 2019), in block mode.

    There is one for each kind of trigger, since all in one would take longer to compile. Labels, and those
    that match beside numbers and long words only, are looked for nowhere else.
    """

    def __init__(self, triggers: Sequence[str], labels: Collection[int] = ()) -> None:
        kinds: dict[str, list[tuple[bytes, int]]] = {}
        self._long_words: list[int] = []
        for number, trigger in enumerate(triggers):
            for part in alternatives(trigger):
                if part == ANY_LONG_WORD:
                    self._long_words.append(number)
                    continue
                shape = shape_of(part)
                kind = "shapes" if shape else _kind_of(part, number in labels)
                kinds.setdefault(kind, []).append((shape or part, number))
        self._databases = {kind: _compiled(each) for kind, each in kinds.items()}
        self._least_digits = min((shape.count(b"9") for shape, _ in kinds.get("shapes", ())), default=0)
        self._needs_windows = bool(self._long_words) or kinds.keys() > {"words"}
        self._here = _Here()

    def hits(self, data: bytes, digits: bytes | None = None) -> list[Hit]:
        """Every end of every match, in order."""
        here = self._here
        words, labels, numbers, shapes = here.scans or self._prepare()
        found: list[Hit] = []
        for scan, scratch in words:
            scan(data, _keep, 0, found.append, scratch)
        if not self._needs_windows:
            return found
        digits, runs = digits_of(data) if digits is None else digits, runs_of(data)
        for number in self._long_words:
            found += [(end, number) for end in long_words(data, runs)]
        for begin, end in windows(digits, runs):
            within: list[Hit] = []
            part = data[begin:end]
            for scan, scratch in labels:
                scan(part.replace(b"_", b" "), _keep, 0, within.append, scratch)
            for scan, scratch in numbers:
                scan(part, _keep, 0, within.append, scratch)
            if shapes and digits.count(b"9", begin, end) >= self._least_digits:
                scan, scratch = shapes[0]
                scan(skeleton(part), _keep, 0, within.append, scratch)
            found += [(place + begin, number) for place, number in within] if begin else within
        if len(found) > 1:
            found.sort()
        return found

    def _prepare(self) -> "Scans":
        """Scratch space is a thread's own."""
        import hyperscan

        words, labels, numbers, shapes = (
            [(each.scan, hyperscan.Scratch(each))] if (each := self._databases.get(kind)) else []
            for kind in ("words", "labels", "numbers", "shapes")
        )
        self._here.scans = words, labels, numbers, shapes
        return self._here.scans


Some = Sequence[tuple[Scan, object]]
Scans = tuple[Some, Some, Some, Some]
"""What looks for words anywhere, labels, what is beside numbers, and shapes; each with its scratch space."""


class _Here(threading.local):
    """What belongs to one thread."""

    scans: Scans | None = None


def _kind_of(expression: bytes, is_label: bool) -> str:
    if is_beside(expression):
        return "numbers"
    return "labels" if is_label else "words"


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
